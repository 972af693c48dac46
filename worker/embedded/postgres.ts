import { spawn } from 'node:child_process';
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from './log.ts';
import { freePorts } from './ports.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { DATABASE, SUPERUSER, initialise, passwordIn } from './postgres-folder.ts';
import { reachableBinaries, reachableDataDir } from './postgres-reach.ts';
import { postgresUser } from './postgres-user.ts';
import { commandLineOf, identityOf, isRunning, markOf, send, stopProcess } from './processes.ts';
import type { ProcessMark } from './processes.ts';
import { AlreadyRunning, closeServerNote, ourMark, readServerNote, writeServerNote } from './server-note.ts';
import type { ServerNote } from './server-note.ts';
import { temporaryFolder } from './temporary.ts';

const UP_WITHIN_MS = 30_000;
const LOG_FILE = 'postgres.log';
/** PostgreSQL's "fast" end: open transactions are rolled back, everything acknowledged is on disk. */
const FAST_SHUTDOWN = 'SIGINT';

export interface PostgresOptions {
  /** Where its data live on; left out, a temporary folder that is removed when it stops (and `fsync` is off). */
  dataDir?: string;
  log: Log;
}

export interface PostgresServer {
  /** `postgresql://…` of the database `duecourse`, password included: for our own processes, never for a log. */
  url: string;
  pid: number;
  /** Ends it, after 10 s by force, and removes a temporary folder. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL of our own on loopback, with the database `duecourse`. One that a killed process left behind on the same folder is
 * taken over where it answers to our password, else stopped.
 *
 * @throws AlreadyRunning where another living process runs one on this folder.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const lasting = options.dataDir !== undefined;
  const asked = lasting ? resolve(options.dataDir ?? '') : await temporaryFolder('postgres');
  const dataDir = reachableDataDir(asked);
  if (dataDir !== asked) options.log(`PostgreSQL: its user can't reach ${asked}, so its data are in ${dataDir}`);
  mkdirSync(dataDir, { recursive: true });
  const note = (await takeOver(dataDir, options.log)) ?? (await launch(dataDir, lasting));
  const server = handle(note, dataDir, lasting);
  try {
    await waitUntilReady(note, dataDir);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** The address of the database that runs on this folder, for processes that only use it; undefined where none runs. */
export function readPostgresUrl(dataDir: string): string | undefined {
  const own = reachableDataDir(resolve(dataDir));
  const note = readServerNote(own);
  return note && isRunning(note.process) ? urlOf(note, own) : undefined;
}

async function takeOver(dataDir: string, log: Log): Promise<ServerNote | undefined> {
  const left = readServerNote(dataDir);
  if (left && isRunning(left.process)) {
    if (left.owner.pid !== process.pid && isRunning(left.owner))
      throw new AlreadyRunning('PostgreSQL', dataDir, left.owner);
    if (await answers(urlOf(left, dataDir, 'postgres'))) {
      log(`PostgreSQL: took over the server that an earlier run left at ${left.address} (process ${left.pid})`);
      const ours = { ...left, owner: ourMark() };
      writeServerNote(dataDir, ours);
      return ours;
    }
  }
  await stopUnnoted(dataDir, log);
  return undefined;
}

/** Whoever still holds the data, by PostgreSQL's own note; a stale one whose number someone else has by now is removed. */
async function stopUnnoted(dataDir: string, log: Log): Promise<void> {
  const file = join(dataDir, 'data', 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  const holder = markOf(pid);
  if (!holder) return forgetDead(pid, file);
  if (!commandLineOf(holder.pid)?.includes(join(dataDir, 'data'))) return rmSync(file);
  log(`PostgreSQL: stopping the server that an earlier run left (process ${holder.pid})`);
  await stopProcess(holder, { signal: FAST_SHUTDOWN });
}

const REAPED_WITHIN_MS = 5_000;

/**
 * A server that was killed is dead before its parent has taken note; until then its number still answers, and PostgreSQL
 * takes it to be alive. Its own processes end with it. Where nobody ever takes note, its lock file goes after a while.
 */
async function forgetDead(pid: number, file: string): Promise<void> {
  const until = performance.now() + REAPED_WITHIN_MS;
  while (numberAnswers(pid)) {
    if (performance.now() > until) return rmSync(file, { force: true });
    await sleep(50);
  }
}

function numberAnswers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function launch(dataDir: string, lasting: boolean): Promise<ServerNote> {
  const binaries = reachableBinaries(postgresBinaries());
  const user = postgresUser();
  // Another user has to pass through to its own folder, but not to read ours.
  if (user) chmodSync(dataDir, 0o711);
  await initialise(binaries, dataDir, user);
  const [port = 0] = await freePorts(1, readServerNote(dataDir)?.ports);
  const pid = await spawnApart(binaries, dataDir, port, lasting);
  const process_: ProcessMark = { pid, identity: identityOf(pid) ?? '' };
  const note: ServerNote = {
    address: `127.0.0.1:${port}`,
    pid,
    startedAt: new Date().toISOString(),
    process: process_,
    owner: ourMark(),
    ports: [port],
    settings: '',
  };
  writeServerNote(dataDir, note);
  return note;
}

/** In a process group of its own, so that Ctrl-C does not end it before the worker has written its last entries. */
function spawnApart({ postgres }: PostgresBinaries, dataDir: string, port: number, durable: boolean): Promise<number> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: durable ? 'on' : 'off',
  };
  const args = [
    '-D',
    join(dataDir, 'data'),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const user = postgresUser();
  const logFile = openSync(join(dataDir, LOG_FILE), 'a', 0o600);
  if (user) chownSync(join(dataDir, LOG_FILE), user.uid, user.gid);
  return new Promise((resolvePid, reject) => {
    const child = spawn(postgres, args, {
      cwd: join(dataDir, 'data'),
      detached: true,
      stdio: ['ignore', logFile, logFile],
      env: { ...process.env, LC_ALL: 'C' },
      ...user,
    });
    closeSync(logFile);
    child.once('error', (error) => reject(new Error(`${postgres} can't be run: ${error.message}`)));
    child.once('spawn', () => resolvePid(child.pid ?? 0));
    child.unref();
  });
}

/** Waits until it answers, then makes our database where it is not there yet. */
async function waitUntilReady(note: ServerNote, dataDir: string): Promise<void> {
  const until = performance.now() + UP_WITHIN_MS;
  while (!(await answers(urlOf(note, dataDir, 'postgres')))) {
    const why = !isRunning(note.process)
      ? 'ended while starting'
      : performance.now() > until
        ? `does not answer after ${UP_WITHIN_MS / 1000} s`
        : undefined;
    if (why) throw new Error(`PostgreSQL ${why}. ${lastOf(dataDir)}`);
    await sleep(20);
  }
  await withClient(urlOf(note, dataDir, 'postgres'), async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}

async function withClient(url: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

function urlOf(note: ServerNote, dataDir: string, database: string = DATABASE): string {
  return `postgresql://${SUPERUSER}:${passwordIn(dataDir)}@${note.address}/${database}`;
}

function handle(note: ServerNote, dataDir: string, lasting: boolean): PostgresServer {
  const atExit = () => send(note.process, FAST_SHUTDOWN);
  process.once('exit', atExit);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await stopProcess(note.process, { signal: FAST_SHUTDOWN });
    process.off('exit', atExit);
    if (lasting) closeServerNote(dataDir);
    else rmSync(dataDir, { recursive: true, force: true });
  };
  return { url: urlOf(note, dataDir), pid: note.pid, stop: () => (stopping ??= stop()) };
}

function lastOf(dataDir: string): string {
  const file = join(dataDir, LOG_FILE);
  return `Its log, ${file}, ends with:\n${readFileSync(file, 'utf8').trim().split('\n').slice(-3).join('\n')}`;
}
