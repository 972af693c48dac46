import type { AnsweredUpdate } from './answered-updates.ts';
import type { LifecycleStart, LifecycleState } from '../domain/lifecycle/state.ts';

/** What is left to say of a lifecycle that has ended; all that it was is in the register. */
export interface LifecycleEnd extends Pick<LifecycleState, 'status'> {
  /** The number of its last entry. */
  seq: number;
}

/** What `inspectionLifecycle` is started with, or goes on with after continue-as-new. */
export interface LifecycleInput {
  from: { start: LifecycleStart } | { state: LifecycleState };
  /** What the runs before have answered of late: asked again, it is not done again. */
  answered?: AnsweredUpdate[];
  /** For rehearsals: the story's clock is the engine's plus this many milliseconds. Refused where time skipping is off. */
  clock?: { shiftMs: number };
  /** For tests: continue as new after this many history events, rather than when the server suggests it. */
  eventsPerRun?: number;
}
