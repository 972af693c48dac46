import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EnvironmentProblems } from '../domain/schemas/environment.ts';
import { isFolder } from './is-folder.ts';
import { packageRoot } from './package-root.ts';

/** What stands in a folder of rules. */
const PARTS: readonly string[] = ['packs', 'constitutions', 'working-days.yaml', 'signed-off.yaml'];

/** What stands in the rules of duecourse itself and never in a council's: the folder one works in is a copy of the program. */
const ONLY_OURS = 'bank-holidays';

/** Whether a folder is the program's own rules, or a copy of them. */
export const isProgramsFolder = (folder: string): boolean => existsSync(join(folder, ONLY_OURS));

/**
 * The folder in which a council keeps packs, constitutions and working-day definitions of its own: DUECOURSE_RULES, else
 * `rules/` in the folder that the process works in. Undefined where there is none, or it is the program's own.
 *
 * @throws EnvironmentProblems where DUECOURSE_RULES names what is no folder of rules: all would seem well without them
 */
export function ownRulesFolder(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = variables['DUECOURSE_RULES']?.trim();
  if (named === undefined || named === '') {
    const beside = join(process.cwd(), 'rules');
    return isFolder(beside) && !isProgramsFolder(beside) ? beside : undefined;
  }
  const folder = resolve(named);
  if (folder === join(packageRoot(), 'rules')) return undefined;
  if (!isFolder(folder)) throw new EnvironmentProblems(`DUECOURSE_RULES names ${folder}, where there is no folder.`);
  const inside = readdirSync(folder);
  if (inside.length > 0 && !PARTS.some((part) => existsSync(join(folder, part))))
    throw new EnvironmentProblems(
      `DUECOURSE_RULES names ${folder}, and nothing of rules stands there: expected ${PARTS.join(', ')}. Is it the folder above, or below?`,
    );
  return folder;
}
