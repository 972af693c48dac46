import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';
import { isRunning } from './processes.ts';
import type { ProcessMark } from './processes.ts';
import { ourMark } from './server-note.ts';

const TELL_EVERY_MS = 10_000;

/**
 * Does a slow job while no other process does it, and waits for one that does. The lock of a process that is gone is taken from it.
 * Two that take it in the same instant might both go on; so the job itself puts its result in place by a rename.
 */
export async function withFileLock<T>(lock: string, log: Log, job: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  await acquire(lock, log);
  try {
    return await job();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function acquire(lock: string, log: Log): Promise<void> {
  const began = performance.now();
  let told = -TELL_EVERY_MS;
  while (!tryLink(lock)) {
    const holder = holderOf(lock);
    if (holder && !isRunning(holder)) {
      discard(lock);
      continue;
    }
    const waited = performance.now() - began;
    if (waited - told >= TELL_EVERY_MS) {
      log(
        `Temporal: waiting for process ${holder?.pid ?? '?'}, which is at it already … ${Math.round(waited / 1000)} s`,
      );
      told = waited;
    }
    await sleep(200);
  }
}

/** A lock appears whole or not at all: written aside, then linked to its name, which fails where the name is taken. */
function tryLink(lock: string): boolean {
  const aside = `${lock}.${process.pid}`;
  writeFileSync(aside, JSON.stringify(ourMark()));
  try {
    linkSync(aside, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function holderOf(lock: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(lock, 'utf8')) as ProcessMark;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return { pid: 0, identity: 'unreadable' };
  }
}

function discard(lock: string): void {
  try {
    renameSync(lock, `${lock}.stale`);
    rmSync(`${lock}.stale`, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
