import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';
import { PartProblem } from './part-failed.ts';

const NAME = 'postgres';

/** A folder that its owner alone reads, and a group may walk through. */
export const WITH_PASSAGE = 0o710;

/** Whom PostgreSQL runs as. */
export interface PostgresUser {
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root: where we are root, the system's `postgres` user, made where there is none. Undefined for anyone
 * else, who runs it as himself.
 */
export function postgresUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return lookUp() ?? make();
}

/** A folder of ours that the user whom PostgreSQL runs as walks through; nothing where that is ourselves. */
export function letPostgresPass(folder: string): void {
  const user = postgresUser();
  if (user === undefined) return;
  chownSync(folder, process.getuid?.() ?? 0, user.gid);
  chmodSync(folder, WITH_PASSAGE);
}

function lookUp(): PostgresUser | undefined {
  try {
    return { uid: numberOf('-u'), gid: numberOf('-g') };
  } catch {
    return undefined;
  }
}

function numberOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, NAME], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
}

function make(): PostgresUser {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME], {
      stdio: 'pipe',
    });
  } catch (error) {
    throw new PartProblem(
      `PostgreSQL does not run as root, and the user "${NAME}" can't be made (${(error as Error).message.trim()}). ` +
        `Run duecourse as another user, make that user, or set DATABASE_URL.`,
    );
  }
  const user = lookUp();
  if (!user)
    throw new PartProblem(
      `The user "${NAME}" was made but the system does not know it. Run duecourse as another user, or set DATABASE_URL.`,
    );
  return user;
}
