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

/** A file that can't be used: everything that is wrong with it, a line each. */
export class FileProblems extends Error {
  override readonly name = 'FileProblems';
  readonly code = 'bad-file';
  readonly problems: FileProblem[];

  constructor(problems: FileProblem[]) {
    super(problems.map(sentence).join('\n'));
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
