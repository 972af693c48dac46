import type { Facts } from '../facts/facts.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import type { Action } from '../schemas/plan.ts';
import { dutyOfAction } from './action-duty.ts';

/** A plan that was made before, of other facts, by the same calendar. */
export interface EarlierPlan {
  facts: Facts;
  planned: ReadonlyMap<string, PlannedMilestone>;
}

/** What the date, the owner and the words of an action follow from, beside the action itself and the calendar. */
const RESTS_ON = [
  'themes',
  'recommendations',
  'report',
  'events',
  'fieldwork',
  'decisions',
  'callIns',
  'instruments',
] as const;

/**
 * How an action was planned before, where that is how it would be planned again: it is the same, and so is all that it rests on.
 * A revision of one line of a large plan leaves all its other actions as they are.
 */
export function plannedBefore(
  facts: Facts,
  earlier: EarlierPlan | undefined,
): (action: Action) => PlannedMilestone | undefined {
  if (earlier === undefined) return () => undefined;
  const [is, was] = [facts.inspection, earlier.facts.inspection];
  if (facts.authority !== earlier.facts.authority || RESTS_ON.some((part) => is[part] !== was[part]))
    return () => undefined;
  const same = new Set(was.actions);
  return (action) => (same.has(action) ? earlier.planned.get(dutyOfAction(action.id)) : undefined);
}
