import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PostgresBinaries } from './postgres-binaries.ts';
import type { PostgresUser } from './postgres-user.ts';
import { PartProblem } from './part-failed.ts';

export const SUPERUSER = 'duecourse';
export const DATABASE = 'duecourse';

const PASSWORD_FILE = 'password';

/**
 * Makes the database's files at the first start. They are made under another name and then renamed, so that a start that was
 * killed half-way is simply begun again.
 */
export async function initialise(
  binaries: PostgresBinaries,
  dataDir: string,
  user: PostgresUser | undefined,
): Promise<void> {
  const data = join(dataDir, 'data');
  if (existsSync(data)) return;
  const fresh = join(dataDir, 'data.new');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const pwfile = writeSecret(join(dataDir, 'password.new'), makePassword(dataDir));
  if (user) for (const path of [fresh, pwfile]) chownSync(path, user.uid, user.gid);
  const args = [
    `--pgdata=${fresh}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${pwfile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    ...LOCALE,
  ];
  try {
    await promisify(execFile)(binaries.initdb, args, { cwd: dataDir, env: { ...process.env, LC_ALL: 'C' }, ...user });
  } finally {
    rmSync(pwfile, { force: true });
  }
  renameSync(fresh, data);
}

/** The same order of letters on every machine, whatever locales it has. */
const LOCALE = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** Our database's password, made at the first start. @throws Error where the file is gone: nothing else knows it. */
export function passwordIn(dataDir: string): string {
  const file = join(dataDir, PASSWORD_FILE);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new PartProblem(
      `The password of the embedded PostgreSQL can't be read (${(error as Error).message}). It was made at the first start and is kept nowhere else: put the file back, or run as its owner.`,
    );
  }
}

function makePassword(dataDir: string): string {
  const password = randomBytes(24).toString('base64url');
  writeSecret(join(dataDir, PASSWORD_FILE), `${password}\n`);
  return password;
}

/** Readable by its owner only from the first byte: an older file of that name, which may be open to others, goes first. */
function writeSecret(path: string, text: string): string {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  return path;
}
