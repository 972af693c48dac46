import { milestonesOf } from '../lifecycle/milestones.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { asked, type Question } from './questions.ts';

/** Once a briefing has gone out, the answers given by then have reached all members. */
export function reportAnswers(state: LifecycleState, briefing: Milestone): LifecycleState {
  if (!isBriefing(briefing) || isPending(briefing) || briefing.status === 'waived') return state;
  const questions = asked(state.facts);
  if (!questions.some(isToReport)) return state;
  return withQuestions(
    state,
    questions.map((each) => (isToReport(each) ? { ...each, reportedIn: briefing.id } : each)),
  );
}

/** What the next briefing is to hold, for its owner's reminders. */
export function answersToInclude(milestone: Milestone, state: LifecycleState): string[] {
  if (!isBriefing(milestone)) return [];
  const toReport = asked(state.facts).filter(isToReport);
  const earlier = milestonesOf(state).some(
    (each) => isBriefing(each) && isPending(each) && (each.occurrence ?? 0) < (milestone.occurrence ?? 0),
  );
  if (toReport.length === 0 || earlier) return [];
  const names = toReport.map((each) => each.id).join(', ');
  return [
    `It is to hold the answer${toReport.length === 1 ? '' : 's'} to ${toReport.length} question${toReport.length === 1 ? '' : 's'} of members (${names}).`,
  ];
}

const isToReport = ({ answer, reportedIn, withdrawn }: Question): boolean =>
  answer !== undefined && reportedIn === undefined && withdrawn === undefined;

/** One of the cycle of briefings, not a question. */
const isBriefing = (milestone: Milestone): boolean =>
  milestone.strand === 'member-briefings' && milestone.occurrence !== undefined;

/** The same with other questions. */
export function withQuestions(state: LifecycleState, questions: readonly Question[]): LifecycleState {
  return { ...state, facts: { ...state.facts, questions: [...questions] } };
}
