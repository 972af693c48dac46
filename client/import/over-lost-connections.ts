import { setTimeout as sleep } from 'node:timers/promises';
import { RegisterUnreachable } from '../../register/register-unreachable.ts';

/** Between one try and the next, in milliseconds: about half a minute in all. */
const PAUSES_MS = [250, 500, 1000, 2000, 4000, 8000, 16_000];

/** Does something that may be done again, also where the register is away for a moment. */
export type OverLostConnections = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A connection that is lost is no reason to leave the rest of a long piece of work undone: it is tried again, for about
 * half a minute. Whoever does several things at once says it once.
 *
 * @param signal aborted: nothing is waited for any more
 */
export function overLostConnections(tell: (line: string) => void, signal: AbortSignal): OverLostConnections {
  let lostAt: number | undefined;
  return async (work) => {
    for (let turn = 0; ; turn++) {
      const begunAt = performance.now();
      try {
        const result = await work();
        // What had begun before the loss may have had all that it wanted of the register by then.
        if (lostAt !== undefined && begunAt > lostAt) {
          tell('The register is there again.');
          lostAt = undefined;
        }
        return result;
      } catch (error) {
        const pause = PAUSES_MS[turn];
        if (pause === undefined || signal.aborted || !(error instanceof RegisterUnreachable && error.passing))
          throw error;
        if (lostAt === undefined) {
          tell(`${error.message} Trying again for half a minute …`);
          lostAt = performance.now();
        }
        await sleep(pause);
      }
    }
  };
}
