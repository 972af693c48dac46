import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, markOf } from './processes.ts';
import type { ProcessMark } from './processes.ts';

/** What an embedded server leaves beside its data, so that other processes, and the next start, find it. */
export interface ServerNote {
  /** Where it listens, `host:port`. */
  address: string;
  pid: number;
  startedAt: string;
  process: ProcessMark;
  /** The process that started it, and ends it. */
  owner: ProcessMark;
  ports: number[];
  /** What it was started with; a leftover started otherwise isn't taken over. */
  settings: string;
}

const FILE = 'server.json';

/** The note in this data folder; undefined where there is none, or a torn one. */
export function readServerNote(dataDir: string): ServerNote | undefined {
  try {
    const note = JSON.parse(readFileSync(join(dataDir, FILE), 'utf8')) as Partial<ServerNote>;
    const whole =
      note.process !== undefined &&
      note.owner !== undefined &&
      typeof note.address === 'string' &&
      Array.isArray(note.ports);
    return whole ? (note as ServerNote) : undefined;
  } catch {
    return undefined;
  }
}

/** Written at once and whole: a reader never sees half a note. */
export function writeServerNote(dataDir: string, note: ServerNote): void {
  const whole = join(dataDir, FILE);
  writeFileSync(`${whole}.${process.pid}`, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${whole}.${process.pid}`, whole);
}

/** Keeps the ports for the next start, and says that nothing runs. */
export function closeServerNote(dataDir: string): void {
  const note = readServerNote(dataDir);
  if (note?.owner.pid === process.pid) writeServerNote(dataDir, { ...note, pid: 0, process: NOBODY });
}

/** Belongs to no process: whoever needs the server next takes it over. */
export const NOBODY: ProcessMark = { pid: 0, identity: '' };

/** Gives up a server of ours that runs on. */
export function leaveServerNote(dataDir: string): void {
  const note = readServerNote(dataDir);
  if (note?.owner.pid === process.pid) writeServerNote(dataDir, { ...note, owner: NOBODY });
}

/** This process, as it is written into notes. */
export function ourMark(): ProcessMark {
  const mark = markOf(process.pid);
  if (!mark) throw new Error('This system does not tell about its own processes (neither /proc nor "ps" answers).');
  return mark;
}

/** Where the server that runs on this data folder listens; undefined where none does. For processes that only use it. */
export function readTemporalAddress(dataDir: string): string | undefined {
  const note = readServerNote(dataDir);
  return note && isRunning(note.process) ? note.address : undefined;
}

/** Another duecourse holds this folder: two would fight over one database. */
export class AlreadyRunning extends Error {
  constructor(what: string, dataDir: string, owner: ProcessMark) {
    super(
      `${what} in ${dataDir} is already run by process ${owner.pid}. Stop that one first (Ctrl-C there, or "kill ${owner.pid}").`,
    );
    this.name = 'AlreadyRunning';
  }
}
