/** The engine's present instant in milliseconds since 1970 (UTC), as near as whoever asks can know it. */
export type EngineClock = () => Promise<number>;

/** Where lifecycles skip time each has a clock of its own, and no change can be given a last moment. */
export type EngineTime = EngineClock | 'skipped';

/** This machine's own clock: right where the engine runs on it. */
export const ownClock: EngineClock = () => Promise.resolve(Date.now());

/** How long a measured difference is taken to hold, in milliseconds. */
const MEASURED_EVERY_MS = 60_000;

/**
 * A clock that stands elsewhere, asked now and then; between two askings it goes on by this process's count of
 * milliseconds, which nobody can set. Where it does not answer, what was measured last holds; at first, this machine's own.
 */
export function distantClock(ask: () => Promise<number>): EngineClock {
  let measured: { at: number; shows: number } | undefined;
  let asking: Promise<void> | undefined;
  const measure = async (): Promise<void> => {
    const before = performance.now();
    const shows = await ask();
    const after = performance.now();
    measured = { at: after, shows: shows + (after - before) / 2 };
  };
  return async () => {
    if (measured === undefined || performance.now() - measured.at > MEASURED_EVERY_MS) {
      asking ??= measure()
        .catch(() => undefined)
        .finally(() => (asking = undefined));
      await asking;
    }
    return measured === undefined ? Date.now() : measured.shows + (performance.now() - measured.at);
  };
}
