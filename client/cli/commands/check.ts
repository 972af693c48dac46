import { Command } from 'commander';
import { type CheckedFile, checkFile } from '../../files/check-file.ts';
import { FILE_KINDS } from '../../files/file-kind.ts';
import { type FileProblem, textOf } from '../../files/file-problems.ts';
import { EXIT } from '../failures.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

/** `duecourse check`: any file, by what is in it. */
export function checkCommand(): Command {
  return new Command('check')
    .description('check files of any kind, and say everything that is wrong with them; nothing is changed')
    .argument(
      '<file...>',
      'inspections, authorities, constitutions, rule packs, working days (YAML), bank holidays (JSON)',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nWhat each key means: docs/files.md. A first file to fill in: duecourse init')
    .action((files: string[], options: PrintOptions) => {
      const now = new Date().toISOString();
      const checked = files.map((file) => checkFile(file, now));
      print(options.json === true ? checked.map(forPrograms) : checked, options, () => checked.map(render).join('\n'));
      if (checked.some((each) => each.problems.length > 0)) process.exitCode = EXIT.failed;
    });
}

function forPrograms({ file, kind, title, problems, warnings }: CheckedFile) {
  const placed = (problem: FileProblem) => {
    const { file: where, line, column, path } = problem;
    return { file: where, line, column, path, text: textOf({ ...problem, path: '' }) };
  };
  return {
    file,
    kind,
    title,
    ok: problems.length === 0,
    problems: problems.map(placed),
    warnings: warnings.map(placed),
  };
}

function render({ file, kind, title, problems, warnings }: CheckedFile): string {
  const what = kind === null ? 'a file of no known kind' : FILE_KINDS[kind].name;
  const count = problems.length;
  const head =
    count === 0
      ? `${colours.green('Good:')}  ${file} is ${what}${title === '' ? '' : `: ${title}`}`
      : `${colours.red('Wrong:')} ${file} is ${what} with ${count === 1 ? 'one mistake' : `${count} mistakes`}`;
  const lineOf = (problem: FileProblem) => `${problem.file}:${problem.line}:${problem.column}  ${textOf(problem)}`;
  return [
    head,
    ...problems.map((each) => `  ${lineOf(each)}`),
    ...warnings.map((each) => colours.yellow(`  ${lineOf({ ...each, path: '' })}`)),
  ].join('\n');
}
