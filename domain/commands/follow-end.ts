import { milestonesOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { end } from '../milestone/end.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { reportAnswers } from '../questions/answers.ts';

/** What follows from a change of a milestone, whatever changed it: a cycle goes on, and what made it ready lapses. */
export function followEnd(state: LifecycleState, duty: Milestone, now: string): LifecycleState {
  const next = lapsePreparations(reportAnswers(state, duty), duty, now);
  return duty.occurrence === undefined ? next : replan(next, next, now, 'the cycle went on');
}

/** What was to be made ready for a duty lapses once that is met or waived. */
function lapsePreparations(state: LifecycleState, duty: Milestone, now: string): LifecycleState {
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
      text: `${each.title}: lapsed, because the duty it was for is ${duty.status}.`,
    })),
  );
}
