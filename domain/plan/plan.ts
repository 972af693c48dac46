import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { STRANDS } from '../strands/strands.ts';
import type { Facts, PlanOptions } from '../facts/facts.ts';
import type { EarlierPlan } from './earlier-plan.ts';

/**
 * Every milestone that follows from the facts, by due instant: due date, cut-off, explanation, owner and ladder. Those that
 * the facts say were met are among them, with the day (`metOn`).
 * Pure: the same facts, rules and calendar give the same plan, wherever and whenever it is asked for.
 *
 * @param earlier a plan of other facts by the same calendar: what follows from the same in both is taken from there
 */
export function plan(
  facts: Facts,
  calendar: WorkingCalendar,
  options: PlanOptions,
  earlier?: EarlierPlan,
): PlannedMilestone[] {
  return Object.values(STRANDS)
    .flatMap((strand) => strand.milestones(facts, calendar, options, earlier))
    .sort(byDue);
}

/** Earliest first; at the same instant by id, so that an order is never a matter of chance. */
export function byDue(a: Pick<PlannedMilestone, 'dueAt' | 'id'>, b: Pick<PlannedMilestone, 'dueAt' | 'id'>): number {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
