import { lapsePreparations } from '../lifecycle/lapse-preparations.ts';
import { replan } from '../lifecycle/replan.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { reportAnswers } from '../questions/answers.ts';

/** What follows from a change of a milestone, whatever changed it: a cycle goes on, and what made it ready lapses. */
export function followEnd(state: LifecycleState, duty: Milestone, now: string): LifecycleState {
  const next = lapsePreparations(reportAnswers(state, duty), duty, now);
  return duty.occurrence === undefined ? next : replan(next, next, now, 'the cycle went on');
}
