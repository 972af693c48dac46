import { type Table, textOfCell } from '../../domain/documents/document.ts';
import { textWidth } from '../web/pictures/text-width.ts';

/** The size of a table's text, and what is free on both sides of a cell together, in twentieths of a point. */
const SIZE = 180;
const FREE = 140;
/** In letters: longer words are broken, and longer texts want no more room, for they take several lines. */
const MAX_WORD = 16;
const MAX_LETTERS = 100;

/**
 * How wide each column of a table is: no word is broken where there is room for all, and what is left goes to the longer texts.
 *
 * @param whole the width of all of them together, in twentieths of a point
 * @returns whole numbers that add up to it
 */
export function columnWidths({ heads, rows }: Pick<Table, 'heads' | 'rows'>, whole: number): number[] {
  const texts = heads.map((head, at) => [head, ...rows.map((row) => textOfCell(row[at] ?? ''))]);
  const least = texts.map((all) => FREE + widest(new Set(all.flatMap(wordsOf))));
  const left = Math.max(0, whole - sumOf(least));
  const longest = texts.map((all) => FREE + widest(all.map((text) => text.slice(0, MAX_LETTERS))));
  // By the root of what it lacks: three times the words need less than three times the room.
  const shares = longest.map((each, at) => Math.sqrt(Math.max(1, each - (least[at] ?? 0))));
  const wanted = least.map((each, at) => each + (left * (shares[at] ?? 0)) / sumOf(shares));
  const widths = wanted.map((each) => Math.floor((each * whole) / sumOf(wanted)));
  const rest = whole - sumOf(widths);
  return widths.map((width, at) => (at === 0 ? width + rest : width));
}

const wordsOf = (text: string): string[] => text.split(/\s+/).map((word) => word.slice(0, MAX_WORD));

/** A table may have thousands of texts: more than can be the arguments of one call. */
function widest(texts: Iterable<string>): number {
  let most = 0;
  for (const text of texts) most = Math.max(most, textWidth(text, SIZE, true));
  return most;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
