import { decisionStanding } from '../decisions/standing.ts';
import { milestoneOf, milestonesOf } from '../lifecycle/milestones.ts';
import { calendarOf, type LifecycleState } from '../lifecycle/state.ts';
import type { Milestone, MilestoneStatus } from '../milestone/milestone.ts';
import { isEnded } from '../milestone/milestone-state.ts';
import { actionOfDuty, actionWith, dutyOfAction } from '../plan/action-duty.ts';
import { decisionCountedFrom } from '../plan/own-due.ts';
import { recommendationsInWords } from '../plan/recommendation-words.ts';
import { coverage } from '../progress/coverage.ts';
import type { Decision } from '../schemas/inspection.ts';
import type { Action } from '../schemas/plan.ts';
import { replacesOf } from './edits.ts';

/**
 * What somebody should know before a change by which duties are given up, recorded as applying no longer or withdrawn from the
 * plan, a sentence each: recommendations that are left with no action, and decisions whose last word is still to come.
 *
 * @param now an instant, UTC
 */
export function givenUpInWords(before: LifecycleState, after: LifecycleState, now: string): string[] {
  if (after.status !== 'open') return [];
  return [...leftWithout(before, after), ...undecided(before, after, now)];
}

/** How an action of the plan stands; undefined where it has no duty yet. */
export const statusOfAction = ({ kept, ended }: LifecycleState, action: string): MilestoneStatus | undefined =>
  (kept[dutyOfAction(action)] ?? ended[dutyOfAction(action)])?.status;

/** The recommendations to which something is done, or has been. */
function answered(state: LifecycleState): Set<string> {
  const { inspection } = state.facts;
  const actions = inspection.actions.filter(({ id }) => statusOfAction(state, id) !== 'waived');
  return new Set(
    coverage({ ...inspection, actions }).flatMap((row) => (row.actions.length > 0 ? [row.recommendation] : [])),
  );
}

function leftWithout(before: LifecycleState, after: LifecycleState): string[] {
  const { recommendations } = after.facts.inspection;
  const [then, now] = [answered(before), answered(after)];
  const left = recommendations.filter(({ id }) => then.has(id) && !now.has(id)).map(({ id }) => id);
  if (left.length === 0) return [];
  const texts = new Map(recommendations.map(({ id, text }) => [id, text]));
  const named = recommendationsInWords(left, (id) => texts.get(id) ?? id);
  return [
    `Recommendation${left.length === 1 ? '' : 's'} ${named} would be left with no action that answers it: add one to the plan.`,
  ];
}

/** Of duties that are given up: each decision that they rest on and that can be called in still, or has been. */
function undecided(before: LifecycleState, after: LifecycleState, now: string): string[] {
  const { facts } = after;
  const replaced = new Set(facts.inspection.actions.flatMap((each) => [...replacesOf(each)]));
  const isGivenUp = ({ id }: Milestone): boolean => {
    const action = actionOfDuty(id);
    const isGone = action !== undefined && actionWith(facts.inspection, id) === undefined && !replaced.has(action);
    return isGone || milestoneOf(after, id)?.status === 'waived';
  };
  return milestonesOf(before).flatMap((duty) => {
    if (isEnded(duty) || !isGivenUp(duty)) return [];
    const decision = decisionOf(duty, before);
    if (decision === undefined) return [];
    const { open, calledIn, why } = decisionStanding(decision, facts, calendarOf(after), now);
    return open || calledIn === true ? [`“${duty.title}” rests on the decision “${decision.title}”. ${why}`] : [];
  });
}

function decisionOf({ id, decision }: Milestone, { facts: { inspection } }: LifecycleState): Decision | undefined {
  const action: Action | undefined = actionWith(inspection, id);
  return action === undefined
    ? inspection.decisions.find((each) => each.id === decision)
    : decisionCountedFrom(action.due, inspection);
}
