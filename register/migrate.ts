import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../platform/package-root.ts';
import type { Database } from './database.ts';

/** Any number: one that only duecourse's migrations lock. */
const LOCK = 20_160_630;

/**
 * Brings the tables up to date: each numbered file is carried out once, in order. Safe to run from several processes
 * at once: they take turns.
 */
export async function migrate(database: Database): Promise<void> {
  const folder = join(packageRoot(), 'register', 'migrations');
  const files = readdirSync(folder)
    .filter((name) => /^\d{6}-[a-z-]+\.sql$/.test(name))
    .sort();
  await database.inTransaction(async ({ query }) => {
    await query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await query('CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY)');
    const done = new Set((await query<{ name: string }>('SELECT name FROM migration')).map((row) => row.name));
    for (const file of files.filter((name) => !done.has(name))) {
      await query(readFileSync(join(folder, file), 'utf8'));
      await query('INSERT INTO migration (name) VALUES ($1)', [file]);
    }
  }, 'unhurried');
}
