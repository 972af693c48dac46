import { addMonths } from '../domain/calendar/months.ts';
import { localDate } from '../domain/calendar/london.ts';
import { apply } from '../domain/commands/apply.ts';
import { delivered } from '../domain/lifecycle/delivered.ts';
import { milestonesOf } from '../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleState } from '../domain/lifecycle/state.ts';
import { nextWake, wake } from '../domain/lifecycle/wake.ts';
import type { Milestone } from '../domain/milestone/milestone.ts';
import { isPending } from '../domain/milestone/milestone-state.ts';
import { STRANDS } from '../domain/strands/strands.ts';
import { startOf } from '../test/support/facts.ts';
import { type Figure, round } from './measure.ts';

const YEARS = 10;
const BEGIN = '2016-02-19T10:00:00.000Z';
const WHO = { id: 'bench', role: 'director' };

/** Two promises that come round every month, one every three, and actions that fall due over the first three years. */
const START = startOf({
  commitments: [
    {
      ...{ id: 'board', rule: 'cabinet-update', every: { n: 1, unit: 'month' }, from: '2016-02-19' },
      title: 'Report to the board',
    },
    {
      ...{ id: 'department', rule: 'cabinet-update', every: { n: 1, unit: 'month' }, from: '2016-03-01' },
      title: 'Letter to the department',
    },
    { rule: 'cabinet-update', from: '2016-02-19' },
  ],
  actions: Array.from({ length: 36 }, (_, index) => ({
    id: `a${index + 1}`,
    title: `Action ${index + 1}`,
    owner: 'head-of-service',
    due: { n: index + 1, unit: 'month' },
  })),
});

/** What a year of a lifecycle's came to, and how it stood at its end. */
interface Year {
  bytes: number;
  open: number;
  mails: number;
  wakes: number;
  milliseconds: number;
}

const KINDS: { what: string; isMet: (milestone: Milestone) => boolean }[] = [
  { what: 'everything met on its day', isMet: () => true },
  {
    what: 'every second round and action missed for good',
    isMet: ({ id }) => Number(/(\d+)$/.exec(id)?.[1] ?? 0) % 2 === 0,
  },
  { what: 'nothing met at all', isMet: () => false },
];

/** A lifecycle's heart run for ten years, as its keeper would. */
function tenYears(isMet: (milestone: Milestone) => boolean): Year[] {
  let state = openLifecycle(START, BEGIN);
  let now = BEGIN;
  return Array.from({ length: YEARS }, (_, index) => {
    const end = `${addMonths('2016-02-19', 12 * (index + 1))}T10:00:00.000Z`;
    const year = { bytes: 0, open: 0, mails: 0, wakes: 0, milliseconds: 0 };
    const began = process.cpuUsage();
    while (now < end) {
      const turn = settle(state, now);
      state = meet(turn.state, now, isMet);
      year.mails += turn.mails;
      year.wakes++;
      const next = nextWake(state, now);
      if (next === undefined) break;
      now = next > now ? next : now;
    }
    const { user, system } = process.cpuUsage(began);
    year.milliseconds = (user + system) / 1000;
    year.bytes = Buffer.byteLength(JSON.stringify(state));
    year.open = milestonesOf(state).filter(isPending).length;
    return year;
  });
}

/** All that is due at an instant has been mailed and recorded. */
function settle(before: LifecycleState, now: string): { state: LifecycleState; mails: number } {
  let state = before;
  for (let mails = 0; ;) {
    const awake = wake(state, now);
    state = { ...awake.state, unrecorded: [] };
    if (awake.mailings.length === 0) return { state, mails };
    mails += awake.mailings.length;
    const outcomes = awake.mailings.map(({ digest }) => ({
      digest: digest.id,
      outcome: 'sent' as const,
      reason: null,
    }));
    state = delivered(state, awake.mailings, outcomes, now);
  }
}

/** On its due day somebody says that it is done. */
function meet(state: LifecycleState, now: string, isMet: (milestone: Milestone) => boolean): LifecycleState {
  const today = localDate(now);
  return milestonesOf(state)
    .filter((each) => isPending(each) && each.due <= today && each.missed !== true && isMet(each))
    .filter((each) => STRANDS[each.strand].refuses('meet', each) === undefined)
    .reduce((next, { id }) => apply(next, { name: 'complete', payload: { milestone: id } }, WHO, now), state);
}

/** Ten years of one inspection: is its state flat, and no year slower than twice the first? */
export function tenYearsEach(): Figure[] {
  return KINDS.flatMap(({ what, isMet }): Figure[] => {
    const years = tenYears(isMet);
    const [first] = years;
    const last = years.at(-1);
    if (first === undefined || last === undefined) return [];
    const kib = years.map(({ bytes }) => round(bytes / 1024)).join(', ');
    const slowest = Math.max(...years.map(({ milliseconds }) => milliseconds));
    return [
      {
        what: `ten years, ${what}: KiB of state at each year's end`,
        value: kib,
        goal: 'the last no more than a tenth above the third, after which no action is new',
        met: last.bytes <= (years[2]?.bytes ?? 0) * 1.1,
      },
      { what: `ten years, ${what}: duties open at each year's end`, value: years.map(({ open }) => open).join(', ') },
      {
        what: `ten years, ${what}: mails a year`,
        value: years.map(({ mails }) => mails).join(', '),
        goal: 'in no year more than twice the first',
        met: years.every(({ mails }) => mails <= 2 * first.mails),
      },
      {
        what: `ten years, ${what}: milliseconds of processor time a year`,
        value: years.map(({ milliseconds }) => round(milliseconds)).join(', '),
        goal: 'no year slower than twice the first',
        met: slowest <= 2 * first.milliseconds,
      },
    ];
  });
}
