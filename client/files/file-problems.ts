import { formatDate } from '../../domain/calendar/civil-date.ts';

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
  /** Other places that it is found beside: where one of them is wrong itself, that alone is said. */
  restsOn?: string[];
}

/** Of all that is wrong with a file, so much is said: nobody reads more. */
export const MAX_TOLD = 200;

/** A file that can't be used: everything that is wrong with it, a line each. */
export class FileProblems extends Error {
  override readonly name = 'FileProblems';
  readonly code = 'bad-file';
  readonly problems: FileProblem[];

  /** @param all how many there are, where not all of them are given */
  constructor(found: readonly FileProblem[], all?: number) {
    const problems = onTheirOwn(found);
    const more = (all ?? problems.length) - MAX_TOLD;
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

/** As much of it as is said: that alone crosses from one thread to another, as to take over all of it keeps the other busy. */
export interface ToldProblems {
  problems: FileProblem[];
  all: number;
}

export const toldOf = ({ problems }: FileProblems): ToldProblems => ({
  problems: problems.slice(0, MAX_TOLD),
  all: problems.length,
});

export const problemsOf = ({ problems, all }: ToldProblems): FileProblems => new FileProblems(problems, all);

/** All that is wrong with one file, a line each, for whoever knows which file it is; no more than its message says. */
export const linesWrong = ({ problems }: FileProblems): string[] =>
  problems.slice(0, MAX_TOLD).map((each) => `Line ${each.line}: ${textOf(each)}`);

/** What should stand in a file, as it is asked for beside a field: “enter”, and dates as people write them. */
export const inPlainWords = (expected: string): string =>
  expected.replace(/^expected /, 'enter ').replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => formatDate(date));

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

/** What is wrong by itself: without what rests on something that is wrong itself, and so may be right. */
function onTheirOwn(problems: readonly FileProblem[]): FileProblem[] {
  const at = new Map<string, FileProblem[]>();
  for (const each of problems) {
    const place = `${each.file}:${each.path}`;
    at.set(place, [...(at.get(place) ?? []), each]);
  }
  const decided = new Map<FileProblem, boolean>();
  const isItsOwn = (problem: FileProblem): boolean => {
    const { file, restsOn = [] } = problem;
    const known = decided.get(problem) ?? !restsOn.some((path) => at.get(`${file}:${path}`)?.some(isItsOwn));
    decided.set(problem, known);
    return known;
  };
  return problems.filter(isItsOwn).map(({ restsOn: _restsOn, ...each }) => each);
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
