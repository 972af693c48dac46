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

/**
 * What is wrong with what was sent: a sentence for each value, by its name there; the first of them, where they are many.
 *
 * @param named how a value of the whole is called where it was sent
 */
export function issueSentences(issues: readonly Issue[], named: (name: string) => string = quoted): string {
  const said = issues.slice(0, MAX_NAMES).map((issue) => issueSentence(issue, nameOf(issue.path, named)));
  const more = issues.length - said.length;
  return [...said, ...(more > 0 ? [`And ${more.toLocaleString('en-GB')} more.`] : [])].join(' ');
}

/** A value by its place: `"milestone"`, `"appendices", entry 2, "title"`. */
const nameOf = ([first, ...rest]: readonly PropertyKey[], named: (name: string) => string): string =>
  first === undefined ? '' : [step(first, named), ...rest.map((each) => step(each, quoted))].join(', ');

const step = (each: PropertyKey, named: (name: string) => string): string =>
  typeof each === 'number' ? `entry ${each + 1}` : named(String(each));

const quoted = (name: string): string => `"${name.slice(0, MAX_NAME)}"`;

/** Names as a sentence has them: the first of them, where they are many. */
const listed = (names: readonly string[]): string =>
  names
    .slice(0, MAX_NAMES)
    .map((each) => `"${each.slice(0, MAX_NAME)}"`)
    .join(', ');

const MAX_NAMES = 10;
const MAX_NAME = 100;
