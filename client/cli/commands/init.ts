import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { divisions } from '../../../domain/calendar/working-calendar.ts';
import { BadRequest } from '../../bad-request.ts';
import { checkFile } from '../../files/check-file.ts';
import { textOf } from '../../files/file-problems.ts';
import { AUTHORITY_FILE, firstFiles, type FirstFiles, inspectionFileName } from '../../files/first-files.ts';
import { listRulePacks } from '../../files/rules.ts';
import { shownPath } from '../../files/text-file.ts';
import { UsageError } from '../usage-error.ts';
import { FIRST_ANSWERS, mistakeIn } from '../first-answers.ts';
import { dateOption } from '../options.ts';
import { colours, print, type PrintOptions } from '../terminal.ts';

interface InitOptions extends PrintOptions, FirstFiles {
  yes?: boolean;
}

interface Written {
  written: string[];
  /** What is left to be filled in, with its place. */
  left: string[];
}

/** `duecourse init`: a first authority file and a first inspection file. */
export function initCommand(): Command {
  return new Command('init')
    .description("write a council's first two files, an authority and an inspection, to be filled in")
    .argument('[dir]', 'the folder to write them to', '.')
    .option('--council <name>', 'what the council is called')
    .addOption(new Option('--division <name>', 'whose bank holidays count').choices(divisions))
    .option('--email <address>', "the administrator's address")
    .option('--reference <name>', "the inspection's short name, for example 2026")
    .option('--title <text>', 'what the inspection is called')
    .addOption(new Option('--framework <id>', 'the rules that follow: one of rules list').choices(listRulePacks()))
    .addOption(dateOption('--fieldwork-from <date>', 'the first day of the inspection'))
    .addOption(dateOption('--fieldwork-until <date>', 'the last day of the inspection'))
    .addOption(dateOption('--received <date>', 'the day on which the report was received'))
    .addOption(dateOption('--published <date>', 'the day on which the report was published'))
    .option('--yes', 'ask nothing: what is not given is left to be filled in')
    .option('--json', 'print JSON')
    .action(async (dir: string, options: InitOptions) => {
      const folder = resolve(dir);
      mustBeFree(folder, options);
      const given = await complete(options);
      mustBeFree(folder, given);
      print(write(folder, given), options, render);
    });
}

/** Everything that is needed: given, asked for, or left to be filled in. */
async function complete(options: InitOptions): Promise<FirstFiles> {
  for (const { key, flag } of FIRST_ANSWERS) {
    const answer = options[key];
    const mistake = answer === undefined ? undefined : mistakeIn(key, answer, options);
    if (mistake !== undefined) throw new UsageError(`${flag}: ${mistake}`);
  }
  if (options.yes === true) return options;
  if (process.stdin.isTTY && process.stdout.isTTY && options.json !== true) {
    const { askFirstAnswers } = await import('../ask-first-answers.ts');
    return askFirstAnswers(options);
  }
  const missing = FIRST_ANSWERS.filter(({ key, needed }) => needed && options[key] === undefined);
  if (missing.length === 0) return options;
  throw new UsageError(
    `Nobody can be asked here: give ${missing.map(({ flag }) => flag).join(', ')}; or --yes, and fill them in in the files. See: duecourse init --help`,
  );
}

function mustBeFree(folder: string, given: FirstFiles): void {
  for (const name of [AUTHORITY_FILE, inspectionFileName(given)]) {
    const path = join(folder, name);
    if (existsSync(path))
      throw new BadRequest(
        `${shownPath(path)} is there already, and is not written over. Name another folder: duecourse init DIR`,
      );
  }
}

function write(folder: string, given: FirstFiles): Written {
  const texts = firstFiles(given, folder);
  const [authority, inspection] = [join(folder, AUTHORITY_FILE), join(folder, inspectionFileName(given))];
  try {
    mkdirSync(folder, { recursive: true });
    // `wx`: a file that has appeared since is not written over either.
    writeFileSync(authority, texts.authority, { flag: 'wx' });
    writeFileSync(inspection, texts.inspection, { flag: 'wx' });
  } catch (error) {
    throw new BadRequest(`The files can't be written to ${shownPath(folder)}: ${(error as Error).message}`);
  }
  const left = checkFile(inspection, new Date().toISOString()).problems.map(
    (each) => `${each.file}:${each.line}  ${textOf(each)}`,
  );
  return { written: [authority, inspection].map(shownPath), left };
}

function render({ written, left }: Written): string {
  const [authority = '', inspection = ''] = written;
  return [
    `${colours.green('Written:')} ${written.join(', ')}`,
    ...(left.length === 0 ? [] : ['', colours.yellow('Still to be done:'), ...left.map((each) => `  ${each}`)]),
    '',
    `Put the addresses of whoever holds each role into ${authority}, and the actions into ${inspection}. Then:`,
    `  duecourse check ${authority} ${inspection}`,
    `  duecourse preview ${inspection}`,
    colours.dim('What each key means: docs/files.md'),
  ].join('\n');
}
