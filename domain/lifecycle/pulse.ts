import { councilMark } from '../authority/council-mark.ts';
import { recordedUpTo } from './kept-state.ts';
import type { LifecycleState } from './state.ts';
import { nextWake } from './wake.ts';

/** How a lifecycle goes on, in little: what is asked of thousands of them. */
export interface Pulse {
  status: LifecycleState['status'];
  /** The number of its newest entry. */
  seq: number;
  /** The number of the newest entry that it knows to be in the register. */
  recorded: number;
  /** When it does something next if nobody asks it for anything, UTC, by the engine's clock; null where it has ended. */
  nextWake: string | null;
  /** A mark of the council's file that it goes by. */
  council: string;
  /** How the register and it differ, where it waits for an operator because of that. */
  diverged?: string;
}

/**
 * The pulse of a lifecycle.
 *
 * @param now its own present instant, UTC
 * @param shiftMs how far that is ahead of the engine's clock, in milliseconds
 */
export function pulseOf(state: LifecycleState, now: string, shiftMs: number): Pulse {
  const next = nextWake(state, now);
  const { diverged } = state;
  return {
    status: state.status,
    seq: state.seq,
    recorded: recordedUpTo(state),
    nextWake: next === undefined ? null : new Date(Date.parse(next) - shiftMs).toISOString(),
    council: councilMark(state.facts.authority),
    ...(diverged === undefined ? {} : { diverged: diverged.why }),
  };
}
