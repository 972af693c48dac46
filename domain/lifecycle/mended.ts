import { formatDate } from '../calendar/civil-date.ts';
import type { Actor } from '../commands/actor.ts';
import { milestonesOf } from './milestones.ts';
import { type Happening, record } from './record.ts';
import type { LifecycleState } from './state.ts';

/** What an operator has mended in the register, for the record. */
export interface Mended {
  actor: Actor;
  text: string;
  data: Record<string, unknown>;
  /** Entries are lost for good: each duty in hand is recorded again as it stands, so that lists have them. */
  confirm: boolean;
}

/** A lifecycle that goes on because the register has again what it takes it to have: that is recorded. */
export function mended(state: LifecycleState, { actor, text, data, confirm }: Mended, now: string): LifecycleState {
  const { diverged: _mended, ...rest } = state;
  const duties = confirm ? milestonesOf(rest) : [];
  return record(rest, now, [
    { kind: 'record-recovered', actor, text, data },
    ...duties.map((milestone): Happening => ({
      kind: 'milestone-confirmed',
      milestone,
      text: `${milestone.title}: due ${formatDate(milestone.due)}, as it stood when the record was made up.`,
    })),
  ]);
}
