import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { type PostgresUser, postgresUser } from './postgres-user.ts';

/** Where the user that PostgreSQL runs as can always walk to: only root needs it, and only root may write there. */
const SHARED = '/var/lib/duecourse';

/**
 * As root we see everything; the user that PostgreSQL runs as must be able to walk to its program and to its data. A
 * project under /root, or in a folder closed to others, is out of its reach.
 */
function canReach(path: string, user: PostgresUser): boolean {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (!existsSync(folder)) continue;
    const { mode, uid, gid } = statSync(folder);
    const open = uid === user.uid ? mode & 0o100 : gid === user.gid ? mode & 0o010 : mode & 0o001;
    if (!open) return false;
  }
  return true;
}

/** Open to whoever walks through, whatever the umask: what is in it is its owner's alone. */
function makeShared(): void {
  mkdirSync(SHARED, { recursive: true });
  chmodSync(SHARED, 0o755);
}

/** Makes the data folder, for its owner alone. */
export function makeDataDir(dataDir: string): void {
  if (dirname(dataDir) === SHARED) makeShared();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
}

/** The data folder itself; where PostgreSQL's user can't reach it, one of its own for this folder under /var/lib/duecourse. */
export function reachableDataDir(dataDir: string): string {
  const user = postgresUser();
  if (user === undefined || canReach(dataDir, user)) return dataDir;
  return join(SHARED, `postgres-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`);
}

/** The programs themselves; where PostgreSQL's user can't reach them, a copy that it can. */
export function reachableBinaries(binaries: PostgresBinaries): PostgresBinaries {
  const user = postgresUser();
  if (user === undefined || canReach(binaries.postgres, user)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const { size, mtimeMs } = statSync(binaries.postgres);
  const copy = join(
    SHARED,
    `postgresql-${createHash('sha256').update(`${size}/${mtimeMs}`).digest('hex').slice(0, 12)}`,
  );
  if (!existsSync(copy)) {
    makeShared();
    const fresh = `${copy}.${process.pid}`;
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(fresh, copy);
    } catch (error) {
      // Another process was quicker.
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return {
    initdb: join(copy, 'bin', basename(binaries.initdb)),
    postgres: join(copy, 'bin', basename(binaries.postgres)),
  };
}
