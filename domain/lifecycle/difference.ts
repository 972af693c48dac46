import type { Pulse } from './pulse.ts';

/** How what a running lifecycle says of itself compares with what the register has of it. */
export type Difference = 'same' | 'engine-behind' | 'register-behind' | 'register-unknown';

/** The number of the newest entry that the register has of a lifecycle. */
interface Recorded {
  seq: number;
}

/**
 * The difference of a lifecycle that runs. The register is read before and after it is asked: what is on its way between them,
 * or changes just then, is no difference.
 *
 * @param before null where the register knew nothing of it
 * @param after the same, once it had answered
 */
export function differenceOf(
  pulse: Pick<Pulse, 'seq' | 'recorded' | 'diverged'>,
  before: Recorded | null,
  after: Recorded | null,
): Difference {
  if (after === null) return pulse.recorded > 0 ? 'register-unknown' : 'same';
  if (after.seq < pulse.recorded) return 'register-behind';
  if ((before?.seq ?? 0) > pulse.seq) return 'engine-behind';
  // It has seen itself that they differ: its next entry is there already, and is another, or one before it is not.
  if (pulse.diverged !== undefined) return after.seq > pulse.recorded ? 'engine-behind' : 'register-behind';
  return 'same';
}
