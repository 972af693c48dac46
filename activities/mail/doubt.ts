import { failureOf } from '../../platform/failure.ts';
import { Diverged } from '../../register/diverged.ts';
import { RegisterUnreachable } from '../../register/register-unreachable.ts';

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

/** What one process has handed to the mail server and not yet on record. */
export interface Doubt {
  /** A turn for one mail; first come, first served. */
  turn(): Turn;
  /**
   * The mail server has taken a mail: puts that on record. Where the register does not take it, this process remembers.
   *
   * @throws what the register failed with
   */
  sent(id: string, onRecord: () => Promise<void>): Promise<void>;
  /**
   * Puts on record what this process remembers to be sent, before it goes on with a mail: that one is not to be sent again,
   * and no other is to join those in doubt while the register takes nothing, though it may still be read.
   *
   * @throws what the register failed with, where it was for this very mail, or would be the same for any
   */
  recordSent(id: string): Promise<void>;
}

/**
 * Lets so many mails be in doubt at a time. Whoever gave up waiting holds nobody up, nor does one that has kept its place
 * for too long.
 *
 * @param most one or more
 */
export function doubtOf(most: number, maxSilenceMs = MAX_SILENCE_MS): Doubt {
  return { turn: turnsOf(most, maxSilenceMs), ...remembered() };
}

function turnsOf(most: number, maxSilenceMs: number): Doubt['turn'] {
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

function remembered(): Pick<Doubt, 'sent' | 'recordSent'> {
  const sent = new Map<string, () => Promise<void>>();
  /** Those that are being put on record: whoever else waits for one waits for the same try. */
  const trying = new Map<string, Promise<void>>();
  const record = async (id: string, onRecord: () => Promise<void>): Promise<void> => {
    try {
      await onRecord();
    } catch (error) {
      // What is on record of it says otherwise, or it is not known there any more: no later try would change that.
      if (!(error instanceof Diverged)) throw error;
    } finally {
      trying.delete(id);
    }
    sent.delete(id);
  };
  const recordOnce = (id: string, onRecord: () => Promise<void>): Promise<void> => {
    const one = trying.get(id) ?? record(id, onRecord);
    trying.set(id, one);
    return one;
  };
  return {
    async sent(id, onRecord) {
      try {
        await onRecord();
      } catch (error) {
        sent.set(id, onRecord);
        throw error;
      }
    },
    async recordSent(id) {
      for (const [each, onRecord] of sent) {
        try {
          await recordOnce(each, onRecord);
        } catch (error) {
          if (each === id || isForAnyMail(error)) throw error;
        }
      }
    },
  };
}

/** The register is away, full, read-only or the like: nothing about this one mail. */
function isForAnyMail(error: unknown): boolean {
  if (error instanceof RegisterUnreachable) return true;
  const failure = failureOf(error);
  return failure !== undefined && failure.kind !== 'register-failed';
}
