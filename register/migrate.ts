import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../platform/package-root.ts';
import type { Database, Queries } from './database.ts';
import { RegisterUnfit } from './register-unfit.ts';

/** Any number: one that only duecourse's migrations lock. */
const LOCK = 20_160_630;

const FOLDER = join(packageRoot(), 'register', 'migrations');

const migrationFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /^\d{6}-[a-z-]+\.sql$/.test(name))
    .sort();

/**
 * Brings the tables up to date: each numbered file is carried out once, in order. Safe to run from several processes
 * at once: they take turns.
 *
 * @param where what the register is called in a sentence: its host, port and database
 * @throws RegisterUnfit where the database has migrations that this version does not know; nothing is changed then
 */
export async function migrate(database: Database, where: string, folder: string = FOLDER): Promise<void> {
  const files = migrationFiles(folder);
  await database.inTransaction(async ({ query }) => {
    await query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const done = new Set(await recorded({ query }));
    mustKnow([...done], files, where);
    await query('CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY)');
    for (const file of files.filter((name) => !done.has(name))) {
      await query(readFileSync(join(folder, file), 'utf8'));
      await query('INSERT INTO migration (name) VALUES ($1)', [file]);
    }
  }, 'unhurried');
}

/**
 * Is this a register that this version can work with, as it stands?
 *
 * @throws RegisterUnfit where it is not set up, older, newer, or of 0.1
 */
export async function mustFit(queries: Queries, where: string, folder: string = FOLDER): Promise<void> {
  const files = migrationFiles(folder);
  const done = await recorded(queries);
  mustKnow(done, files, where);
  if (done.length === 0)
    throw new RegisterUnfit(
      `The register at ${where} has not been set up yet: its database holds no tables of duecourse. Run: duecourse setup`,
    );
  if (files.some((file) => !done.includes(file)))
    throw new RegisterUnfit(
      `The register at ${where} is older than this version of duecourse. Make a backup of the database, then bring it up to date with: duecourse setup`,
    );
}

async function recorded({ query }: Queries): Promise<string[]> {
  const [there] = await query<{ there: boolean }>(`SELECT to_regclass('migration') IS NOT NULL AS there`);
  if (there?.there !== true) return [];
  return (await query<{ name: string }>('SELECT name FROM migration ORDER BY name')).map(({ name }) => name);
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

function mustKnow(done: readonly string[], files: readonly string[], where: string): void {
  const unknown = done.filter((name) => !files.includes(name));
  if (unknown.length === 0) return;
  throw new RegisterUnfit(
    unknown.some((name) => RELEASE_0_1.includes(name))
      ? `The register at ${where} was made by duecourse 0.1, and this version can't read it. Give this version a database of its own (DATABASE_URL), or on one machine a folder of its own (DUECOURSE_VAR); what 0.1 has recorded is read with 0.1. Nothing was changed.`
      : `The register at ${where} was made by a newer duecourse: this version does not know its ${unknown.join(', ')}. Use the newer version, here and for every worker and web process. Nothing was changed.`,
  );
}
