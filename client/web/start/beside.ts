import { type FileProblem, inPlainWords } from '../../files/file-problems.ts';
import { type FormProblem, hrefOf, problemOf } from '../forms/form.ts';
import type { GuidedField } from './guided.ts';

/** Which of two fields' faults a report without any day is: the first. */
const REPORT = 'report.received';

/**
 * What is wrong with the file that a guided form stands for, each beside the field that it came from and in its reader's
 * words: no line, no column, no key of a file. What came from no field is said of the whole.
 *
 * @param unread the fields that say something that can't be read, by their names
 */
export function besideFields(
  problems: readonly FileProblem[],
  fields: readonly GuidedField[],
  unread: ReadonlySet<string | undefined> = new Set(),
): FormProblem[] {
  // A day that can't be read is no missing one.
  const isTold = ({ path }: FileProblem): boolean =>
    path === 'report' && fields.some((field) => field.path.startsWith('report.') && unread.has(field.name));
  return problems.flatMap((problem) => {
    if (isTold(problem)) return [];
    const field = fields.find(({ path }) => isAt(problem.path, path)) ?? ofReport(problem.path, fields);
    if (field === undefined) return { text: saidOf(problem) };
    const line = /\[(\d+)\]/.exec(problem.path)?.[1];
    const where = line === undefined ? '' : `line ${Number(line) + 1}: `;
    return { text: problemOf(field, `${where}${wrongIn(problem, field)}`), href: hrefOf(field), field: field.name };
  });
}

const isAt = (path: string, of: string): boolean =>
  path === of || path.startsWith(`${of}.`) || path.startsWith(`${of}[`);

/** A fault of the report as a whole: it has neither day. */
const ofReport = (path: string, fields: readonly GuidedField[]): GuidedField | undefined =>
  path === 'report' ? fields.find((field) => field.path === REPORT) : undefined;

function wrongIn(problem: FileProblem, { wrong }: GuidedField): string {
  if (problem.path === 'report') return 'enter the day on which it was received, or else that of its publication';
  // Of characters that can't be seen the file's own words say where they are.
  return wrong === undefined || namesUnseen(problem) ? saidOf(problem) : wrong;
}

/** A sentence of the file's, as a page says it. */
function saidOf({ found, expected }: FileProblem): string {
  return inPlainWords(namesUnseen({ found }) ? `${expected}; there is ${found}` : expected);
}

/** Does it name something that nobody would see in what they typed? */
const namesUnseen = ({ found }: Pick<FileProblem, 'found'>): boolean => / character \(U\+/.test(found);
