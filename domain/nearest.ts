import { someOf } from './some-of.ts';

/** Words shorter than this are begun by too many others. */
const MIN_BEGINNING = 3;

/**
 * The word most like another, where one is like it: at most a third of its letters differ, or the one begins the other.
 *
 * @example
 * nearest('directer', ['director', 'clerk']) // 'director'
 * nearest('ilacs', ['ilacs-2018', 'sif-2013']) // 'ilacs-2018'
 */
export function nearest(word: string, among: readonly string[]): string | undefined {
  const meant = word.toLowerCase();
  return likest(word, among) ?? among.find((other) => begins(meant, other.toLowerCase()));
}

/** The same by its letters alone: what begins with another word is another word. */
export function likest(word: string, among: readonly string[]): string | undefined {
  const near = among
    .map((other) => ({ other, apart: distance(word.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, apart }) => apart <= Math.max(1, Math.floor(Math.max(word.length, other.length) / 3)))
    .sort((a, b) => a.apart - b.apart);
  return near[0]?.other;
}

/** The nearest word as the end of a sentence; empty where none is near. */
export function nearestHint(word: string, among: readonly string[]): string {
  const close = nearest(word, among);
  return close === undefined || close === word ? '' : `; did you mean "${close}"?`;
}

/**
 * That nothing is called so, which one may have been meant, and which there are.
 *
 * @param what the beginning of the sentence, up to the name
 * @param label what those that there are are called, with a capital letter
 * @example
 * notAmong('Anyborough has no role', 'directer', ['director', 'clerk'], 'Its roles')
 * // 'Anyborough has no role "directer"; did you mean "director"? Its roles: director, clerk.'
 */
export function notAmong(what: string, word: string, among: readonly string[], label: string): string {
  return `${what} "${word}"${nearestHint(word, among) || '.'} ${label}: ${someOf(among) || 'none'}.`;
}

function begins(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= MIN_BEGINNING && (a.startsWith(b) || b.startsWith(a));
}

/** How many letters to put in, take out, change or swap with the next. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 20) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
