import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { council, startOf } from '../../test/support/facts.ts';
import type { Council } from '../checker/owed.ts';

/** The story's day on which the soak happens: a Wednesday in London's winter, whatever day it really is. */
export const TODAY = '2030-02-06';
/** When that day's mail goes out. */
export const MORNING = `${TODAY}T09:00:00.000Z`;
export const PAST = '2029-11-05';
export const FUTURE = '2031-09-03';
const OWNERS = ['team-manager', 'head-of-service', 'assistant-director'];
/** On either side of what clients ask for; all working days. */
const DUES = ['2030-02-08', '2030-02-20', '2030-03-06', '2030-06-04'];

/** The duties that the council has promised, as they are at the start. */
export const ACTIONS = Array.from({ length: 12 }, (_, index) => ({
  id: `a${index + 1}`,
  title: `Action ${index + 1}`,
  owner: OWNERS[index % OWNERS.length] ?? '',
  due: DUES[index % DUES.length] ?? '',
}));
export const PLAN = 'plan-submission/written-action-plan';

/** Every role of the council, and those that appear in no authority's file. */
export const ROLES = council.roles.map(({ id }) => id);

/** The council as the checker knows it. */
export const councilKnown: Council = {
  roles: council.roles,
  director: council.chain.director,
  chiefExecutive: council.chain.chiefExecutive,
  holidays: new Set(),
  sendingTime: '09:00',
};

/** An inspection of one statutory duty and twelve promised ones, without cycles; its mail goes out at 09:00. */
export function inspectionOf(reference: string): LifecycleStart {
  const start = startOf({
    reference,
    title: `Inspection ${reference}`,
    actions: ACTIONS,
    report: { received: '2029-10-26', published: '2029-10-26' },
    fieldwork: { from: '2029-09-03', until: '2029-09-21' },
    owners: { 'plan-submission': 'head-of-service', 'member-briefings': 'director' },
  });
  const [statutory] = start.facts.rules;
  if (statutory === undefined || start.facts.constitution === null) throw new Error('the tests’ council has changed');
  const question: Facts['rules'][number] = {
    ...statutory,
    id: 'member-question',
    strand: 'member-briefings',
    title: "Answer a member's question",
    trigger: { event: 'question-asked' },
    period: { ...statutory.period, n: 10 },
    strength: 'commitment',
    readings: [],
    nature: 'duty',
  };
  const within = { n: 10, unit: 'working-day', convention: 'after' } as const;
  const callIn = {
    ...start.facts.constitution.callIn,
    publishWithin: within,
    reconsiderWithin: within,
    councilWithin: within,
  };
  const sending = { ...start.facts.authority.sending, time: '09:00', from: '09:00', until: '17:30' };
  return {
    ...start,
    calendar: keepCalendar({ ...calendarDataOf(start), holidays: [] }),
    facts: {
      ...start.facts,
      rules: [statutory, question],
      constitution: { ...start.facts.constitution, callIn },
      authority: { ...start.facts.authority, sending },
    },
  };
}
