import type { Facts } from '../domain/facts/facts.ts';
import { sizesOf } from '../domain/lifecycle/limits.ts';

/** From so many bytes of facts on, one step may take seconds on a busy machine: all of the plan is worked out in it. */
const LARGE_FACTS_BYTES = 500_000;

/**
 * How long the server waits for one step of a lifecycle before it gives the step to another worker: a minute where it is
 * large, else its own 10 seconds, so that a worker which died holds nobody up for longer.
 */
export function taskTimeoutOf(facts: Facts): { workflowTaskTimeout?: '1 minute' } {
  return sizesOf({ facts }).bytes < LARGE_FACTS_BYTES ? {} : { workflowTaskTimeout: '1 minute' };
}
