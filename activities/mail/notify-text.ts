/** What a line may not begin with where it is to be shown as written: Notify reads it as a heading, a list, or an inset. */
const MARKS: ReadonlyMap<string, string> = new Map(
  Object.entries({ '#': '＃', '*': '＊', '^': '＾', '+': '＋', '-': '–' }),
);

/** Four dashes or more, alone on a line: the mail's own rule between its parts. */
const RULE = /^-{4,}$/;

/**
 * A mail's text as GOV.UK Notify shows it to the letter: it takes an email's body for markdown, so marks that stand at the
 * beginning of a line are written with characters that look the same. Rules and numbered lists are meant, and stay.
 */
export function notifyText(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      RULE.test(line)
        ? '---'
        : line.replace(/^(\s*)([#*^+-])/, (_, space: string, mark: string) => `${space}${MARKS.get(mark) ?? mark}`),
    )
    .join('\n')
    .replaceAll('((', '( (')
    .replaceAll('))', ') )');
}
