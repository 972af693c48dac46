/** Mails of one process that may be in doubt at once, unless the operator says otherwise. */
export const MAILS_IN_DOUBT = 5;

/**
 * How long a mail keeps its place while its server says nothing. One that never answers must not hold up the mail of every
 * other council; it stays in doubt beside those that come after it.
 */
const MAX_SILENCE_MS = 5000;

/** A place among the mails that may be in doubt at once. */
export interface Turn {
  /** Waits until there is a place; at once where it has one already. */
  begin(): Promise<void>;
  /** Lets the next one through; right also where the turn was never begun, or is still being waited for. */
  end(): void;
}

/** Makes a turn for each mail; first come, first served. */
export type Doubt = () => Turn;

/**
 * Lets so many mails be in doubt at a time. Whoever gave up waiting holds nobody up, nor does one that has kept its place
 * for too long.
 *
 * @param most one or more
 */
export function doubtOf(most: number, maxSilenceMs = MAX_SILENCE_MS): Doubt {
  let free = most;
  const waiting: (() => void)[] = [];
  const passOn = (): void => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  return () => {
    let hasPlace = false;
    let ended = false;
    let timer: NodeJS.Timeout | undefined;
    const release = (): void => {
      clearTimeout(timer);
      if (hasPlace) passOn();
      hasPlace = false;
    };
    return {
      async begin() {
        if (hasPlace) return;
        if (free > 0) free--;
        else await new Promise<void>((resolve) => waiting.push(resolve));
        hasPlace = true;
        if (ended) release();
        else timer = setTimeout(release, maxSilenceMs);
      },
      end() {
        ended = true;
        release();
      },
    };
  };
}
