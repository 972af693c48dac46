import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { end } from '../milestone/end.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { milestonesOf, withMilestones } from './milestones.ts';
import { record } from './record.ts';
import type { LifecycleState } from './state.ts';

/** What was to be made ready for a duty lapses once somebody no longer has to meet that. */
export function lapsePreparations(state: LifecycleState, duty: Milestone, now: string): LifecycleState {
  if (isPending(duty)) return state;
  const lapsed = milestonesOf(state)
    .filter((each) => each.preparesFor === duty.id && isPending(each))
    .map((each) => end(each, { status: 'lapsed' }));
  return record(
    withMilestones(state, ...lapsed),
    now,
    lapsed.map((each) => ({
      kind: 'milestone-lapsed' as const,
      milestone: each,
      text: `${each.title}: no longer needed, because the duty it was for ${MILESTONE_STATUSES[duty.status].stands}.`,
    })),
  );
}
