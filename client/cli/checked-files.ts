import { type CheckedFile, checkFile } from '../files/check-file.ts';
import { FILE_KINDS } from '../files/file-kind.ts';
import { type FileProblem, textOf } from '../files/file-problems.ts';
import { EXIT } from './exit.ts';
import { colours, print, type PrintOptions } from './terminal.ts';

/** Checks files of any kind and prints what each is and what is wrong with it; the exit code tells whether anything is. */
export function printChecked(files: readonly string[], options: PrintOptions): void {
  const now = new Date().toISOString();
  const checked = files.map((file) => checkFile(file, now));
  print(options.json === true ? checked.map(forPrograms) : checked, options, () => checked.map(render).join('\n'));
  if (checked.some((each) => each.problems.length > 0)) process.exitCode = EXIT.failed;
}

function forPrograms({ file, kind, title, problems, warnings, examples }: CheckedFile) {
  const placed = (problem: FileProblem) => {
    const { file: where, line, column, path } = problem;
    return { file: where, line, column, path, text: textOf({ ...problem, path: '' }) };
  };
  return {
    file,
    kind,
    title,
    ok: problems.length === 0,
    examples,
    problems: problems.map(placed),
    warnings: warnings.map(placed),
  };
}

function render({ file, kind, title, problems, warnings, examples }: CheckedFile): string {
  const what = kind === null ? 'a file of no known kind' : FILE_KINDS[kind].name;
  const count = problems.length;
  const head =
    count === 0
      ? `${colours.green('Good:')}  ${file} is ${what}${title === '' ? '' : `: ${title}`}${proved(examples)}`
      : `${colours.red('Wrong:')} ${file} is ${what} with ${count === 1 ? 'one mistake' : `${count} mistakes`}`;
  const lineOf = (problem: FileProblem) => `${problem.file}:${problem.line}:${problem.column}  ${textOf(problem)}`;
  return [
    head,
    ...problems.map((each) => `  ${lineOf(each)}`),
    ...warnings.map((each) => colours.yellow(`  ${lineOf({ ...each, path: '' })}`)),
  ].join('\n');
}

const proved = (examples: number): string =>
  examples === 0 ? '' : `; ${examples === 1 ? 'its example comes' : `its ${examples} examples come`} out`;
