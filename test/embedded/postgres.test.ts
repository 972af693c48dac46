import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readPostgresUrl, startPostgres } from '../../platform/embedded/postgres.ts';
import type { PostgresServer } from '../../platform/embedded/postgres.ts';
import { identityOf } from '../../platform/embedded/processes.ts';
import { AlreadyRunning } from '../../platform/embedded/server-note.ts';
import { startHolder } from './holder.ts';
import { folderForThisTest } from './temporary-folder.ts';

describe('the embedded PostgreSQL', () => {
  test('is a real PostgreSQL 18 that syncs to disk, with a database of ours', async () => {
    const { url } = await start(folderForThisTest());
    expect(await value(url, 'SHOW server_version')).toMatch(/^18\./);
    expect(await value(url, 'SHOW fsync')).toBe('on');
    expect(await value(url, 'SHOW listen_addresses')).toBe('127.0.0.1');
    expect(await value(url, 'SELECT current_database()')).toBe('duecourse');
    // By code point, on every machine: a locale of the machine's own would sort these the other way.
    expect(await value(url, "SELECT 'B' < 'a'")).toBe(true);
  });

  test('keeps a password for its owner only, and lets nobody in without', async () => {
    const dataDir = folderForThisTest();
    const { url } = await start(dataDir);
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
    expect(new URL(url).password).toBe(readFileSync(join(dataDir, 'password'), 'utf8').trim());
    await expect(value(url.replace(/:[^:@]*@/, ':guess@'), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
    await expect(value(url.replace(/:[^:@]*@/, '@'), 'SELECT 1')).rejects.toThrow('password');
  });

  test('keeps its rows and its address over a restart, and over a SIGKILL', async () => {
    const dataDir = folderForThisTest();
    const first = await start(dataDir);
    expect(readPostgresUrl(dataDir)).toBe(first.url);
    await value(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await first.stop();
    expect(readPostgresUrl(dataDir)).toBeUndefined();

    const second = await start(dataDir);
    expect(second.url).toBe(first.url);
    await value(second.url, 'INSERT INTO kept VALUES (2)');
    process.kill(second.pid, 'SIGKILL');
    await expect.poll(() => identityOf(second.pid)).toBeUndefined();
    expect(readPostgresUrl(dataDir)).toBeUndefined();

    const third = await start(dataDir);
    expect(await value(third.url, 'SELECT sum(n)::int FROM kept')).toBe(3);
  });

  test('is left alone while its owner lives, and taken over when that was killed', async () => {
    const dataDir = folderForThisTest();
    const holder = await startHolder('postgres', dataDir);
    onTestFinished(() => holder.kill());
    await expect(start(dataDir)).rejects.toThrow(AlreadyRunning);
    await holder.kill();

    const ours = await start(dataDir);
    expect(ours.pid).toBe(holder.serverPid);
    expect(await value(ours.url, 'SELECT 1')).toBe(1);
    await ours.stop();
    expect(identityOf(holder.serverPid)).toBeUndefined();
  });

  test('a leftover that does not know our password is stopped by its own note, and started anew', async () => {
    const dataDir = folderForThisTest();
    const holder = await startHolder('postgres', dataDir);
    await holder.kill();
    rmSync(join(dataDir, 'server.json'));

    const ours = await start(dataDir);
    expect(ours.pid).not.toBe(holder.serverPid);
    expect(identityOf(holder.serverPid)).toBeUndefined();
    expect(await value(ours.url, 'SELECT 1')).toBe(1);
  });

  test("a stale note with a stranger's number is no one to be stopped", async () => {
    const dataDir = folderForThisTest();
    await (await start(dataDir)).stop();
    writeFileSync(join(dataDir, 'data', 'postmaster.pid'), `${process.pid}\n${join(dataDir, 'data')}\n`);
    const ours = await start(dataDir);
    expect(await value(ours.url, 'SELECT 1')).toBe(1);
  });

  test('a lost password is told, with where it belongs', async () => {
    const dataDir = folderForThisTest();
    await (await start(dataDir)).stop();
    rmSync(join(dataDir, 'password'));
    await expect(start(dataDir)).rejects.toThrow(join(dataDir, 'password'));
  });
});

async function start(dataDir: string): Promise<PostgresServer> {
  const server = await startPostgres({ dataDir, log: () => undefined });
  onTestFinished(() => server.stop());
  return server;
}

/** The first column of the first row. */
async function value(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}
