import { chownSync, closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from './log.ts';
import { freePorts } from './ports.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { DATABASE, SUPERUSER, initialise, passwordIn } from './postgres-folder.ts';
import { makeDataDir, reachableBinaries, reachableDataDir } from './postgres-reach.ts';
import { letPostgresPass, type PostgresUser, postgresUser } from './postgres-user.ts';
import { commandLineOf, identityOf, isRunning, markOf, send, stopProcess } from './processes.ts';
import {
  AlreadyRunning,
  NOBODY,
  closeServerNote,
  leaveServerNote,
  ourMark,
  readServerNote,
  writeServerNote,
} from './server-note.ts';
import type { ServerNote } from './server-note.ts';
import { lastLines, spawnApart } from './spawn-apart.ts';
import { temporaryFolder } from './temporary.ts';
import { PartFailed } from './part-failed.ts';

const UP_WITHIN_MS = 30_000;
const LOG_FILE = 'postgres.log';
/** PostgreSQL's "fast" end: open transactions are rolled back, everything acknowledged is on disk. */
export const FAST_SHUTDOWN = 'SIGINT';

export interface PostgresOptions {
  /** Where its data live on; left out, a temporary folder that is removed when it stops (and `fsync` is off). */
  dataDir?: string;
  log: Log;
  /** PostgreSQL's own settings, by name; left out, its defaults. */
  tuning?: PostgresTuning;
}

export type PostgresTuning = Readonly<Record<string, string>>;

export interface PostgresServer {
  /** `postgresql://…` of the database `duecourse`, password included: for our own processes, never for a log. */
  url: string;
  pid: number;
  /** Ends it, after 10 s by force, and removes a temporary folder. Safe to call twice. */
  stop(): Promise<void>;
  /** Leaves it running when this process ends, for whoever starts it on this folder next. */
  leave(): void;
}

/**
 * A real PostgreSQL of our own on loopback, with the database `duecourse`. One that a killed process left behind on the same folder is
 * taken over where it was started alike and answers to our password, else stopped.
 *
 * @throws AlreadyRunning where another living process runs one on this folder.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const lasting = options.dataDir !== undefined;
  const asked = lasting ? resolve(options.dataDir ?? '') : await temporaryFolder('postgres');
  const dataDir = reachableDataDir(asked);
  if (dataDir !== asked) options.log(`PostgreSQL: its user can't reach ${asked}, so its data are in ${dataDir}`);
  makeDataDir(dataDir);
  const tuning = options.tuning ?? {};
  const note = (await takeOver(dataDir, tuning, options.log)) ?? (await launch(dataDir, lasting, tuning));
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

/**
 * Ends the database that runs on this folder, whoever started it; its data stay. Safe where none runs.
 *
 * @param graceMs how long it may take to write what it has in memory before it is killed
 */
export async function endPostgres(dataDir: string, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  const own = reachableDataDir(resolve(dataDir));
  const note = readServerNote(own);
  if (note === undefined) return;
  await stopProcess(note.process, { signal, graceMs });
  writeServerNote(own, { ...note, pid: 0, process: NOBODY, owner: NOBODY });
}

async function takeOver(dataDir: string, tuning: PostgresTuning, log: Log): Promise<ServerNote | undefined> {
  const left = readServerNote(dataDir);
  if (left && isRunning(left.process)) {
    if (left.owner.pid !== process.pid && isRunning(left.owner))
      throw new AlreadyRunning('PostgreSQL', dataDir, left.owner);
    if (left.settings === fingerprint(tuning) && (await answers(urlOf(left, dataDir, 'postgres')))) {
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

async function launch(dataDir: string, lasting: boolean, tuning: PostgresTuning): Promise<ServerNote> {
  const binaries = reachableBinaries(postgresBinaries());
  const user = postgresUser();
  letPostgresPass(dataDir);
  await initialise(binaries, dataDir, user);
  const [port = 0] = await freePorts(1, readServerNote(dataDir)?.ports);
  const pid = await spawnApart(binaries.postgres, serverArguments(dataDir, port, lasting, tuning), {
    cwd: join(dataDir, 'data'),
    logFile: logFileFor(dataDir, user),
    env: { ...process.env, LC_ALL: 'C' },
    user,
  });
  const note: ServerNote = {
    address: `127.0.0.1:${port}`,
    pid,
    startedAt: new Date().toISOString(),
    process: { pid, identity: identityOf(pid) ?? '' },
    owner: ourMark(),
    ports: [port],
    settings: fingerprint(tuning),
  };
  writeServerNote(dataDir, note);
  return note;
}

/** What it is told on its command line. Ours comes last: nothing may switch off that acknowledged rows are on disk. */
function serverArguments(dataDir: string, port: number, lasting: boolean, tuning: PostgresTuning): string[] {
  const settings = {
    ...tuning,
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    fsync: lasting ? 'on' : 'off',
  };
  return [
    '-D',
    join(dataDir, 'data'),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** Made here for the user that will write it, and for nobody else to read. */
function logFileFor(dataDir: string, user: PostgresUser | undefined): string {
  const file = join(dataDir, LOG_FILE);
  closeSync(openSync(file, 'a', 0o600));
  if (user) chownSync(file, user.uid, user.gid);
  return file;
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
    const log = join(dataDir, LOG_FILE);
    if (why) throw new PartFailed(`PostgreSQL ${why}`, log, lastLines(log));
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
  const leave = () => {
    process.off('exit', atExit);
    leaveServerNote(dataDir);
  };
  return { url: urlOf(note, dataDir), pid: note.pid, stop: () => (stopping ??= stop()), leave };
}

function fingerprint(tuning: PostgresTuning): string {
  return Object.keys(tuning).length === 0 ? '' : JSON.stringify(tuning);
}
