import { addDays } from '../../domain/calendar/civil-date.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { council } from '../../test/support/facts.ts';
import { manyOwners, owners } from '../../test/support/many-owners.ts';
import type { Council } from '../checker/owed.ts';

const OWNERS = 4;
const ACTIONS = 3;
/** The day on which the first reminder of every action goes out, in London's winter; and the actions' due date. */
export const DAY = '2030-02-06';
export const MORNING = `${DAY}T09:00:00.000Z`;
const DUE = '2030-03-06';

/** The report came so long before the actions are due. */
const REPORT_DAYS = 54;

/** The n-th inspection of the load, from 0: four owners of its own, each with three actions that fall due on one day. */
export function inspectionOf(n: number, reference: string, due: string = DUE): LifecycleStart {
  const roles = owners(n * OWNERS + 1, OWNERS);
  const actions = roles.flatMap((owner) =>
    Array.from({ length: ACTIONS }, (_, index) => ({
      id: `${owner.id}-${index + 1}`,
      title: `Action ${index + 1} of ${owner.title}`,
      owner: owner.id,
      due,
    })),
  );
  const first = roles[0]?.id;
  const start = manyOwners(roles, {
    reference,
    title: `Inspection ${reference}`,
    actions,
    report: { received: addDays(due, -REPORT_DAYS) },
    owners: { 'plan-submission': first, 'cabinet-updates': first },
  });
  const sending = { time: '09:00', from: '09:00', until: '17:30' };
  return { ...start, facts: { ...start.facts, authority: { ...start.facts.authority, sending } } };
}

export const actionsOf = (start: LifecycleStart): string[] =>
  start.facts.inspection.actions.map(({ id }) => `improvement-actions/${id}`);

/** The due dates that are known beforehand. */
export const duesOf = (reference: string, start: LifecycleStart, due: string = DUE): [string, string][] =>
  actionsOf(start).map((milestone) => [`${reference} ${milestone}`, due]);

/** The council of so many inspections, as the checker knows it. */
export function councilOf(inspections: number): Council {
  return {
    roles: [...council.roles, ...owners(1, inspections * OWNERS)],
    director: council.chain.director,
    chiefExecutive: council.chain.chiefExecutive,
    holidays: new Set(),
    sendingTime: '09:00',
  };
}
