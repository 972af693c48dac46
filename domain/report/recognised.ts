import { namesOf } from '../closed-table.ts';
import type { Block } from './blocks.ts';
import { LAYOUTS, type LayoutName, OWN_PAPER } from './layouts.ts';
import { markOf } from './plain.ts';
import type { ReportLine } from './line.ts';

/** What a text is: a report whose layout is known, a council's own paper about one, or neither. */
export type Kind = { is: 'report'; layout: LayoutName } | { is: 'own-paper' } | { is: 'unknown' };

/** So many characters of a text's beginning tell what it is. */
const BEGINNING = 6000;
/** So many of its first lines tell whether it is a council's own paper. */
const FIRST_LINES = 60;
const ENOUGH = 2;

/** @param all every line, running heads too: they name the report as well */
export function recognised(all: readonly ReportLine[], blocks: readonly Block[]): Kind {
  const first = all.slice(0, FIRST_LINES).map(({ text }) => markOf(text)?.rest ?? text.trim());
  const own = OWN_PAPER.filter((mark) => first.some((text) => mark.test(text)));
  if (own.length >= ENOUGH) return { is: 'own-paper' };
  // As blocks as well: a title that goes over two lines stands whole there.
  const beginning = beginningOf([...blocks.map(({ text }) => text)]) + beginningOf(all.map(({ text }) => text));
  const layout = namesOf(LAYOUTS).find((name) => LAYOUTS[name].marks.every((mark) => mark.test(beginning)));
  return layout === undefined ? { is: 'unknown' } : { is: 'report', layout };
}

function beginningOf(texts: readonly string[]): string {
  let text = '';
  for (const each of texts) {
    if (text.length > BEGINNING) break;
    text += `${each}\n`;
  }
  return text.replaceAll(/[ \t]+/g, ' ');
}
