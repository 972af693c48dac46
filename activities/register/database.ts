import pg from 'pg';
import { asUnreachable } from './register-unreachable.ts';

/** Runs queries; `inTransaction` gives its work one connection, and all of it holds or none. */
export interface Database {
  query<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  inTransaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export type Queries = Pick<Database, 'query'>;

const CONNECT_TIMEOUT_MS = 5000;
const STATEMENT_TIMEOUT_MS = 60_000;

export function openDatabase(url: string, connections: number): Database {
  const pool = new pg.Pool({ connectionString: url, max: connections, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, statement_timeout: STATEMENT_TIMEOUT_MS });
  // An idle connection that the server closes is not an event for anybody: the next query makes a new one.
  pool.on('error', () => undefined);
  const clear = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asUnreachable(error, url);
    }
  };
  return {
    query: (sql, values) => clear(async () => (await pool.query(sql, values)).rows),
    inTransaction: (work) =>
      clear(async () => {
        const client = await pool.connect();
        let broken = false;
        try {
          await client.query('BEGIN');
          const result = await work({ query: async (sql, values) => (await client.query(sql, values)).rows });
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
    close: () => pool.end(),
  };
}
