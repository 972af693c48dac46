import pg from 'pg';
import { asUnreachable, mustBeAddress } from './register-unreachable.ts';

/** Runs queries; `inTransaction` gives its work one connection, and all of it holds or none. */
export interface Database {
  query: <Row extends object>(sql: string, values?: unknown[]) => Promise<Row[]>;
  inTransaction<T>(work: (queries: Queries) => Promise<T>, kind?: TransactionKind): Promise<T>;
  /** Safe to call twice. */
  close(): Promise<void>;
}

export type Queries = Pick<Database, 'query'>;

/**
 * `snapshot`: reads everything as it was at one moment. `unhurried`: a statement may take as long as it takes. `wide`: reads
 * much, by one processor of the database's.
 */
export type TransactionKind = 'usual' | 'snapshot' | 'unhurried' | 'wide';

/**
 * A transaction that its process does nothing in for so long is ended by the server. A process that stands still would hold
 * its locks, an authority's whole chain with them; the engine gives its work to another after 20 seconds.
 */
const MAX_IDLE_MS = 10_000;

const BEGIN: Record<TransactionKind, string> = {
  usual: `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${MAX_IDLE_MS}`,
  snapshot: 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY',
  unhurried: 'BEGIN; SET LOCAL statement_timeout = 0',
  wide: 'BEGIN READ ONLY; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off',
};

const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 60_000;

/** @throws RegisterUnreachable where the address can't be understood */
export function openDatabase(url: string, connections: number): Database {
  mustBeAddress(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  });
  // An idle connection that the server closes is not an event for anybody: the next query makes a new one.
  pool.on('error', () => undefined);
  // One in use tells its user by the statement that fails; with nobody listening here, it would end the process as well.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  let closing: Promise<void> | undefined;
  const clear = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asUnreachable(error, url);
    }
  };
  return {
    query: <Row extends object>(sql: string, values?: unknown[]) =>
      clear(async () => (await pool.query(sql, values)).rows as Row[]),
    inTransaction: (work, kind = 'usual') =>
      clear(async () => {
        const client = await pool.connect();
        let broken = false;
        try {
          await client.query(BEGIN[kind]);
          const result = await work({
            query: async <Row extends object>(sql: string, values?: unknown[]) =>
              (await client.query(sql, values)).rows as Row[],
          });
          await client.query('COMMIT');
          return result;
        } catch (error) {
          await client.query('ROLLBACK').catch(() => {
            broken = true;
          });
          throw error;
        } finally {
          client.release(broken);
        }
      }),
    close: () => (closing ??= pool.end()),
  };
}
