import type { Command } from 'commander';
import { VARIABLE_PREFIX } from '../../domain/schemas/variable-prefix.ts';
import { ownerAlone } from '../../platform/owner-alone.ts';
import { configurationFiles } from './configuration-files.ts';
import { listedByBuild, programInOutline } from './contents.ts';
import { exitOfAnswered } from './answered.ts';
import { NEEDS_ALL, program, programFor } from './program.ts';

/** Calls that a mistake in a configuration file must not keep from being answered. */
const NEEDS_NO_SETTINGS = ['--help', '-h', 'help', 'completion'];

/** One that names no command, as for the version, does nothing. */
const needsNoSettings = (argv: readonly string[], named: string): boolean =>
  named === '' || FINDS_SETTINGS.includes(named) || NEEDS_NO_SETTINGS.some((each) => argv.includes(each));

/** Commands for which settings that can't be used are what they are to find: they read them themselves. */
const FINDS_SETTINGS = ['doctor'];

/** Commands that write what others are to read and to edit too; what any other writes is its owner's alone. */
const FOR_OTHERS = ['init'];

/** What a call names, in its order: the command, and what stands after it. */
const namedIn = (argv: readonly string[]): string[] => argv.slice(2).filter((each) => !each.startsWith('-'));

/** Runs one call; gives its exit code: 0 done, 1 refused or failed, 2 bad usage. */
export async function run(argv: string[]): Promise<number> {
  const [named = '', about = ''] = namedIn(argv);
  try {
    if (!FOR_OTHERS.includes(named)) ownerAlone();
    if (!needsNoSettings(argv, named)) await useSettings();
    await (await asFarAsNeeded(named === 'help' ? about : named)).parseAsync(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const answered = exitOfAnswered(error);
    if (answered !== undefined) return answered;
    const { report } = await import('./failures.ts');
    return report(error, { debug: argv.includes('--debug'), json: argv.includes('--json') });
  }
}

/** What there is nothing of, a configuration file or a variable of ours, is not looked into. */
async function useSettings(): Promise<void> {
  if (configurationFiles(process.env).length > 0) (await import('./configuration.ts')).applyConfiguration(process.env);
  if (!Object.keys(process.env).some((name) => name.startsWith(VARIABLE_PREFIX))) return;
  const { mustKnowVariables, strangeVariables } = await import('../../domain/schemas/environment.ts');
  mustKnowVariables(process.env);
  const strange = strangeVariables(process.env);
  if (strange.length === 0) return;
  const { progress } = await import('./terminal.ts');
  for (const line of strange) progress(line);
}

/** The command that a call names; where it names none that there is, all by their names, which is as much as is told. */
async function asFarAsNeeded(named: string): Promise<Command> {
  if (NEEDS_ALL.includes(named)) return program();
  const found = named === '' ? undefined : await programFor(named);
  if (found !== undefined) return found;
  const listed = listedByBuild();
  return listed === undefined ? program() : programInOutline(listed);
}
