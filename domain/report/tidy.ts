import { withoutHidden } from '../hidden-characters.ts';
import type { ReportLine } from './line.ts';
import { isKnownHeading, markOf, plain } from './plain.ts';

/** The lines of a report without what is no part of its text, and what was taken away that its reader should know of. */
export interface Tidied {
  lines: ReportLine[];
  /** Every line, with what comes again on each page: running heads name the report as well. */
  all: ReportLine[];
  /** Characters that nobody can see. */
  hidden: number;
}

/** Without hidden characters, running heads and feet, notes at the foot of a page, and the list of contents. */
export function tidied(given: readonly ReportLine[]): Tidied {
  let hidden = 0;
  const seen = given.map((line) => {
    // A soft hyphen at the end of a line parts a word there; anywhere else it is nothing.
    const hyphened = line.text.replace(/\u00AD\s*$/, '\u2010').replaceAll('\u00AD', '');
    const { text, removed } = withoutHidden(hyphened);
    hidden += removed;
    return { ...line, text: text.replaceAll('\u00A0', ' ') };
  });
  return { lines: withoutContents(withoutRunning(seen)).filter(({ text }) => text.trim() !== ''), all: seen, hidden };
}

/** Words that come again on every page, but for their numbers, and the numbers of pages. */
function withoutRunning(lines: readonly ReportLine[]): ReportLine[] {
  const key = ({ text }: ReportLine): string => plain(text).replaceAll(/\d+/g, '#');
  const times = new Map<string, number>();
  for (const line of lines) times.set(key(line), (times.get(key(line)) ?? 0) + 1);
  const atEdges = new Map<string, number>();
  for (const [at, line] of lines.entries())
    if (isAtEdge(lines, at)) atEdges.set(key(line), (atEdges.get(key(line)) ?? 0) + 1);
  const isPasted = !lines.some(({ look }) => look !== undefined);
  return lines.filter((line, at) => {
    if (line.look === 'small' || isPageNumber(line)) return false;
    const often = times.get(key(line)) ?? 0;
    if (line.look === 'margin') return often < 2;
    if (!isPasted || isKnownHeading(line.text) || markOf(line.text) !== undefined) return true;
    // Where its pages end is known: its margins are their first and last lines. Where not, a number tells a running head.
    if (line.page !== undefined) return !isAtEdge(lines, at) || (atEdges.get(key(line)) ?? 0) < 2;
    const hasNumber = /\d/.test(line.text) || [lines[at - 1], lines[at + 1]].some((near) => near && isPageNumber(near));
    return often < MIN_RUNNING || key(line).length < MIN_LENGTH || !hasNumber;
  });
}

/** Without pages, a line is a running head where it comes so often, and has so many characters. */
const MIN_RUNNING = 3;
const MIN_LENGTH = 25;
/** So many lines at a page's top and foot may be its margins. */
const EDGE = 2;

const isAtEdge = (lines: readonly ReportLine[], at: number): boolean =>
  lines[at - EDGE]?.page !== lines[at]?.page || lines[at + EDGE]?.page !== lines[at]?.page;

const isPageNumber = ({ text, look, page }: ReportLine): boolean =>
  /^\s*page \d{1,4}( of \d{1,4})?\s*$/i.test(text) ||
  (/^\s*\d{1,4}\s*$/.test(text) && (look === 'margin' || page === undefined));

/** Ends with the number of a page, after dots, a tab or a space. */
const ENTRY = /(\.{2,}|[\s…])\s*\d{1,3}\s*$/;
/** So many lines an entry of the contents may take, its number last. */
const MAX_ENTRY = 3;

function withoutContents(lines: readonly ReportLine[]): ReportLine[] {
  const kept: ReportLine[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) break;
    if (!['contents', 'table of contents'].includes(plain(line.text))) {
      kept.push(line);
      continue;
    }
    // Entry by entry: each ends with its page's number, on its own line or the ones after it.
    for (let ends = endOfEntry(lines, at + 1); ends !== undefined; ends = endOfEntry(lines, at + 1)) at = ends;
  }
  return kept;
}

function endOfEntry(lines: readonly ReportLine[], from: number): number | undefined {
  for (let at = from; at < from + MAX_ENTRY; at++) {
    const text = lines[at]?.text;
    if (text === undefined || lines[at]?.page !== lines[from]?.page || /[.!?]$/.test(text.trim())) return undefined;
    if (/^\s*\d{1,3}\s*$/.test(text) || ENTRY.test(text)) return at;
  }
  return undefined;
}
