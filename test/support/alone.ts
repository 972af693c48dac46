import { randomBytes } from 'node:crypto';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';

/** The same inspection under a reference of its own, so that tests can share a server and a register. */
export function alone(start: LifecycleStart): LifecycleStart {
  const inspection = {
    ...start.facts.inspection,
    reference: `${start.facts.inspection.reference}-${randomBytes(4).toString('hex')}`,
  };
  return { ...start, facts: { ...start.facts, inspection } };
}
