import { roleTitle } from '../authority/roles.ts';
import { addDays, type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import { mustKeepEndedRounds } from '../lifecycle/ended-rounds.ts';
import { mustBeKnown } from '../lifecycle/next-step.ts';
import { record } from '../lifecycle/record.ts';
import { replan, tellingOfGone } from '../lifecycle/replan.ts';
import { calendarOf } from '../lifecycle/state.ts';
import { notAmong } from '../nearest.ts';
import { everyInWords } from '../plan/cycles.ts';
import { promiseId } from '../plan/promise-id.ts';
import { asPromised } from '../plan/promised.ts';
import { Refusal } from '../refusal.ts';
import { revisionMade } from '../revisions/revision-made.ts';
import type { Cycle, CycleChange } from '../schemas/cycle.ts';
import type { Promised } from '../schemas/promise.ts';
import { command } from './definition.ts';
import { type PayloadOf, REASON } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';

/** More changes of one cycle are a slip. */
const MAX_CHANGES = 100;

const FIELDS = {
  promise: {
    kind: 'id',
    label: 'Which promise?',
    hint: 'Its short name: what stands between the stroke and the number in the id of its duty.',
    flag: '<argument>',
  },
  what: {
    kind: 'choice',
    label: 'What becomes of it?',
    choices: {
      changed: 'It comes round otherwise',
      paused: 'It is paused',
      resumed: 'It goes on again',
      ended: 'It ends',
    },
  },
  from: { kind: 'date', label: 'From which day on?', hint: 'What was due before it stays as it was.' },
  until: { kind: 'date', label: 'Paused: the last day of the pause', hint: 'After it, it goes on.', optional: true },
  n: { kind: 'number', label: 'Changed: after how many', optional: true, min: 1, max: 3650, flag: 'every' },
  unit: {
    kind: 'choice',
    label: 'Days, weeks or months',
    choices: {
      'working-day': 'Working days',
      'calendar-day': 'Days',
      week: 'Weeks',
      month: 'Months',
    },
    optional: true,
  },
  weekday: {
    kind: 'choice',
    label: 'Or changed: on a weekday of each month',
    choices: {
      monday: 'Monday',
      tuesday: 'Tuesday',
      wednesday: 'Wednesday',
      thursday: 'Thursday',
      friday: 'Friday',
    },
    optional: true,
  },
  which: {
    kind: 'choice',
    label: 'Which one of the month',
    choices: { first: 'First', second: 'Second', third: 'Third', fourth: 'Fourth', last: 'Last' },
    optional: true,
  },
  first: { kind: 'date', label: 'Changed: the first one', hint: 'Where it is on a given day.', optional: true },
  agreedBy: {
    kind: 'line',
    label: 'Who outside the council has agreed?',
    hint: 'Where somebody outside has set it.',
    optional: true,
    flag: 'agreed',
  },
  reason: REASON,
} as const;

type Payload = PayloadOf<typeof FIELDS>;

/** A cycle comes round otherwise from a day on, or not for a while, or no more. It keeps its numbers. */
export const changeCycle = command({
  subject: 'inspection',
  title: 'Change a cycle',
  help: 'From a day on it comes round otherwise, is paused, goes on, or ends. What was due before stays; owners are told of what is not needed.',
  fields: FIELDS,
  choosing: [
    {
      fills: ['promise'],
      label: 'Which promise?',
      none: 'This inspection has no promise that comes round again.',
      among: ({ facts }) =>
        cyclesOf(facts).map(({ promise, title }) => ({ title, payload: { promise: promiseId(promise) } })),
    },
  ],
  may: MANAGERS_ONLY,
  verb: 'change a cycle',
  done: 'The cycle is changed.',
  entries: ['cycle-changed', 'plan-revised'],
  apply(state, payload, { actor, now }) {
    const { facts } = state;
    const { promise, title } = cycleNamed(payload.promise, facts);
    const { from, reason, agreedBy } = payload;
    if (from < localDate(now))
      throw new Refusal(
        'wrong-date',
        `A cycle is changed from today on, and ${formatDate(from)} has been: ${todayInWords(now)}.`,
        'from',
      );
    if (promise.setBy !== undefined && agreedBy === undefined)
      throw new Refusal(
        'statutory-date',
        `"${title}" was set by ${promise.setBy}: the council can't change it alone. Say who has agreed.`,
        'agreedBy',
      );
    mustFit(payload, calendarOf(state));
    const changed = CHANGES[payload.what](promise, payload, title);
    if ((changed.changes?.length ?? 0) > MAX_CHANGES)
      throw new Refusal('too-large', `A cycle can be changed ${MAX_CHANGES} times, and this one has been.`);
    const commitments = facts.inspection.commitments.map((each) => (each === promise ? changed : each));
    const changedFacts = { ...facts, inspection: { ...facts.inspection, commitments } };
    const revised = revisionMade(facts, changedFacts, reason, actor);
    const next = { ...state, facts: revised.facts };
    mustKeepEndedRounds(state, next.facts);
    const said = `"${title}" ${sentenceOf(payload)}`;
    const agreed = agreedBy === undefined ? '' : `, agreed by ${agreedBy}`;
    const recorded = record(next, now, [
      {
        kind: 'cycle-changed',
        actor,
        text: `${said}${agreed}, recorded by ${roleTitle(facts.authority, actor.role)}: ${reason}`,
        data: { ...payload, promise: promiseId(promise) },
      },
      ...revised.happenings,
    ]);
    const because = `${said}${agreed}: ${reason}`;
    return replan(state, recorded, now, because, {
      ...tellingOfGone(because),
      ofNew: () => `It is asked for because ${because}.`,
    });
  },
});

/** Its dates lie in years that are known, and each belongs to what is asked. */
function mustFit({ what, from, until, first }: Payload, calendar: WorkingCalendar): void {
  for (const [field, day] of Object.entries({ from, until, first }))
    if (day !== undefined) mustBeKnown('That day', day, calendar, field);
  if (until !== undefined && what !== 'paused')
    throw new Refusal(
      'wrong-date',
      `Only a pause has a last day, and this is none: leave out ${formatDate(until)}.`,
      'until',
    );
  if (first !== undefined && what !== 'changed')
    throw new Refusal(
      'wrong-date',
      `A first one is given where the cycle comes round otherwise: leave out ${formatDate(first)}.`,
      'first',
    );
}

/** The promises that come round again, each by its title. */
function cyclesOf({ inspection, rules }: Facts): { promise: Promised; title: string }[] {
  return inspection.commitments.flatMap((promise) => {
    const base = rules.find((each) => each.id === promise.rule);
    if (promise.rule !== undefined && base === undefined) return [];
    const { rule } = asPromised(promise, base);
    return rule.repeats ? [{ promise, title: rule.title }] : [];
  });
}

/** @throws Refusal where there is no such promise, or it comes once */
function cycleNamed(id: string, facts: Facts): { promise: Promised; title: string } {
  const cycles = cyclesOf(facts);
  const found = cycles.find(({ promise }) => promiseId(promise) === id);
  if (found !== undefined) return found;
  throw new Refusal(
    'unknown-rule',
    notAmong(
      'This inspection has no promise that comes round again',
      id,
      cycles.map(({ promise }) => promiseId(promise)),
      'Its cycles',
    ),
    'promise',
  );
}

type Change = (promise: Promised, payload: Payload, title: string) => Promised;

/** A promise as it is after each kind of change. */
const CHANGES: Record<Payload['what'], Change> = {
  changed(promise, { from, first, reason, ...how }, title) {
    mustGoOn(promise, from, title);
    if (first !== undefined && first < from)
      throw new Refusal(
        'wrong-date',
        `The first one (${formatDate(first)}) can't be before ${formatDate(from)}.`,
        'first',
      );
    const change = { from, every: everyOf(how), reason, ...(first === undefined ? {} : { first }) };
    const before = changesOf(promise).filter((each) => each.every === undefined || each.from < from);
    return withChanges(promise, [...before, change]);
  },
  paused(promise, { from, until, reason }, title) {
    mustGoOn(promise, from, title);
    if (until === undefined)
      throw new Refusal(
        'wrong-date',
        'A pause has a last day, after which the cycle goes on. Where it is not known, give the day on which you will look at it again.',
        'until',
      );
    if (until < from)
      throw new Refusal(
        'wrong-date',
        `The pause would end on ${formatDate(until)}, before it begins on ${formatDate(from)}.`,
        'until',
      );
    return withChanges(promise, [...withoutPausesFrom(promise, from), { from, until, reason }]);
  },
  resumed(promise, { from, reason }, title) {
    const { until, ...on } = promise;
    const hasEnded = until !== undefined && until < from;
    const stands = changesOf(promise).some((each) => isPause(each) && each.from <= from && (each.until ?? '') >= from);
    if (!hasEnded && !stands)
      throw new Refusal(
        'wrong-state',
        `"${title}" is not paused on ${formatDate(from)}, nor has it ended by then.`,
        'from',
      );
    const cut = withoutPausesFrom(promise, from, true);
    if (!hasEnded) return withChanges(promise, cut);
    // What it would have come to meanwhile was not asked for.
    const left = addDays(until, 1) < from ? [{ from: addDays(until, 1), until: addDays(from, -1), reason }] : [];
    return withChanges(on, [...cut, ...left]);
  },
  ended(promise, { from }, title) {
    mustGoOn(promise, from, title);
    return { ...promise, until: addDays(from, -1) };
  },
};

const changesOf = ({ changes = [] }: Promised): readonly CycleChange[] => changes;
const isPause = ({ every }: CycleChange): boolean => every === undefined;

function mustGoOn({ until }: Promised, from: CivilDate, title: string): void {
  if (until !== undefined && until < from)
    throw new Refusal(
      'wrong-state',
      `"${title}" has ended by then: its last day is ${formatDate(until)}. Say that it goes on again first.`,
      'from',
    );
}

/** The changes with each pause ended before a day; later ones stay where only the one that stands then is cut. */
function withoutPausesFrom(promise: Promised, from: CivilDate, onlyStanding = false): CycleChange[] {
  return changesOf(promise).flatMap((each) => {
    if (!isPause(each) || (each.until ?? '') < from) return [each];
    if (each.from > from && onlyStanding) return [each];
    return each.from < from ? [{ ...each, until: addDays(from, -1) }] : [];
  });
}

function withChanges(promise: Promised, changes: readonly CycleChange[]): Promised {
  const inOrder = changes.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  return { ...promise, changes: inOrder };
}

/** How it comes round from then on. @throws Refusal where that is not said, or in two ways */
function everyOf({ n, unit, weekday, which }: Pick<Payload, 'n' | 'unit' | 'weekday' | 'which'>): Cycle {
  const isPeriod = n !== undefined && unit !== undefined;
  const isWeekday = weekday !== undefined && which !== undefined;
  const half = (n === undefined) !== (unit === undefined) || (weekday === undefined) !== (which === undefined);
  if (half || isPeriod === isWeekday)
    throw new Refusal(
      'wrong-state',
      'Say how it comes round from then on in one way: after how many days, weeks or months; or on which weekday of the month. On dates or at meetings: revise the plan.',
      'n',
    );
  return isPeriod ? { n, unit, convention: 'after' } : { weekday, which, convention: 'after' };
}

/** After the name of the cycle, without a full stop. */
function sentenceOf(payload: Payload): string {
  const { what, from, until = from } = payload;
  const SENTENCES: Record<Payload['what'], () => string> = {
    changed: () => `comes round ${everyInWords(everyOf(payload))} from ${formatDate(from)} on`,
    paused: () => `is paused from ${formatDate(from)} to ${formatDate(until)}`,
    resumed: () => `goes on again from ${formatDate(from)} on`,
    ended: () => `ends before ${formatDate(from)}`,
  };
  return SENTENCES[what]();
}
