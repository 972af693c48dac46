import { inShort } from '../in-short.ts';

/** So much of a recommendation's words a sentence has room for, in characters. */
const MAX_WORDS = 80;

/**
 * The number or letter by which people know a recommendation; undefined where a file names it otherwise.
 *
 * @example
 * recommendationNumber('3b') // '3b'
 * recommendationNumber('r3') // '3': the third, as a form names it
 * recommendationNumber('supervision') // undefined
 */
function recommendationNumber(id: string): string | undefined {
  const [, number] = /^r?(\d+[a-z]?)$/i.exec(id) ?? [];
  return number ?? (/^([a-z]|[ivx]+)$/i.test(id) ? id : undefined);
}

/** What recommendations are shown and typed as, by their names: the number, or the name where it has none or shares it. */
export function recommendationNumbers(ids: readonly string[]): Map<string, string> {
  const numbers = new Map(ids.map((id) => [id, recommendationNumber(id) ?? id]));
  const times = (number: string) => [...numbers.values()].filter((each) => each.toLowerCase() === number.toLowerCase());
  return new Map([...numbers].map(([id, number]) => [id, times(number).length === 1 ? number : id]));
}

/** 'Recommendation 3', or 'Recommendation' alone where it has no number: what stands before its words. */
export const recommendationTitle = (id: string): string =>
  ['Recommendation', recommendationNumber(id) ?? []].flat().join(' ');

/** Recommendations as a sentence names them: by their numbers where all have one, otherwise by their own words. */
export function recommendationsInWords(ids: readonly string[], textOf: (id: string) => string): string {
  const numbers = ids.flatMap((id) => recommendationNumber(id) ?? []);
  return numbers.length === ids.length
    ? numbers.join(', ')
    : ids.map((id) => `"${inShort(textOf(id), MAX_WORDS)}"`).join(', ');
}
