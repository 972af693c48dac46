import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The folder in which a council keeps packs, constitutions and working-day definitions of its own: DUECOURSE_RULES, else
 * `rules/` in the folder that the process works in. Undefined where there is none.
 */
export function ownRulesFolder(variables: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = variables['DUECOURSE_RULES'];
  if (named !== undefined && named !== '') return resolve(named);
  const beside = join(process.cwd(), 'rules');
  return existsSync(beside) ? beside : undefined;
}
