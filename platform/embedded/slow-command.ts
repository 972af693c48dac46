import { spawn } from 'node:child_process';
import type { Environment } from './cache.ts';
import type { Log } from './log.ts';

const TELL_EVERY_MS = 10_000;

export interface SlowCommand {
  /** What it does, for the lines of progress: "building the server". */
  doing: string;
  program: string;
  args: readonly string[];
  cwd: string;
  env: Environment;
  limitMs: number;
}

/**
 * Runs a command that takes a while: a line every ten seconds with the seconds gone, and an end at the limit.
 *
 * @throws Error with the last line that the command wrote on its error output, where it fails or runs out of time.
 */
export function runSlowly(command: SlowCommand, log: Log): Promise<void> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command.program, command.args, {
      cwd: command.cwd,
      env: command.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)));
    const ticking = setInterval(() => log(`Temporal: ${command.doing} … ${seconds(began)} s`), TELL_EVERY_MS);
    const limit = setTimeout(() => child.kill('SIGKILL'), command.limitMs);
    const settle = (error?: Error) => {
      clearInterval(ticking);
      clearTimeout(limit);
      if (error) reject(error);
      else resolve();
    };
    child.once('error', settle);
    child.once('close', (code, signal) => {
      if (code === 0) return settle();
      const outOfTime = signal === 'SIGKILL' && performance.now() - began >= command.limitMs;
      settle(
        new Error(
          outOfTime
            ? `not done within ${command.limitMs / 1000} s`
            : (lastLine(errors) ?? `ended with ${code ?? signal}`),
        ),
      );
    });
  });
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.trim().slice(0, 300) || undefined;
}

function seconds(since: number): number {
  return Math.round((performance.now() - since) / 1000);
}
