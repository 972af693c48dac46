import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { readPostgresUrl, startPostgres } from '../../platform/embedded/postgres.ts';
import { reachableDataDir } from '../../platform/embedded/postgres-reach.ts';

test('a project in a folder closed to others has its PostgreSQL all the same, also as root, and finds its data again', async () => {
  const closed = mkdtempSync(join(tmpdir(), 'duecourse-closed-'));
  chmodSync(closed, 0o700);
  const dataDir = join(closed, 'var', 'postgres');
  try {
    const lines: string[] = [];
    const first = await startPostgres({ dataDir, log: (line) => lines.push(line) });
    await run(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)');
    expect(readPostgresUrl(dataDir)).toBe(first.url);
    await first.stop();
    const again = await startPostgres({ dataDir, log: () => undefined });
    expect(await run(again.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
    await again.stop();
    // Only root needs the detour, and is told of it.
    expect(lines.some((line) => line.includes("can't reach"))).toBe(process.getuid?.() === 0);
  } finally {
    const own = reachableDataDir(dataDir);
    rmSync(closed, { recursive: true, force: true });
    rmSync(own, { recursive: true, force: true });
  }
});

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return ((await client.query(sql)) as { rows: unknown[] }).rows;
  } finally {
    await client.end();
  }
}
