import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { PartProblem } from './part-failed.ts';

export interface Apart {
  /** The folder it runs in, absolute. */
  cwd: string;
  /** Where its output goes, appended; made for its owner only. */
  logFile: string;
  env: NodeJS.ProcessEnv;
  /** Whom it runs as, where that is not us. */
  user?: { uid: number; gid: number };
}

/**
 * Starts a program in a process group of its own, and does not wait for it: Ctrl-C in the terminal reaches the worker, which drains
 * first and then ends the server itself; a program that is left to run outlives us.
 *
 * @returns its process number
 */
export function spawnApart(executable: string, args: readonly string[], apart: Apart): Promise<number> {
  const log = openSync(apart.logFile, 'a', 0o600);
  return new Promise((resolvePid, reject) => {
    const child = spawn(executable, args, {
      cwd: apart.cwd,
      detached: true,
      env: apart.env,
      stdio: ['ignore', log, log],
      ...apart.user,
    });
    closeSync(log);
    child.once('error', (error) => reject(new PartProblem(`${executable} can't be run: ${error.message}`)));
    child.once('spawn', () => resolvePid(child.pid ?? 0));
    child.unref();
  });
}

/** The end of a server's own log. */
export function lastLines(logFile: string): string {
  return readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).join('\n');
}

/** Our own environment without the TEMPORAL_… variables, some of which mean something else to the server. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}
