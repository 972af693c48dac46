import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../client/cli/duecourse.mjs', import.meta.url));

export interface CliResult {
  code: number;
  out: string;
  err: string;
}

/** Nothing of the machine's own settings reaches the commands under test. */
function environment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, NO_COLOR: '1', ...variables };
}

/** Runs one command line to its end, as a person would: the built command, in a process of its own. */
export function cli(args: string[], variables: Record<string, string> = {}, cwd?: string): Promise<CliResult> {
  return runToEnd(ENTRY, args, variables, cwd);
}

/** The same with another of our programs. */
export function runToEnd(
  program: string,
  args: string[],
  variables: Record<string, string>,
  cwd?: string,
): Promise<CliResult> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd, env: environment(variables), maxBuffer: 64 * 2 ** 20, timeout: 120_000 },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 99;
        resolve({ code, out, err });
      },
    );
  });
}

/** A command that goes on running: what it has said so far, and a wait for a line. */
export interface Running {
  process: ChildProcess;
  output(): string;
  says(text: string, timeoutMs?: number): Promise<void>;
  ended: Promise<number | null>;
}

export function runCli(args: string[], variables: Record<string, string>): Running {
  return runProgram(ENTRY, args, variables);
}

/** The same with another of our programs. */
export function runProgram(program: string, args: string[], variables: Record<string, string>): Running {
  const child = spawn(process.execPath, [program, ...args], {
    env: environment(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    process: child,
    output: () => output,
    ended,
    async says(text, timeoutMs = 60_000) {
      const until = Date.now() + timeoutMs;
      while (!output.includes(text)) {
        if (Date.now() > until || child.exitCode !== null)
          throw new Error(`"${text}" was not said; what was said:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}
