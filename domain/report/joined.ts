/** Words before a hyphen that stays where a line ends with it: "multi-" and "agency" are "multi-agency". */
const STAYS = new Set(
  'multi non co pre re self well long short inter post under over cross one two three four five six half full part high low anti ex all up out in care life risk fact evidence child young day'.split(
    ' ',
  ),
);

/** Every word that stands whole in a text: by it a word that a line's end parts is put together. */
export const wordsOf = (lines: readonly { text: string }[]): ReadonlySet<string> =>
  new Set(lines.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []));

/**
 * Lines that go on from one another, as one text. A hyphen at a line's end goes where the word stands without it elsewhere
 * in the report, and stays where it stands with it; where neither does, it goes but after the words that it usually stays after.
 */
export function joined(lines: readonly string[], known: ReadonlySet<string>): string {
  let text = '';
  for (const line of lines) {
    const next = line.replaceAll(/\s+/g, ' ').trim();
    text = text === '' ? next : joinedTwo(text, next, known);
  }
  return text;
}

function joinedTwo(before: string, after: string, known: ReadonlySet<string>): string {
  const first = /([\p{L}\p{N}]+)([-\u2010\u2011])$/u.exec(before);
  // "Stockton-on-" and "Tees".
  if (first !== null && /^\p{Lu}\p{Ll}/u.test(after)) return before + after;
  const second = /^\p{Ll}+/u.exec(after);
  // "16- and 17-year-olds": the hyphen is the word's own, and the line ends after it.
  if (first === null || second === null || ['and', 'or', 'to'].includes(second[0])) return `${before} ${after}`;
  const [, head = '', hyphen] = first;
  const bare = before.slice(0, -1);
  if (hyphen === '\u2010') return bare + after;
  const [whole, parted] = [`${head}${second[0]}`.toLowerCase(), `${head}-${second[0]}`.toLowerCase()];
  if (known.has(whole)) return bare + after;
  return known.has(parted) || STAYS.has(head.toLowerCase()) ? before + after : bare + after;
}
