import { accessSync, chmodSync, constants, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownerAlone } from './owner-alone.ts';
import { letPostgresPass, WITH_PASSAGE } from './embedded/postgres-user.ts';
import type { Settings } from './settings.ts';

const OWNER_ALONE = 0o700;

/**
 * What duecourse keeps under `var/` is its owner's alone, whatever the umask and however it was copied there: mails with
 * sign-in links, the engine's database, passwords and keys. For the start of every process that runs on: what it makes from
 * now on is private as well, and what the servers make that it starts.
 *
 * @throws Error EACCES with the path of what belongs to somebody else, and can't be used
 */
export function keepPrivate({ varDir, outboxDir, environment }: Settings, brings: { register: boolean }): void {
  ownerAlone();
  makeFolder(varDir);
  tighten(varDir);
  if (environment.DUECOURSE_OUTBOX !== undefined) tighten(outboxDir);
  if (brings.register && environment.DATABASE_URL === undefined) letPostgresPass(varDir);
}

/** Makes a folder, and those above it; where it can't be made, why. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: OWNER_ALONE });
  } catch (error) {
    // On a disk that takes no changes, Node says of a folder with those above it that it is not there.
    if (existsSync(dirname(path))) mkdirSync(path, { mode: OWNER_ALONE });
    throw error;
  }
}

/** Takes every right of others from what is ours below a path; links lead elsewhere, and are left alone. */
function tighten(path: string): void {
  const about = lstatSync(path, { throwIfNoEntry: false });
  if (about === undefined || about.isSymbolicLink()) return;
  // Said now, by its name, and not by whichever part comes upon it.
  if (!isOurs(about.uid)) return accessSync(path, constants.R_OK | constants.W_OK);
  // As root, the folder that PostgreSQL's user walks through has that user's group.
  const passed = about.isDirectory() && process.getuid?.() === 0 && about.gid !== process.getgid?.();
  const kept = passed ? WITH_PASSAGE : OWNER_ALONE;
  const mode = about.mode & 0o7777 & kept;
  if (mode !== (about.mode & 0o7777)) ifThere(() => chmodSync(path, mode));
  if (about.isDirectory()) for (const name of ifThere(() => readdirSync(path)) ?? []) tighten(join(path, name));
}

const isOurs = (uid: number): boolean => [0, uid].includes(process.getuid?.() ?? uid);

/** A server that runs may take a file away meanwhile. */
function ifThere<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
