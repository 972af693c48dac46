import type { RunEnd } from '../../domain/archive/manifest.ts';

/** One run of a workflow, from its first event to its last. */
export interface ClosedRun {
  run: string;
  events: number;
  /** UTC. */
  first: string;
  last: string;
  ended: RunEnd;
  /** The run that went before it; null for the first. */
  continuedFrom: string | null;
  /** Large payloads that its last event refers to, by their hashes: the run after it goes on with them. */
  handedOn: string[];
  /** `temporal.api.history.v1.History` in protobuf, whole: what it referred to is in it. */
  history: Buffer;
}

/** The engine's histories as an activity reaches them. */
export interface Histories {
  /**
   * A run whole, once it has ended; the newest where none is named. It is waited for a while.
   *
   * @returns 'running' where it goes on; null where the engine has no such run (any more)
   */
  closedRun(workflow: string, run: string | undefined): Promise<ClosedRun | 'running' | null>;
}
