import { createHash } from 'node:crypto';
import { type Sent, sentPlan } from './sent.ts';

/** The hidden sheet that says what a workbook was made from. */
export const HIDDEN = 'duecourse';
/** What its first cell says: which kind of workbook it is, and of which form. */
const MARK = 'duecourse plan 1';

/** Characters of a cell: Excel takes 32,767. */
const MAX_CELL = 30_000;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The first column of the hidden sheet: what it is, the hash of what follows, and that in as many cells as it takes. */
export function hiddenCells(sent: Sent): string[] {
  const text = JSON.stringify(sent);
  // Nothing but plain letters: a cell's own rules for line ends and other signs change nothing of it.
  const plain = text.replaceAll(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const cells: string[] = [];
  for (let at = 0; at < plain.length; at += MAX_CELL) cells.push(`|${plain.slice(at, at + MAX_CELL)}|`);
  return [MARK, hashOf(plain), ...cells];
}

/** What a workbook was made from; or why it can't be told. */
export function sentIn(cells: readonly string[]): Sent | 'other' | 'damaged' {
  const [mark, hash, ...parts] = cells;
  if (mark !== MARK) return 'other';
  const text = parts.map((each) => each.slice(1, -1)).join('');
  if (hash !== hashOf(text)) return 'damaged';
  try {
    return sentPlan.parse(JSON.parse(text));
  } catch {
    return 'damaged';
  }
}
