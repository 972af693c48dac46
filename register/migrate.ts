import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../platform/package-root.ts';
import { releaseOf } from '../platform/release.ts';
import type { Database, Queries } from './database.ts';
import { RegisterUnfit } from './register-unfit.ts';

/** Any number: one that only duecourse's migrations lock. */
const LOCK = 20_160_630;

const FOLDER = join(packageRoot(), 'register', 'migrations');

const migrationFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /^\d{6}-[a-z-]+\.sql$/.test(name))
    .sort();

/** A migration as it was carried out: by which release, and with which text (SHA-256); null where that was not noted. */
interface Done {
  name: string;
  release: string | null;
  checksum: string | null;
}

/** The same on every machine: a copy may have been given other line ends. */
const checksumOf = (folder: string, name: string): string =>
  createHash('sha256')
    .update(readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n'))
    .digest('hex');

/**
 * Brings the tables up to date: each numbered file is carried out once, in order. Safe to run from several processes
 * at once: they take turns.
 *
 * @param where what the register is called in a sentence: its host, port and database
 * @throws RegisterUnfit where the database has migrations that this version does not know, or knows otherwise; nothing is
 *   changed then
 */
export async function migrate(database: Database, where: string, folder: string = FOLDER): Promise<void> {
  const files = migrationFiles(folder);
  await database.inTransaction(async ({ query }) => {
    await query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const done = await recorded({ query });
    mustKnow(done, folder, where);
    await query(
      'CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, release text NOT NULL, checksum text NOT NULL)',
    );
    for (const file of files.filter((name) => done.every((each) => each.name !== name))) {
      await query(readFileSync(join(folder, file), 'utf8'));
      await query('INSERT INTO migration (name, release, checksum) VALUES ($1, $2, $3)', [
        file,
        releaseOf(),
        checksumOf(folder, file),
      ]);
    }
  }, 'unhurried');
}

/**
 * Is this a register that this version can work with, as it stands?
 *
 * @throws RegisterUnfit where it is not set up, older, newer, made by an unfinished version, or of 0.1
 */
export async function mustFit(queries: Queries, where: string, folder: string = FOLDER): Promise<void> {
  const done = await recorded(queries);
  mustKnow(done, folder, where);
  if (done.length === 0)
    throw new RegisterUnfit(
      `The register at ${where} has not been set up yet: its database holds no tables of duecourse. Run: duecourse setup`,
    );
  if (migrationFiles(folder).some((file) => done.every(({ name }) => name !== file)))
    throw new RegisterUnfit(
      `The register at ${where} was made by ${releasesOf(done)}, and is older than this version, ${releaseOf()}. Make a backup of the database, then bring it up to date with: duecourse setup`,
    );
}

async function recorded({ query }: Queries): Promise<Done[]> {
  const [there] = await query<{ there: boolean }>(`SELECT to_regclass('migration') IS NOT NULL AS there`);
  if (there?.there !== true) return [];
  // 0.1 noted the names alone.
  return query<Done>(
    `SELECT name, to_jsonb(migration) ->> 'release' AS release, to_jsonb(migration) ->> 'checksum' AS checksum
     FROM migration ORDER BY name`,
  );
}

/** What 0.1 recorded beside its first migration; nobody runs it, and nothing brings its register over. */
const RELEASE_0_1 = [
  '000002-resend-and-unsubscribe.sql',
  '000003-bank-holidays.sql',
  '000005-board.sql',
  '000006-lists-by-index.sql',
  '000007-archive.sql',
  '000008-sealed.sql',
];

const OWN_DATABASE =
  'Give this version a database of its own (DATABASE_URL), or on one machine a folder of its own (DUECOURSE_VAR)';

function mustKnow(done: readonly Done[], folder: string, where: string): void {
  const files = migrationFiles(folder);
  const unknown = done.filter(({ name }) => !files.includes(name));
  if (unknown.some(({ name }) => RELEASE_0_1.includes(name)))
    throw new RegisterUnfit(
      `The register at ${where} was made by duecourse 0.1, and this version can't read it. ${OWN_DATABASE}; what 0.1 has recorded is read with 0.1. Nothing was changed.`,
    );
  if (unknown.length > 0)
    throw new RegisterUnfit(
      `The register at ${where} was made by a newer duecourse, ${releasesOf(unknown)}: this version, ${releaseOf()}, does not know its ${unknown.map(({ name }) => name).join(', ')}. Use the newer version, here and for every worker and web process. Nothing was changed.`,
    );
  const changed = done.filter(({ name, checksum }) => checksum !== checksumOf(folder, name));
  if (changed.length > 0)
    throw new RegisterUnfit(
      `The register at ${where} was made by another edition of duecourse, ${releasesOf(changed)}: its ${changed.map(({ name }) => name).join(', ')} said otherwise than this version's, ${releaseOf()}. Use the edition that made it. ${OWN_DATABASE}. Nothing was changed.`,
    );
}

/** The releases that carried them out, as a sentence names them. */
function releasesOf(done: readonly Done[]): string {
  const releases = new Set(done.map(({ release }) => release ?? 'of no known number'));
  return [...releases].join(' and ');
}
