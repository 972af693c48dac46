import type { LifecycleState } from './state.ts';

/** What a lifecycle keeps, as it hands it out: without how mail to each address has gone, and what is on its way to the register. */
export interface SharedState extends Omit<LifecycleState, 'mail' | 'unrecorded' | 'abandoned'> {
  /** The lifecycle's present instant, UTC. */
  now: string;
}

export function sharedState(state: LifecycleState, now: string): SharedState {
  const { mail: _mail, unrecorded: _unrecorded, abandoned: _abandoned, ...kept } = state;
  return { ...kept, now };
}

/** A state to work things out from, where nothing is mailed or recorded. */
export function stateOf({ now: _now, ...kept }: SharedState): LifecycleState {
  return { ...kept, mail: {}, unrecorded: [] };
}
