import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PartProblem } from './part-failed.ts';

/** A process of ours as it is remembered on disk: the number alone may belong to someone else by now. */
export interface ProcessMark {
  pid: number;
  /** When it began, as the system tells it. */
  identity: string;
}

/**
 * What tells this process from every other that ever had its number: the moment it began. Undefined where it is gone (a zombie, which
 * only waits for its parent to notice, counts as gone).
 */
export function identityOf(pid: number): string | undefined {
  return existsSync('/proc/self/stat') ? identityFromProc(pid) : identityFromPs(pid);
}

function identityFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything, so the fields are counted from the last bracket: state is the 1st, start the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A killed process shows as a zombie while the last of its threads still hold its ports and files.
    if (fields[0] === 'X' || (fields[0] === 'Z' && readdirSync(`/proc/${pid}/task`).length <= 1)) return undefined;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19] ?? ''}`;
  } catch {
    return undefined;
  }
}

function identityFromPs(pid: number): string | undefined {
  const answer = ps(pid, 'stat=,lstart=');
  if (answer === undefined || answer.startsWith('Z')) return undefined;
  return answer.slice(answer.indexOf(' ')).trim();
}

/** How a running process was called; undefined where it is gone. */
export function commandLineOf(pid: number): string | undefined {
  try {
    return existsSync('/proc/self/stat')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
      : ps(pid, 'command=');
  } catch {
    return undefined;
  }
}

function ps(pid: number, columns: string): string | undefined {
  try {
    return (
      execFileSync('ps', ['-o', columns, '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

/** The mark of a process that runs now; undefined where it is gone. */
export function markOf(pid: number): ProcessMark | undefined {
  const identity = identityOf(pid);
  return identity === undefined ? undefined : { pid, identity };
}

/** Whether exactly this process (not a later one with its number) still runs. */
export function isRunning(mark: ProcessMark): boolean {
  return identityOf(mark.pid) === mark.identity;
}

/**
 * Asks a process of ours to end, waits, and kills it after `graceMs`. One that is gone, or whose number someone else has by now,
 * is left alone.
 */
export async function stopProcess(
  mark: ProcessMark,
  options: { signal?: NodeJS.Signals; graceMs?: number } = {},
): Promise<void> {
  const { signal = 'SIGTERM', graceMs = 10_000 } = options;
  send(mark, signal);
  if (await ended(mark, graceMs)) return;
  send(mark, 'SIGKILL');
  if (!(await ended(mark, 5_000)))
    throw new PartProblem(`Process ${mark.pid} does not end, even when killed: look at it with "ps -p ${mark.pid}".`);
}

/** Waits until the process is gone, for at most `timeoutMs`; whether it is. */
async function ended(mark: ProcessMark, timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (isRunning(mark)) {
    if (performance.now() > until) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal to exactly this process. */
export function send(mark: ProcessMark, signal: NodeJS.Signals): void {
  if (!isRunning(mark)) return;
  try {
    process.kill(mark.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
