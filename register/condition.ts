import type { Database } from './database.ts';
import { DATABASE_NOW } from './processes.ts';

/** What keeps the register from taking what is written. */
export interface RegisterTrouble {
  code:
    | 'register-unreachable'
    | 'register-unfit'
    | 'register-read-only'
    | 'register-full'
    | 'register-forbidden'
    | 'register-failing';
  /** Tables that may not be written, or what was said; '' where the code says it all. */
  about: string;
}

/** PostgreSQL's own codes that say why nothing can be written. */
const READ_ONLY = '25006';
const FORBIDDEN = '42501';
const FULL = ['53100', '58030'];

/** The database that answers at all is asked to take a row, which goes again at once. */
const PROBE = `INSERT INTO running_process (identity, part, host, version, code, bank_holidays, rules, keys, task_queue,
    namespace, clock_off_ms, started_at, seen_at, ended_at)
  VALUES ($1, 'probe', '', '', '', '', '', '[]', '', '', 0, ${DATABASE_NOW}, ${DATABASE_NOW}, ${DATABASE_NOW})
  ON CONFLICT (identity) DO UPDATE SET seen_at = ${DATABASE_NOW}`;

/** Tables that the database's user may not read or add to; a migration alone writes the first. */
const FORBIDDEN_TABLES = `SELECT c.relname AS name FROM pg_class c
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'migration'
    AND NOT (has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT'))
  ORDER BY 1`;

/**
 * What is wrong with the register, where something is: a row is written and taken back.
 *
 * @param identity who asks: two that ask at once are not in each other's way
 */
export async function troubleOf(database: Database, identity: string): Promise<RegisterTrouble | null> {
  try {
    const forbidden = await database.query<{ name: string }>(FORBIDDEN_TABLES);
    if (forbidden.length > 0)
      return { code: 'register-forbidden', about: forbidden.map(({ name }) => name).join(', ') };
    await database.inTransaction(async ({ query }) => {
      await query(PROBE, [`probe/${identity}`]);
      await query('DELETE FROM running_process WHERE identity = $1', [`probe/${identity}`]);
    });
    return null;
  } catch (error) {
    return troubleIn(error);
  }
}

function troubleIn(error: unknown): RegisterTrouble {
  const {
    name = '',
    code = '',
    message = String(error),
  } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  if (name === 'RegisterUnreachable') return { code: 'register-unreachable', about: message };
  if (name === 'RegisterUnfit') return { code: 'register-unfit', about: message };
  if (code === READ_ONLY) return { code: 'register-read-only', about: '' };
  if (code === FORBIDDEN) return { code: 'register-forbidden', about: 'its tables' };
  if (FULL.includes(code) || /No space left on device/i.test(message)) return { code: 'register-full', about: '' };
  return { code: 'register-failing', about: `${message}.` };
}
