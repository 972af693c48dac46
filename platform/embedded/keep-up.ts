import { setTimeout as sleep } from 'node:timers/promises';
import { PartProblem } from './part-failed.ts';
import type { Log } from './log.ts';
import { isRunning, markOf, type ProcessMark } from './processes.ts';

/** A server of ours that runs as a process of its own. */
export interface RunningPart {
  pid: number;
  stop(): Promise<void>;
}

export interface PartToKeep<P extends RunningPart> {
  /** As people read it, for example `PostgreSQL`. */
  name: string;
  /** Brings it up, and is called again whenever it has ended: at the same address, by which all others hold it. */
  start(): Promise<P>;
  addressOf(part: P): string;
}

export interface KeptPart<P extends RunningPart> {
  /** As it was first started; its address stays. */
  part: P;
  /** Never settles while the part is kept up; fails where it can't be. */
  lost: Promise<never>;
  /** Ends the part that runs now, for good. */
  stop(): Promise<void>;
}

const LOOK_EVERY_MS = 500;
/** One that ends so often within {@link WITHIN_MS} would end again: somebody has to look at why. */
const MAX_RESTARTS = 3;
const WITHIN_MS = 10 * 60_000;

/**
 * Starts a part and keeps it up: one that ends without being asked (killed, or out of memory) is started again, and a line says so.
 * One that can't be started again, or ends again and again, is lost: whoever runs it should end with what `lost` says.
 *
 * @throws whatever the first start throws
 */
export async function keepUp<P extends RunningPart>(
  { name, start, addressOf }: PartToKeep<P>,
  log: Log,
  { everyMs = LOOK_EVERY_MS }: { everyMs?: number } = {},
): Promise<KeptPart<P>> {
  const part = await start();
  let now = part;
  let mark = markOf(now.pid);
  const asked = new AbortController();
  const restarts: number[] = [];

  async function again(): Promise<void> {
    restarts.push(performance.now());
    if (restarts.filter((at) => performance.now() - at < WITHIN_MS).length > MAX_RESTARTS)
      throw lost(name, `has ended ${MAX_RESTARTS + 1} times in ${WITHIN_MS / 60_000} minutes`);
    log(`${name}: its process ${now.pid} has ended without being asked. It is started again …`);
    try {
      now = await start();
    } catch (error) {
      throw lost(name, 'has ended, and can’t be started again', error);
    }
    mark = markOf(now.pid);
    if (addressOf(now) !== addressOf(part))
      throw lost(name, `has ended, and something else is at its address ${addressOf(part)} now`);
    log(`${name}: runs again (process ${now.pid}); nothing that was recorded is lost.`);
  }

  async function watch(): Promise<void> {
    while (!asked.signal.aborted) {
      // Nothing is kept alive by this look: it ends with whatever runs the part.
      await sleep(everyMs, undefined, { ref: false, signal: asked.signal }).catch(() => undefined);
      if (!asked.signal.aborted && !runs(mark)) await again();
    }
  }

  const watching = watch();
  const whenLost = new Promise<never>((_, reject) => void watching.catch(reject));
  // Whoever stops it before anybody waits for this has heard of it otherwise.
  whenLost.catch(() => undefined);
  return {
    part,
    lost: whenLost,
    async stop() {
      asked.abort();
      // One that is just being started again is waited for, so that it does not outlive us.
      await watching.catch(() => undefined);
      await now.stop();
    },
  };
}

const runs = (mark: ProcessMark | undefined): boolean => mark !== undefined && isRunning(mark);

function lost(name: string, what: string, cause?: unknown): PartProblem {
  const why = cause instanceof Error ? ` (${cause.message.replace(/\.$/, '')})` : '';
  return new PartProblem(
    `${name} ${what}${why}, so everything was stopped. What was recorded is kept. Mend what it says, or have the machine looked at (its memory, its disk), then type again: npm start`,
    { cause },
  );
}
