/** One thing that is wrong in a file, and where. Lines and columns count from 1. */
export interface FileProblem {
  file: string;
  line: number;
  column: number;
  /** Where in the data, for example `report.received`; empty for the file as a whole. */
  path: string;
  /** What stands there; empty where `expected` says it all. */
  found: string;
  /** What should: a clause that begins with "expected", or a sentence of its own. */
  expected: string;
}

/** Of all that is wrong with a file, so much is said: nobody reads more. */
export const MAX_TOLD = 200;

/** A file that can't be used: everything that is wrong with it, a line each. */
export class FileProblems extends Error {
  override readonly name = 'FileProblems';
  readonly code = 'bad-file';
  readonly problems: FileProblem[];

  constructor(problems: FileProblem[]) {
    const more = problems.length - MAX_TOLD;
    const lines = problems.slice(0, MAX_TOLD).map(sentence);
    super([...lines, ...(more > 0 ? [`and ${more.toLocaleString('en-GB')} more`] : [])].join('\n'));
    this.problems = problems;
  }
}

function sentence(problem: FileProblem): string {
  const { file, line, column } = problem;
  return `${file}:${line}:${column}  ${textOf(problem)}`;
}

/** What is wrong, without where. */
export function textOf({ path, found, expected }: FileProblem): string {
  return `${path === '' ? '' : `${path}: `}${found === '' ? '' : `found ${found}, `}${expected}`;
}

/** One problem with a file as a whole. */
export function wholeFile(file: string, found: string, expected: string, line = 1): FileProblems {
  return new FileProblems([{ file, line, column: 1, path: '', found, expected }]);
}

/** As a reader meets them: by file, the first one named first, then by line and column. */
export function inOrder(problems: readonly FileProblem[]): FileProblem[] {
  const files = [...new Set(problems.map((each) => each.file))];
  return problems.toSorted(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}

const HINT = /; did you mean ".*"\?$/;

/**
 * One problem a place: where the first list has one, a later one at the same place is its consequence. What the later
 * one would have suggested is kept.
 */
export function onePerPlace(first: readonly FileProblem[], later: readonly FileProblem[]): FileProblem[] {
  const key = ({ file, path, line, column }: FileProblem) => `${file}:${path === '' ? `${line}:${column}` : path}`;
  const hints = new Map(later.map((each) => [key(each), HINT.exec(each.expected)?.[0] ?? '']));
  const taken = new Set(first.map(key));
  return [
    ...first.map((each) =>
      HINT.test(each.expected) ? each : { ...each, expected: `${each.expected}${hints.get(key(each)) ?? ''}` },
    ),
    ...later.filter((each) => !taken.has(key(each))),
  ];
}
