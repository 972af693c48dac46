import { addDays } from '../domain/calendar/civil-date.ts';
import { localDate } from '../domain/calendar/london.ts';
import type { LifecycleStart } from '../domain/lifecycle/state.ts';
import { council, startOf } from '../test/support/facts.ts';
import { inspectionRef, type InspectionRef } from '../domain/inspection-ref.ts';

/** Authorities in England with children's services. */
const AUTHORITIES = 153;
/** The plan, and nine actions. */
const MILESTONES_EACH = 10;
/** Whoever owns the action that is late from the start, and its milestone. */
export const OWNER = 'team-manager';
export const ACTION = 'improvement-actions/a1';
/** One that is still to come. */
export const LATER_ACTION = 'improvement-actions/a2';

/** The n-th inspection of the country: its report came today, its first action was due before that, the others follow. */
export function nationwide(n: number): { start: LifecycleStart; reference: InspectionRef } {
  const authority = `council-${String((n % AUTHORITIES) + 1).padStart(3, '0')}`;
  const name = `inspection-${n}`;
  const today = localDate(Date.now());
  const actions = Array.from({ length: MILESTONES_EACH - 1 }, (_, index) => ({
    id: `a${index + 1}`,
    title: `Action ${index + 1} of the plan`,
    owner: OWNER,
    due: addDays(today, index === 0 ? -3 : 20 * index + (n % 20)),
  }));
  const start = startOf({
    reference: name,
    fieldwork: { from: addDays(today, -60), until: addDays(today, -40) },
    report: { received: addDays(today, -1) },
    actions,
  });
  const facts = { ...start.facts, authority: { ...council, id: authority, name: `Council ${authority}` } };
  return { start: { ...start, facts }, reference: inspectionRef(authority, name) };
}
