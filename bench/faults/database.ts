import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '../../platform/embedded/postgres.ts';
import { openRegister } from '../../register/register.ts';
import type { Site } from '../site.ts';

/** One statement as the server's superuser; `make` is given the database's name. */
async function statement(url: string, make: (name: string) => string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.query(make(nameOf(url)));
  } finally {
    await client.end();
  }
}

/** A database of one proof's own on the same server; it goes with the server. */
export async function ownDatabase(server: string, name: string, more = ''): Promise<string> {
  await statement(server, () => `CREATE DATABASE ${name} ${more}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** Ends every connection of clients but its own, to any database of the server; returns how many there were. */
export async function connectionsEnded(url: string): Promise<number> {
  const others = `backend_type = 'client backend' AND pid <> pg_backend_pid()`;
  const { rowCount } = await statement(
    url,
    () => `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`,
  );
  return rowCount ?? 0;
}

/** Lets everybody who comes from now on read only, or write again; who is connected has to come again. */
export async function readOnly(url: string, isSo: boolean): Promise<void> {
  const name = nameOf(url);
  const setting = `default_transaction_read_only = ${isSo ? 'on' : 'off'}`;
  await statement(elsewhere(url), () => `ALTER DATABASE ${name} SET ${setting}`);
  await connectionsEnded(elsewhere(url));
}

/** Keeps a database as it is at this moment; returns how it is brought back to it. Whoever is connected has to come again. */
export async function backUpOf(url: string): Promise<() => Promise<void>> {
  const [name, kept, server] = [nameOf(url), `kept_${randomBytes(4).toString('hex')}`, elsewhere(url)];
  await statement(server, () => `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await connectionsEnded(server);
  await statement(server, () => `CREATE DATABASE ${kept} TEMPLATE ${name}`);
  await statement(server, () => `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  return async () => {
    await statement(server, () => `DROP DATABASE ${name} WITH (FORCE)`);
    await statement(server, () => `CREATE DATABASE ${name} TEMPLATE ${kept}`);
  };
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

/** The same server's database for those who are about others. */
function elsewhere(url: string): string {
  const server = new URL(url);
  server.pathname = '/postgres';
  return server.href;
}

/** How many transactions of a database have been rolled back. */
export async function rolledBack(url: string): Promise<number> {
  const { rows } = await statement(
    url,
    (name) => `SELECT xact_rollback::int AS count FROM pg_stat_database WHERE datname = '${name}'`,
  );
  return (rows as { count: number }[])[0]?.count ?? 0;
}

interface Disk {
  /** To its last block. */
  fill(): void;
  free(): void;
}

const DISK = '96m';
/** For a whole server with its log. */
const SERVER_DISK = '256m';
const BLOCK = Buffer.alloc(64 * 1024);

/** Works on a small disk that is mounted for that, and gone afterwards. */
async function onADisk<T>(size: string, work: (folder: string, disk: Disk) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-proof-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  const filler = join(folder, 'filler');
  try {
    return await work(folder, { fill: () => fill(filler), free: () => rmSync(filler) });
  } finally {
    rmSync(filler, { force: true });
    // Lazily: where the work has failed PostgreSQL still has files open there.
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Works with a register whose tables lie on a small disk of their own; PostgreSQL's log is elsewhere. */
export async function onADiskOfItsOwn<T>(
  { databaseUrl: server }: Site,
  work: (databaseUrl: string, disk: Disk) => Promise<T>,
): Promise<T> {
  return onADisk(DISK, async (folder, disk) => {
    const name = `disk_${randomBytes(4).toString('hex')}`;
    const space = join(folder, 'tables');
    const { rows } = await statement(server, () => 'SHOW data_directory');
    const { uid, gid } = statSync((rows as { data_directory: string }[])[0]?.data_directory ?? '');
    mkdirSync(space, { mode: 0o700 });
    chownSync(space, uid, gid);
    await statement(server, () => `CREATE TABLESPACE ${name} LOCATION '${space}'`);
    const databaseUrl = await ownDatabase(server, name, `TABLESPACE ${name}`);
    await migrated(databaseUrl);
    const result = await work(databaseUrl, disk);
    await statement(server, () => `DROP DATABASE ${name} WITH (FORCE)`);
    await statement(server, () => `DROP TABLESPACE ${name}`);
    return result;
  });
}

interface WholeServer {
  /** Fills the disk, and has the server come to the end of its log; returns once it has ended by that. */
  fillToItsEnd(): Promise<void>;
  /** Frees the disk, and starts the server again, at its address. */
  freeAndStart(): Promise<void>;
}

const ENDED_WITHIN_MS = 60_000;

/** Works with a register on a PostgreSQL of its own, all of which lies on one small disk, its log as well. */
export async function onAServerOfItsOwn<T>(work: (databaseUrl: string, server: WholeServer) => Promise<T>): Promise<T> {
  return onADisk(SERVER_DISK, async (folder, disk) => {
    const start = () => startPostgres({ dataDir: join(folder, 'postgres'), log: () => undefined });
    let server = await start();
    try {
      await migrated(server.url);
      return await work(server.url, {
        async fillToItsEnd() {
          disk.fill();
          const until = Date.now() + ENDED_WITHIN_MS;
          while (isAlive(server.pid)) {
            if (Date.now() > until) throw new Error('PostgreSQL goes on with its disk full to the last block');
            // Each begins another file of its log.
            await statement(server.url, () => 'SELECT pg_switch_wal()').catch(() => undefined);
            await sleep(500);
          }
        },
        async freeAndStart() {
          disk.free();
          await server.stop();
          server = await start();
        },
      });
    } finally {
      await server.stop();
    }
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function migrated(url: string): Promise<void> {
  const register = openRegister({ url });
  await register.migrate();
  await register.close();
}

function fill(file: string): void {
  const opened = openSync(file, 'w');
  try {
    for (;;) writeSync(opened, BLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(opened);
  }
}
