import { Piscina } from 'piscina';

/** Threads that do a piece of work beside the one that answers requests; brought up when there is some. */
export interface Threads<Task, Answer> {
  /** @throws TookTooLong; TooManyWait */
  run(task: Task): Promise<Answer>;
}

/** It was given up: it took too long, or more memory than a thread has. */
export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** So much waits already that this is not taken on. */
export class TooManyWait extends Error {
  override readonly name = 'TooManyWait';
}

const MAX_THREADS = 2;
/** Pieces of work that may wait for a thread. */
const MAX_WAITING = 400;
/** What a thread may take of memory, in MiB. */
const MAX_MEMORY = 512;
/** A thread without work ends after so many milliseconds. */
const IDLE_MS = 60_000;

/** @param module without its ending: beside the module whose `import.meta.url` is given; its function `answerTo` does the work */
export function threadsFor<Task, Answer>(module: string, beside: string, maxMs: number): Threads<Task, Answer> {
  let pool: Piscina<Task, Answer> | undefined;
  const isSource = beside.endsWith('.ts');
  const started = () =>
    new Piscina<Task, Answer>({
      filename: new URL(`${module}${isSource ? '.ts' : '.js'}`, beside).href,
      name: 'answerTo',
      minThreads: 0,
      maxThreads: MAX_THREADS,
      maxQueue: MAX_WAITING,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY },
      // Not built yet: as the tests run it.
      ...(isSource ? { execArgv: ['--import', 'tsx'] } : {}),
    });
  return {
    async run(task) {
      pool ??= started();
      try {
        return await pool.run(task, { signal: AbortSignal.timeout(maxMs) });
      } catch (error) {
        const { name, code, message } = error as NodeJS.ErrnoException;
        if (name === 'AbortError' || code === 'ERR_WORKER_OUT_OF_MEMORY') throw new TookTooLong(message);
        if (/queue/i.test(message)) throw new TooManyWait(message);
        throw error;
      }
    },
  };
}
