import type { Facts } from '../domain/facts/facts.ts';
import { sizesOf } from '../domain/lifecycle/limits.ts';

/** From so many bytes of facts, or events, on, one step may take seconds on a busy machine: all of the plan is worked out in it. */
const LARGE_FACTS_BYTES = 500_000;
const MANY_EVENTS = 40;

/**
 * How long the server waits for one step of a lifecycle before it gives the step to another worker: a minute where it is
 * large, else its own 10 seconds, so that a worker which died holds nobody up for longer.
 */
export function taskTimeoutOf(facts: Facts): { workflowTaskTimeout?: '1 minute' } {
  const { bytes, events } = sizesOf({ facts });
  return bytes < LARGE_FACTS_BYTES && events < MANY_EVENTS ? {} : { workflowTaskTimeout: '1 minute' };
}
