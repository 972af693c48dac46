import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One mail that has come to the sink, and when (milliseconds since 1970). */
export interface Arrival {
  messageId: string;
  bytes: number;
  at: number;
}

/** What a process has used since it started. */
export interface Usage {
  /** What its own clock says, milliseconds since 1970. */
  clock: number;
  peakMiB: number;
  cpuSeconds: number;
}

/** A part of a bench in a process of its own, which answers when it is asked. */
export interface Part<Answer> {
  ask(): Promise<Answer>;
  /** Ends it and waits until it is gone: by force where it does not go by itself. */
  end(): Promise<void>;
  /** SIGKILL: no farewell to anybody. Returns once it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: it stands still, and its sockets stay open. */
  freeze(): void;
  /** SIGCONT: it goes on where it stood. */
  wake(): void;
}

/** Node's options of `npm run worker` and `npm run web`: young objects get little room, which keeps memory down. */
const AS_NPM_RUN = ['--max-semi-space-size=4'];
/** Those of `npm run web` beside them: what is no longer used goes once it is as much as what is. */
export const AS_NPM_RUN_WEB = ['--heap-growing-percent=100'];
const GONE_WITHIN_MS = 15_000;
const sourceOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * A part as it runs in earnest: compiled. What compiles TypeScript while it runs would be counted as the part's own
 * memory and time.
 */
export function compiled(name: string): string {
  const tsc = sourceOf('../node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', sourceOf('./tsconfig.json')], { stdio: 'inherit' });
  return `../var/bench/bench/${name}.js`;
}

/** What a part is given beside its arguments. */
export interface PartOptions {
  /** Beside our own. */
  environment?: Record<string, string>;
  /** Node's options beside those of every part. */
  node?: string[];
  /** An open file that takes what it says on its error stream. */
  stderr?: number;
}

/** Starts a part and waits for its first word. */
export async function startPart<Answer>(
  file: string,
  args: string[] = [],
  { environment = {}, node = [], stderr }: PartOptions = {},
): Promise<{ part: Part<Answer>; first: unknown }> {
  const child = fork(sourceOf(file), args, {
    execArgv: file.endsWith('.ts') ? ['--import', 'tsx'] : [...AS_NPM_RUN, ...node],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', stderr ?? 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${String(code ?? 'a signal')}`);
  });
  // Nobody may be waiting when it is ended.
  ended.catch(() => undefined);
  const word = async (): Promise<unknown> => ((await Promise.race([once(child, 'message'), ended])) as unknown[])[0];
  return {
    first: await word(),
    part: {
      async ask() {
        child.send('report');
        return (await word()) as Answer;
      },
      async end() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = once(child, 'exit');
        if (child.connected) child.disconnect();
        const patience = setTimeout(() => child.kill('SIGKILL'), GONE_WITHIN_MS);
        await gone;
        clearTimeout(patience);
      },
      async kill() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      },
      freeze: () => void child.kill('SIGSTOP'),
      wake: () => void child.kill('SIGCONT'),
    },
  };
}
