import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { DEFAULT_LADDER } from '../plan/default-ladder.ts';
import { milestoneFromRule } from '../plan/from-rule.ts';
import type { Rule } from '../schemas/rule-pack.ts';
import { type Holding, holdingId } from './holding.ts';
import { actionWith } from '../plan/action-duty.ts';

const RULE: Omit<Rule, 'title' | 'period'> = {
  id: 'sustained',
  version: 1,
  strand: 'improvement-actions',
  act: 'Look whether it still holds. If it does, mark this as done; if it has fallen back, say so, and it is opened again.',
  trigger: { event: 'report-received' },
  repeats: false,
  cutOff: '24:00',
  roll: 'next',
  strength: 'commitment',
  citation: { cite: "The council's own improvement plan", confidence: 'U' },
  alternatives: [],
  ladder: { ...DEFAULT_LADDER, before: [5, 0] },
};

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
