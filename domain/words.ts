/** The words of a text in small letters, without what stands between them: letters and figures alone. */
export const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** With its first letter a capital: a sentence's beginning. */
export const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** Does every one of these words begin a word of a text? */
export function haveWords(sought: readonly string[], text: string): boolean {
  const there = wordsIn(text);
  return sought.every((word) => there.some((each) => each.startsWith(word)));
}
