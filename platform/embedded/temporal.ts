import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';
import { ensureNamespaceAndSearchAttributes } from './namespace.ts';
import { findTemporalProgram } from './parts.ts';
import type { TemporalProgram } from './parts.ts';
import { freePorts } from './ports.ts';
import { identityOf, isRunning, send, stopProcess } from './processes.ts';
import { AlreadyRunning, closeServerNote, ourMark, readServerNote, writeServerNote } from './server-note.ts';
import type { ServerNote } from './server-note.ts';
import { lastLines, serverEnvironment, spawnApart } from './spawn-apart.ts';
import { PORTS_NEEDED, cliArguments, dynamicConfigFile, dynamicValues, serverConfigFile } from './temporal-settings.ts';
import type { DynamicValue, TemporalSettings } from './temporal-settings.ts';
import { temporaryFolder } from './temporary.ts';
import { PartFailed } from './part-failed.ts';
import { openConnection } from '../temporal-connection.ts';

const UP_WITHIN_MS = 60_000;
const LOG_FILE = 'temporal.log';
const OWN = { mode: 0o600 };

export interface TemporalServerOptions {
  /** Where its SQLite files live on; left out, a temporary folder that is removed when the server stops. */
  dataDir?: string;
  namespace: string;
  /** Whether executions may carry a clock of their own: rehearsal and tests only. */
  timeSkipping: boolean;
  /** Whether timers fire within 1 ms rather than 1 s. */
  fast: boolean;
  log: Log;
  /** Which program to run; looked for where it is left out. */
  program?: TemporalProgram;
  /** More dynamic configuration, by the server's own keys. */
  dynamicConfig?: Record<string, DynamicValue>;
}

export interface TemporalServer {
  /** `127.0.0.1:port` of the frontend. */
  address: string;
  namespace: string;
  pid: number;
  /** Ends it (SIGTERM, after 10 s SIGKILL) and removes a temporary folder. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * A real Temporal server of our own: one process, loopback only, with the namespace and our search attributes ready to use.
 * One that a killed process left behind on the same folder is taken over where it is well and was started alike, else replaced.
 *
 * @throws AlreadyRunning where another living process runs one on this folder.
 * @throws PartMissing where no program is to be had.
 */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  const program = options.program ?? (await findTemporalProgram(options.log));
  const lasting = options.dataDir !== undefined;
  const dataDir = lasting ? resolve(options.dataDir ?? '') : await temporaryFolder('temporal');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { timeSkipping, fast, dynamicConfig } = options;
  const settings: TemporalSettings = { timeSkipping, fast, durable: lasting, dynamicConfig };

  const note =
    (await takeOver(dataDir, program, settings, options)) ??
    (await launch(dataDir, program, settings, options.namespace));
  const server = handle(note, options.namespace, dataDir, lasting);
  try {
    await waitUntilReady(note, options.namespace, dataDir);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** The well leftover of a killed process, now ours; undefined where there is none (any more). */
async function takeOver(
  dataDir: string,
  program: TemporalProgram,
  settings: TemporalSettings,
  { log }: TemporalServerOptions,
): Promise<ServerNote | undefined> {
  const left = readServerNote(dataDir);
  if (!left || !isRunning(left.process)) return undefined;
  if (left.owner.pid !== process.pid && isRunning(left.owner))
    throw new AlreadyRunning('The Temporal server', dataDir, left.owner);
  if (left.settings === fingerprint(program, settings) && (await answers(left.address, 3_000))) {
    log(`Temporal: took over the server that an earlier run left at ${left.address} (process ${left.pid})`);
    const ours = { ...left, owner: ourMark() };
    writeServerNote(dataDir, ours);
    return ours;
  }
  log(`Temporal: stopping the server that an earlier run left (process ${left.pid})`);
  await stopProcess(left.process);
  return undefined;
}

async function launch(
  dataDir: string,
  program: TemporalProgram,
  settings: TemporalSettings,
  namespace: string,
): Promise<ServerNote> {
  const ports = await freePorts(PORTS_NEEDED, readServerNote(dataDir)?.ports);
  const frontend = ports[0] ?? 0;
  writeFileSync(join(dataDir, 'config.yaml'), serverConfigFile(settings, { frontend, all: ports }), OWN);
  writeFileSync(join(dataDir, 'dynamic.yaml'), dynamicConfigFile(dynamicValues(settings)), OWN);
  const args =
    program.kind === 'cli'
      ? cliArguments(settings, frontend, namespace, join(dataDir, 'temporal-cli.db'))
      : ['--config-file', join(dataDir, 'config.yaml'), '--allow-no-auth', 'start'];
  const pid = await spawnApart(program.executable, args, {
    cwd: dataDir,
    logFile: join(dataDir, LOG_FILE),
    env: serverEnvironment(),
  });
  const note: ServerNote = {
    address: `127.0.0.1:${frontend}`,
    pid,
    startedAt: new Date().toISOString(),
    process: { pid, identity: identityOf(pid) ?? '' },
    owner: ourMark(),
    ports,
    settings: fingerprint(program, settings),
  };
  writeServerNote(dataDir, note);
  return note;
}

function partFailed(what: string, dataDir: string): PartFailed {
  const log = join(dataDir, LOG_FILE);
  return new PartFailed(what, log, lastLines(log));
}

/** Waits until the server answers and everything in it can be used; a server that ended meanwhile ends the waiting. */
async function waitUntilReady(note: ServerNote, namespace: string, dataDir: string): Promise<void> {
  const until = performance.now() + UP_WITHIN_MS;
  while (!(await answers(note.address, 1_000))) {
    if (!isRunning(note.process)) throw partFailed('The Temporal server ended while starting', dataDir);
    if (performance.now() > until)
      throw partFailed(
        `The Temporal server at ${note.address} does not answer after ${UP_WITHIN_MS / 1000} s`,
        dataDir,
      );
    await sleep(25);
  }
  const connection = await openConnection({ address: note.address });
  try {
    await ensureNamespaceAndSearchAttributes(connection, namespace);
  } finally {
    await connection.close();
  }
}

/** Whether a Temporal frontend serves there. */
async function answers(address: string, timeoutMs: number): Promise<boolean> {
  try {
    const connection = await openConnection({ address, connectTimeout: timeoutMs });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}

function handle(note: ServerNote, namespace: string, dataDir: string, lasting: boolean): TemporalServer {
  const atExit = () => send(note.process, 'SIGTERM');
  process.once('exit', atExit);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await stopProcess(note.process);
    process.off('exit', atExit);
    if (lasting) closeServerNote(dataDir);
    else rmSync(dataDir, { recursive: true, force: true });
  };
  return { address: note.address, namespace, pid: note.pid, stop: () => (stopping ??= stop()) };
}

function fingerprint(program: TemporalProgram, settings: TemporalSettings): string {
  return JSON.stringify([program.executable, settings]);
}
