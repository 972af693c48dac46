import { type CivilDate, formatDate } from '../../domain/calendar/civil-date.ts';
import { readDate } from '../../domain/schemas/date-mistake.ts';
import type { CellContent } from '../workbook/cells.ts';
import { type Choice, meant } from './choices.ts';
import { BY_THEME, type Kind, type Out } from './columns.ts';
import { DIRECTION_CHOICES } from './names.ts';
import { withoutShape } from './ratings.ts';

/** What may be named in a workbook: as it went out, and what has been added in it. */
export interface Known {
  people: readonly Choice[];
  themes: readonly Choice[];
  recommendations: ReadonlySet<string>;
  actions: ReadonlySet<string>;
  ratings: readonly Choice[];
}

/** A cell's value for the plan; or what is wrong with it: a clause, without a full stop. */
export type ReadValue = { value: unknown } | { wrong: string };

/** Words in one line, with single spaces. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
const short = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 60)}…`);

/** What stands in a cell, as words. */
export function wordsIn(content: CellContent): string {
  switch (content.is) {
    case 'text':
      return content.text.trim();
    case 'number':
      return String(content.value);
    case 'truth':
      return content.value ? 'yes' : 'no';
    case 'date':
      return formatDate(content.date);
    case 'unusable':
      return '';
  }
}

/** Is it what went out? A number may have become words on its way, and words of digits a number. */
export function isAsSent(content: CellContent | undefined, out: Out): boolean {
  if (content === undefined || out === undefined) return content === undefined && (out === undefined || out === '');
  if (content.is === 'unusable') return false;
  if (typeof out === 'object') return content.is === 'date' && content.date === out.date;
  if (typeof out === 'number') return content.is === 'number' && content.value === out;
  return oneLine(wordsIn(content)) === oneLine(out);
}

/** What a cell that is not empty means. */
export function readCell(kind: Kind, content: CellContent, known: Known): ReadValue {
  return content.is === 'unusable' ? { wrong: content.why } : KINDS[kind](content, known);
}

type Reader = (content: CellContent, known: Known) => ReadValue;

const KINDS: Record<Kind, Reader> = {
  line: (content) => ({ value: oneLine(wordsIn(content)) }),
  words: (content) => ({ value: wordsIn(content) }),
  date: dateIn,
  percent: percentIn,
  amount: amountIn,
  owner: (content, known) =>
    wordsIn(content).endsWith(BY_THEME.trim()) ? { value: undefined } : one(content, known.people),
  officer: (content, { people }) => one(content, people),
  people: (content, { people }) => several(wordsIn(content).split(/[;\n]/), (each) => meant(people, each)),
  theme: (content, { themes }) => one(content, themes),
  themes: (content, { themes }) => {
    const words = wordsIn(content);
    const ids = new Set(themes.map(({ id }) => id));
    const isIds = words.split(/[,;\n]/).every((each) => ids.has(each.trim().toLowerCase()));
    return several(words.split(isIds ? /[,;\n]/ : /[;\n]/), (each) => meant(themes, each));
  },
  recommendations: (content, { recommendations }) => named(content, recommendations, 'recommendation'),
  actions: (content, { actions }) => named(content, actions, 'action'),
  rating: (content, { ratings }) => {
    const bare = ratings.map(({ id, text }) => ({ id, text: withoutShape(text) }));
    return value(meant(bare, withoutShape(wordsIn(content))));
  },
  direction: (content) => one(content, DIRECTION_CHOICES),
};

const value = (found: { id: string } | { wrong: string }): ReadValue => ('id' in found ? { value: found.id } : found);
const one = (content: CellContent, choices: readonly Choice[]): ReadValue => value(meant(choices, wordsIn(content)));

function several(pieces: readonly string[], find: (piece: string) => { id: string } | { wrong: string }): ReadValue {
  const found = pieces.filter((each) => each.trim() !== '').map((each) => find(each.trim()));
  const wrong = found.find((each) => 'wrong' in each);
  if (wrong !== undefined) return wrong;
  const ids = [...new Set(found.flatMap((each) => ('id' in each ? [each.id] : [])))];
  return { value: ids.length === 0 ? undefined : ids };
}

function named(content: CellContent, ids: ReadonlySet<string>, what: string): ReadValue {
  return several(wordsIn(content).split(/[,;\n]/), (each) =>
    ids.has(each.toLowerCase()) ? { id: each.toLowerCase() } : { wrong: `there is no ${what} “${short(each)}”` },
  );
}

function dateIn(content: CellContent): ReadValue {
  if (content.is === 'date') return day(content.date);
  if (content.is === 'text') {
    const read = readDate(oneLine(content.text));
    if ('date' in read) return { value: read.date };
    if (read.wrong === 'written') return day(read.meant);
    if (read.wrong === 'year') return { wrong: `“${short(content.text)}” has no year of four digits from 1900 on` };
  }
  return { wrong: `“${short(wordsIn(content))}” is not a date: type it as day/month/year, the year with four digits` };
}

/** Other years are slips. */
function day(date: CivilDate): ReadValue {
  const read = readDate(date);
  return 'date' in read ? { value: date } : { wrong: `${formatDate(date)} can’t be meant: look at the year` };
}

function percentIn(content: CellContent): ReadValue {
  const number = numberIn(content, /%$/);
  const n = content.is === 'number' && content.percent ? Math.round(content.value * 1e6) / 1e4 : number;
  return n !== undefined && Number.isInteger(n) && n >= 0 && n <= 100
    ? { value: n }
    : { wrong: `“${short(wordsIn(content))}” is not a whole number from 0 to 100` };
}

function amountIn(content: CellContent): ReadValue {
  const n = numberIn(content, /[%£]/g);
  const whole = content.is === 'number' && content.percent ? Math.round(content.value * 1e8) / 1e6 : n;
  return whole === undefined ? { wrong: `“${short(wordsIn(content))}” is not a number` } : { value: whole };
}

/** @param sign that may stand beside it in words */
function numberIn(content: CellContent, sign: RegExp): number | undefined {
  if (content.is === 'number') return content.value;
  if (content.is !== 'text') return undefined;
  const text = content.text.replaceAll(/[\s,]/g, '').replace(sign, '');
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
