import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { milestoneFromRule } from '../plan/from-rule.ts';
import { type Holding, holdingId } from './holding.ts';
import { actionWith } from '../plan/action-duty.ts';
import { followUpRule } from '../plan/own-plan.ts';

const RULE = followUpRule('sustained', {
  act: 'Look whether it still holds. If it does, mark this as done; if it has fallen back, say so, and it is opened again.',
  roll: 'next',
  before: [5, 0],
});

/** The duty to say whether an action still holds; none where it is no longer in the plan. */
export function planHolding(holding: Holding, { inspection }: Facts, calendar: WorkingCalendar): PlannedMilestone[] {
  const action = actionWith(inspection, holding.milestone);
  if (action === undefined) return [];
  const { months, askedOf, on } = holding;
  const title = `Does it still hold after ${months} month${months === 1 ? '' : 's'}? ${action.title}`;
  return [
    milestoneFromRule(
      { ...RULE, title, period: { n: months, unit: 'month', convention: 'after' } },
      { id: holdingId(holding), title, owner: askedOf, trigger: { event: 'was-done', date: on } },
      calendar,
    ),
  ];
}
