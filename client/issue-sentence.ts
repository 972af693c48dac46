import { clause, type Issue } from '../domain/schemas/expected.ts';

/**
 * What is wrong with a value that somebody sent, in a sentence.
 *
 * @param name what the value is called where it was sent; '' for the whole
 * @example issueSentence(issue, '"page"') // '"page" must be a number of at least 1.'
 */
export function issueSentence(issue: Issue, name: string): string {
  const what = name === '' ? 'It' : name;
  if (issue.code === 'unrecognized_keys')
    return `${listed(issue.keys)} ${issue.keys.length === 1 ? 'is' : 'are'} not known here.`;
  if (issue.code === 'invalid_type' && issue.message.endsWith(', received undefined')) return `${what} is missing.`;
  const said = clause(issue);
  return said.startsWith('expected ')
    ? `${what} must be ${said.slice('expected '.length)}.`
    : `${what} can’t be used: ${said}.`;
}

/** What is wrong with what a program sent: a sentence for each value, by its name there; the first of them, where they are many. */
export function issueSentences(issues: readonly Issue[]): string {
  const said = issues.slice(0, MAX_NAMES).map((issue) => issueSentence(issue, nameOf(issue.path)));
  const more = issues.length - said.length;
  return [...said, ...(more > 0 ? [`And ${more.toLocaleString('en-GB')} more.`] : [])].join(' ');
}

/** A value by its place: `"milestone"`, `"appendices", entry 2, "title"`. */
const nameOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `entry ${step + 1}` : `"${String(step).slice(0, MAX_NAME)}"`))
    .join(', ');

/** Names as a sentence has them: the first of them, where they are many. */
const listed = (names: readonly string[]): string =>
  names
    .slice(0, MAX_NAMES)
    .map((each) => `"${each.slice(0, MAX_NAME)}"`)
    .join(', ');

const MAX_NAMES = 10;
const MAX_NAME = 100;
