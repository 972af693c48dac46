import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../platform/embedded/log.ts';
import { freePorts } from '../../platform/embedded/ports.ts';
import { identityOf, isRunning, stopProcess } from '../../platform/embedded/processes.ts';
import { NOBODY, readServerNote, type ServerNote, writeServerNote } from '../../platform/embedded/server-note.ts';
import { lastLines, serverEnvironment, spawnApart } from '../../platform/embedded/spawn-apart.ts';
import { PORTS_NEEDED, type TemporalPorts } from '../../platform/embedded/temporal-settings.ts';
import { type Access, isServing } from './access.ts';
import type { NodeFiles } from './node-settings.ts';

const LOG_FILE = 'temporal.log';
const UP_WITHIN_MS = 90_000;
/** A node hands its shards and its callers over to the others before it goes. */
const DOWN_WITHIN_MS = 30_000;

export interface NodeStart {
  /** The plain server's program. */
  server: string;
  /** Where the node's files are. */
  dir: string;
  /** For people: "node 1". */
  name: string;
  files(ports: TemporalPorts): NodeFiles;
  accessTo(address: string): Access;
}

/** The ports a node has, or had, or will have: always the same, so that those who hold its address find it again. */
export async function portsOf(dir: string): Promise<TemporalPorts> {
  const note = readServerNote(dir);
  const all = note && isRunning(note.process) ? note.ports : await freePorts(PORTS_NEEDED, note?.ports);
  return { frontend: all[0] ?? 0, all };
}

/**
 * Starts one node, unless it runs and was started alike; one that was started otherwise, or that does not serve, is ended first.
 *
 * @returns its address, `127.0.0.1:port`, once its frontend serves
 * @throws Error with the end of its log where it does not come up
 */
export async function startNode(start: NodeStart, log: Log): Promise<string> {
  const { dir, name } = start;
  mkdirSync(dir, { recursive: true });
  const ports = await portsOf(dir);
  const files = start.files(ports);
  const left = readServerNote(dir);
  if (left && isRunning(left.process)) {
    if (left.settings === fingerprint(start.server, files) && (await isServing(start.accessTo(left.address), 3_000))) {
      log(`Temporal: ${name} serves at ${left.address} (process ${left.pid})`);
      return left.address;
    }
    log(`Temporal: stopping ${name}, which does not serve or was started otherwise (process ${left.pid})`);
    await endNode(dir);
  }
  const note = await launch(start, ports, files);
  await untilServing(start, note);
  log(`Temporal: started ${name} at ${note.address} (process ${note.pid})`);
  return note.address;
}

async function launch({ server, dir }: NodeStart, ports: TemporalPorts, files: NodeFiles): Promise<ServerNote> {
  writeSecret(join(dir, 'config.yaml'), files.config);
  writeFileSync(join(dir, 'dynamic.yaml'), files.dynamic);
  const pid = await spawnApart(server, ['--config-file', join(dir, 'config.yaml'), '--allow-no-auth', 'start'], {
    cwd: dir,
    logFile: join(dir, LOG_FILE),
    env: serverEnvironment(),
  });
  const note: ServerNote = {
    address: `127.0.0.1:${ports.frontend}`,
    pid,
    startedAt: new Date().toISOString(),
    process: { pid, identity: identityOf(pid) ?? '' },
    owner: NOBODY,
    ports: [...ports.all],
    settings: fingerprint(server, files),
  };
  writeServerNote(dir, note);
  return note;
}

/** The database's password is in it: for its owner only, from the first byte. */
function writeSecret(path: string, text: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}

async function untilServing({ dir, name, accessTo }: NodeStart, note: ServerNote): Promise<void> {
  const until = performance.now() + UP_WITHIN_MS;
  while (!(await isServing(accessTo(note.address), 1_000))) {
    if (!isRunning(note.process)) throw new Error(`${name} ended while starting. ${lastLines(join(dir, LOG_FILE))}`);
    if (performance.now() > until)
      throw new Error(
        `${name} at ${note.address} does not serve after ${UP_WITHIN_MS / 1000} s. ${lastLines(join(dir, LOG_FILE))}`,
      );
    await sleep(100);
  }
}

/** Ends a node where it runs; its ports stay its own. SIGTERM lets it hand over first. */
export async function endNode(dir: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const note = readServerNote(dir);
  if (note === undefined) return;
  await stopProcess(note.process, { signal, graceMs: DOWN_WITHIN_MS });
  writeServerNote(dir, { ...note, pid: 0, process: NOBODY });
}

/** Tells whether a running node was started alike, without keeping what it was started with: a password is in it. */
function fingerprint(server: string, files: NodeFiles): string {
  return createHash('sha256')
    .update(JSON.stringify([server, files]))
    .digest('hex');
}
