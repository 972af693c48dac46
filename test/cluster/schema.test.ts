import { inject, onTestFinished, test, expect } from 'vitest';
import { databaseBeside } from '../../bench/cluster/database-address.ts';
import { ensureSchemas } from '../../bench/cluster/schema.ts';
import { findClusterPrograms } from '../../platform/embedded/parts.ts';
import { rows, sql } from '../register/support.ts';
import { startTestDatabase } from '../support/temporal-server.ts';

const quiet = () => undefined;

test(
  'Temporal’s databases are made once, and again where their making was broken off',
  { timeout: 120_000 },
  async () => {
    // On a server of its own: the names of Temporal's databases are fixed.
    const { url, stop } = await startTestDatabase();
    onTestFinished(stop);
    const { sqlTool } = await findClusterPrograms(quiet);
    const temporal = databaseBeside(url, 'temporal');
    const marks = async () => (await rows(temporal, 'SELECT role FROM cluster_membership')).length;

    // Killed after the database was made, before it was marked.
    await sql(url, 'CREATE DATABASE temporal');
    await ensureSchemas(sqlTool, url, quiet);
    expect(await marks()).toBe(0);
    await sql(
      temporal,
      `INSERT INTO cluster_membership VALUES (0, '\\x01', '127.0.0.1', 1, 1, now(), now(), now() + interval '1 day')`,
    );
    await ensureSchemas(sqlTool, url, quiet);
    expect(await marks()).toBe(1);

    // Killed in the middle of its tables.
    await sql(url, `COMMENT ON DATABASE temporal IS 'duecourse: being made'`);
    await ensureSchemas(sqlTool, url, quiet);
    expect(await marks()).toBe(0);
  },
);

test('where the tool fails, the sentence says where and why, and holds no password', async () => {
  const { sqlTool } = await findClusterPrograms(quiet);
  const server = inject('databaseUrl');
  await sql(server, `CREATE ROLE no_maker LOGIN PASSWORD 'the-password-of-no-maker'`);
  onTestFinished(() => sql(server, 'DROP ROLE no_maker'));
  const url = new URL(server);
  url.username = 'no_maker';
  url.password = 'the-password-of-no-maker';
  const failure = await ensureSchemas(sqlTool, url.href, quiet).catch((error: unknown) => String(error));
  expect(failure).toContain(`Temporal's database "temporal" can't be made ready at ${url.host} (create)`);
  expect(failure).toContain('permission denied to create database');
  expect(failure).not.toContain(url.password);
});
