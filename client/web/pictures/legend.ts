import { textWidth } from './text-width.ts';

/** A phone held upright shows so many units of a picture before it is moved. */
const NARROWEST = 320;
/** From one line of a legend to the next. */
const LINE = 20;
/** From a sign to its words, and from these to the next sign. */
const BESIDE = 20;
const BETWEEN = 14;

/** What a legend says, and where: `x` is where its sign stands, and its words after it. */
export type PlacedEntry<Entry> = Entry & { x: number; y: number };

/**
 * A legend in as many lines as it takes to be read whole without moving the picture.
 *
 * @param at the left end of each line, and the first one's height
 * @param size of the text
 */
export function legendIn<Entry extends { words: string }>(
  entries: readonly Entry[],
  { left, y: first, size, room = NARROWEST }: { left: number; y: number; size: number; room?: number },
): PlacedEntry<Entry>[] {
  let [x, y] = [left, first];
  return entries.map((entry) => {
    const width = BESIDE + textWidth(entry.words, size);
    if (x > left && x + width > room) [x, y] = [left, y + LINE];
    const placed = { ...entry, x, y };
    x += width + BETWEEN;
    return placed;
  });
}
