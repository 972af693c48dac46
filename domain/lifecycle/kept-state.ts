import type { LifecycleState } from './state.ts';

/** Characters of entries, in JSON, that go with a state to be kept; with a state of the largest size it is still one payload. */
const MAX_ON_THEIR_WAY = 400_000;

/** Entries of a lifecycle up to this number are in the register, as far as the lifecycle knows. */
export function recordedUpTo({ seq, unrecorded }: Pick<LifecycleState, 'seq' | 'unrecorded'>): number {
  return (unrecorded[0]?.seq ?? seq + 1) - 1;
}

/**
 * All that a lifecycle needs to go on from here, for the register to keep: its state with its mail, and with what is on its
 * way to the register after a number.
 *
 * @param recorded entries up to this one reach the register together with the state
 * @returns null while too much is on its way: the delivery after this one has less
 */
export function stateToKeep(state: LifecycleState, recorded: number): LifecycleState | null {
  const unrecorded = state.unrecorded.filter((entry) => entry.seq > recorded);
  if (JSON.stringify(unrecorded).length > MAX_ON_THEIR_WAY) return null;
  return { ...state, unrecorded };
}
