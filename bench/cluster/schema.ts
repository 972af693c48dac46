import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Log } from '../../platform/embedded/log.ts';
import { serverEnvironment } from '../../platform/embedded/spawn-apart.ts';
import { databaseBeside, readDatabaseAddress } from './database-address.ts';

/** Temporal's two databases, by the name of their schema in the server's SQL tool. */
const DATABASES = {
  temporal: 'postgresql/v12/temporal',
  temporal_visibility: 'postgresql/v12/visibility',
} as const;

type DatabaseName = keyof typeof DATABASES;

/** Written on a database of ours until it is whole, so that one whose making was broken off is known, and made again. */
const UNFINISHED = 'duecourse: being made';
const WHOLE = 'duecourse: made';

/**
 * Makes Temporal's databases beside the register's, or brings them up to the version of the server. Safe to repeat, and after it was
 * killed half-way.
 *
 * @param url the register's database; its user must be able to make databases
 */
export async function ensureSchemas(sqlTool: string, url: string, log: Log): Promise<void> {
  for (const name of Object.keys(DATABASES) as DatabaseName[]) {
    if (await prepare(url, name)) {
      log(`PostgreSQL: making the database ${name}`);
      await run(sqlTool, url, name, ['create']);
      await onServer(url, `COMMENT ON DATABASE ${name} IS '${UNFINISHED}'`);
      await run(sqlTool, url, name, ['setup-schema', '-v', '0.0']);
    }
    await run(sqlTool, url, name, ['update-schema', '--schema-name', DATABASES[name]]);
    await onServer(url, `COMMENT ON DATABASE ${name} IS '${WHOLE}'`);
  }
}

/** Whether the database has to be made; one of ours that was not finished is removed for it. */
async function prepare(url: string, name: DatabaseName): Promise<boolean> {
  const [found] = await onServer<{ comment: string | null }>(
    url,
    `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = '${name}'`,
  );
  if (found === undefined) return true;
  const begun = found.comment === UNFINISHED || (found.comment === null && (await isEmpty(url, name)));
  if (begun) await onServer(url, `DROP DATABASE ${name}`);
  return begun;
}

/** Made, and its making broken off before it could be marked. */
async function isEmpty(url: string, name: DatabaseName): Promise<boolean> {
  const [{ tables } = { tables: 1 }] = await query<{ tables: number }>(
    databaseBeside(url, name),
    `SELECT count(*)::int AS tables FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  return tables === 0;
}

/** The server's own tool, which knows its tables. The password goes by the environment: a command line is anyone's to read. */
async function run(sqlTool: string, url: string, database: DatabaseName, command: readonly string[]): Promise<void> {
  const { host, port, user, password, attributes } = readDatabaseAddress(url);
  const where = ['--plugin', 'postgres12_pgx', '--endpoint', host, '--port', port, '--user', user];
  const secure = Object.keys(attributes).length === 0 ? [] : ['--ca', new URLSearchParams(attributes).toString()];
  try {
    await promisify(execFile)(sqlTool, [...where, ...secure, '--database', database, ...command], {
      env: { ...serverEnvironment(), SQL_PASSWORD: password },
      timeout: 120_000,
    });
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? (error as Error).message;
    throw new Error(
      `Temporal's database "${database}" can't be made ready at ${host}:${port} (${command[0]}): ${said}`,
    );
  }
}

function onServer<Row>(url: string, sql: string): Promise<Row[]> {
  return query(url, sql);
}

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}
