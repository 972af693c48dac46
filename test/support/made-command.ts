import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../platform/package-root.ts';

/** A file of the command as the build has made it: the modules in it, and what it loads; neither of one that is no code. */
interface MadeFile {
  from?: string[];
  loads?: string[];
}

/** The files of the built command by their names. */
export const madeCommand = (): Record<string, MadeFile> =>
  JSON.parse(readFileSync(join(packageRoot(), 'dist', 'command', 'made.json'), 'utf8')) as Record<string, MadeFile>;

/** The package that a module is of, by its path; undefined of ours. */
export const packageOfModule = (path: string): string | undefined =>
  /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
