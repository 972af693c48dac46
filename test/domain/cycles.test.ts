import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, fromEpochDay, toEpochDay } from '../../domain/calendar/civil-date.ts';
import { type CycleQuestion, everyInWords, occurrencesOf, ordinal } from '../../domain/plan/cycles.ts';
import type { Say } from '../../domain/schemas/part.ts';
import {
  checkChanges,
  checkCycle,
  type Cycle,
  cycle as cycleSchema,
  cycleMonth,
  whichWeekday,
} from '../../domain/schemas/cycle.ts';
import { england } from '../calendar/calendars.ts';
import { runs } from '../support/runs.ts';

// Every way in which a cycle comes round, first by dates that anybody can look up in a calendar, then against an oracle that
// counts nothing: it walks from day to day and asks of each whether it is one.

const every = (parts: Record<string, unknown>): Cycle => cycleSchema.parse(parts);

function first(howMany: number, question: Omit<CycleQuestion, 'every'> & { every: Record<string, unknown> }): string[] {
  const days: string[] = [];
  for (const { on } of occurrencesOf({ ...question, every: every(question.every) }, england)) {
    if (days.length === howMany) break;
    days.push(on);
  }
  return days;
}

describe('a cycle', () => {
  test.each([
    ['every fortnight', { n: 2, unit: 'week' }, ['2022-03-08', '2022-03-22', '2022-04-05']],
    ['every six weeks', { n: 6, unit: 'week' }, ['2022-04-05', '2022-05-17', '2022-06-28']],
    ['every 14 days', { n: 14, unit: 'calendar-day' }, ['2022-03-08', '2022-03-22', '2022-04-05']],
    ['every two months', { n: 2, unit: 'month' }, ['2022-04-22', '2022-06-22', '2022-08-22']],
    // Good Friday (15 April) and Easter Monday are left out.
    ['every 20 working days', { n: 20, unit: 'working-day' }, ['2022-03-22', '2022-04-21', '2022-05-20']],
    ['the third Tuesday', { weekday: 'tuesday', which: 'third' }, ['2022-03-15', '2022-04-19', '2022-05-17']],
    ['the last Friday', { weekday: 'friday', which: 'last' }, ['2022-02-25', '2022-03-25', '2022-04-29']],
    [
      'the first Monday of two months',
      { weekday: 'monday', which: 'first', months: ['march', 'september'] },
      ['2022-03-07', '2022-09-05', '2023-03-06'],
    ],
    [
      'the end of quarters',
      { months: ['march', 'june', 'september', 'december'] },
      ['2022-03-31', '2022-06-30', '2022-09-30'],
    ],
    [
      'the 31st of every month that has one',
      { months: ['february', 'march'], day: 31 },
      ['2022-02-28', '2022-03-31', '2023-02-28'],
    ],
    ['a list, in its order', { dates: ['2022-12-06', '2022-03-01'] }, ['2022-03-01', '2022-12-06']],
  ])('of %s', (_words, how, days) => {
    expect(first(3, { every: how, from: '2022-02-22' })).toEqual(days);
  });

  test('months are counted from their own day each time: the 31st comes back', () => {
    expect(first(3, { every: { n: 1, unit: 'month' }, from: '2022-01-31' })).toEqual([
      '2022-02-28',
      '2022-03-31',
      '2022-04-30',
    ]);
  });

  test('may be given its first day, and goes on from there', () => {
    expect(first(3, { every: { n: 1, unit: 'month' }, from: '2021-12-17', first: '2022-01-25' })).toEqual([
      '2022-01-25',
      '2022-02-25',
      '2022-03-25',
    ]);
    expect(
      first(3, { every: { weekday: 'tuesday', which: 'third' }, from: '2022-01-01', first: '2022-01-25' }),
    ).toEqual(['2022-01-25', '2022-02-15', '2022-03-15']);
  });

  test('goes by the meetings of a body, every one or every second', () => {
    const meetings = { body: 'the board', dates: ['2022-01-25', '2022-02-24', '2022-03-29', '2022-04-26'] };
    expect(first(9, { every: { meetings: 1 }, from: '2022-01-25', meetings })).toEqual(meetings.dates);
    expect(first(9, { every: { meetings: 2 }, from: '2022-01-26', meetings })).toEqual(['2022-03-29']);
    expect(first(9, { every: { meetings: 1 }, from: '2022-01-25' })).toEqual([]);
  });

  // Bury, 2022: monthly from 25 January, later every two months.
  test('that is changed goes on from the last one, and with its numbers', () => {
    const changes = [{ from: '2022-05-01', every: every({ n: 2, unit: 'month' }), reason: 'agreed' }];
    const days = [];
    for (const each of occurrencesOf(
      { every: every({ n: 1, unit: 'month' }), from: '2021-12-17', first: '2022-01-25', changes },
      england,
    )) {
      days.push(each);
      if (each.number === 6) break;
    }
    expect(days.map(({ number, on }) => `${number} ${on}`)).toEqual([
      '1 2022-01-25',
      '2 2022-02-25',
      '3 2022-03-25',
      '4 2022-04-25',
      '5 2022-06-25',
      '6 2022-08-25',
    ]);
    expect(days[0]?.why).toEqual([
      'It comes round every month, and is set to be on this day first: Tuesday 25 January 2022.',
    ]);
    expect(days[4]?.why).toEqual([
      'The cycle was changed from Sunday 1 May 2022 on: agreed.',
      'It comes round every 2 months; no. 5 is on Saturday 25 June 2022.',
    ]);
  });

  test('that is paused leaves days out, counts none of them, and keeps its days afterwards', () => {
    const changes = [{ from: '2022-03-23', until: '2022-05-31', reason: 'no meetings' }];
    const days = [];
    for (const each of occurrencesOf({ every: every({ n: 1, unit: 'month' }), from: '2022-01-25', changes }, england)) {
      days.push(each);
      if (each.number === 3) break;
    }
    expect(days.map(({ number, on }) => `${number} ${on}`)).toEqual(['1 2022-02-25', '2 2022-06-25', '3 2022-07-25']);
    expect(days[0]?.times).toBe(1);
    expect(days[1]).toMatchObject({
      why: [
        'The cycle was paused from Wednesday 23 March 2022 to Tuesday 31 May 2022: no meetings.',
        'It comes round every month; no. 2 is on Saturday 25 June 2022.',
      ],
    });
    expect(days[1]).not.toHaveProperty('times');
  });
});

/** Walks the days of a stretch and asks of each whether the cycle comes round on it. */
function walked(how: Cycle, from: string, until: string): string[] {
  const days: string[] = [];
  for (let day = addDays(from, 1); day <= until; day = addDays(day, 1)) if (isOn(how, day, from)) days.push(day);
  return days;
}

const DAY = 86_400_000;
const WEEKDAY_NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTH_NAMES: readonly string[] = cycleMonth.options;
const utc = (day: string) => new Date(`${day}T00:00:00Z`);
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** An independent answer, by the parts of JavaScript's own dates. */
function isOn(how: Cycle, day: string, from: string): boolean {
  const [at, start] = [utc(day), utc(from)];
  const passed = Math.round((at.getTime() - start.getTime()) / DAY);
  if (how.unit === 'calendar-day') return passed % (how.n ?? 1) === 0;
  if (how.unit === 'week') return passed % (7 * (how.n ?? 1)) === 0;
  const monthLength = daysIn(at.getUTCFullYear(), at.getUTCMonth());
  if (how.unit === 'month') {
    const months = (at.getUTCFullYear() - start.getUTCFullYear()) * 12 + at.getUTCMonth() - start.getUTCMonth();
    return months > 0 && months % (how.n ?? 1) === 0 && at.getUTCDate() === Math.min(start.getUTCDate(), monthLength);
  }
  if (how.months !== undefined && !how.months.some((each) => MONTH_NAMES.indexOf(each) === at.getUTCMonth()))
    return false;
  if (how.weekday === undefined)
    return at.getUTCDate() === Math.min(typeof how.day === 'number' ? how.day : 31, monthLength);
  if (WEEKDAY_NAMES[at.getUTCDay()] !== how.weekday) return false;
  if (how.which === 'last') return at.getUTCDate() + 7 > monthLength;
  return Math.ceil(at.getUTCDate() / 7) === ['first', 'second', 'third', 'fourth'].indexOf(how.which ?? '') + 1;
}

const months = fc.uniqueArray(fc.constantFrom(...cycleMonth.options), { minLength: 1, maxLength: 12 });
const anyEvery = fc.oneof(
  fc.record({ n: fc.integer({ min: 1, max: 60 }), unit: fc.constantFrom('calendar-day', 'week', 'month') }),
  fc.record(
    {
      weekday: fc.constantFrom('monday', 'tuesday', 'wednesday', 'thursday', 'friday'),
      which: fc.constantFrom(...whichWeekday.options),
      months,
    },
    { requiredKeys: ['weekday', 'which'] },
  ),
  fc.record(
    { months, day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last')) },
    { requiredKeys: ['months'] },
  ),
);
const anyDay = fc.integer({ min: toEpochDay('2015-01-01'), max: toEpochDay('2027-12-31') }).map(fromEpochDay);

function upTo(until: string, question: CycleQuestion): { number: number; on: string }[] {
  const days: { number: number; on: string }[] = [];
  for (const { number, on } of occurrencesOf(question, england)) {
    if (on > until) break;
    days.push({ number, on });
  }
  return days;
}

describe('against days that are walked', () => {
  test('whatever the way, the same days come', () => {
    fc.assert(
      fc.property(anyEvery, anyDay, (parts, from) => {
        const until = addDays(from, 800);
        const how = every(parts);
        expect(upTo(until, { every: how, from }).map(({ on }) => on)).toEqual(walked(how, from, until));
      }),
      runs(150),
    );
  });

  test('a pause takes its own days out and no others, and the rest are numbered without a gap', () => {
    fc.assert(
      fc.property(anyEvery, anyDay, fc.nat({ max: 400 }), fc.nat({ max: 300 }), (parts, from, after, long) => {
        const until = addDays(from, 800);
        const pause = { from: addDays(from, after), until: addDays(from, after + long) };
        const how = every(parts);
        const days = upTo(until, { every: how, from, changes: [pause] });
        const expected = walked(how, from, until).filter((on) => on < pause.from || on > pause.until);
        expect(days).toEqual(expected.map((on, index) => ({ number: index + 1, on })));
      }),
      runs(100),
    );
  });

  test('a change leaves what was before as it was, and goes on from there with the next number', () => {
    fc.assert(
      fc.property(anyEvery, anyEvery, anyDay, fc.nat({ max: 400 }), (parts, others, from, after) => {
        const until = addDays(from, 800);
        const [how, then] = [every(parts), every(others)];
        const changed = addDays(from, after);
        const days = upTo(until, { every: how, from, changes: [{ from: changed, every: then }] });
        const before = walked(how, from, addDays(changed, -1));
        const later = walked(then, before.at(-1) ?? from, until).filter((on) => on >= changed);
        expect(days).toEqual([...before, ...later].map((on, index) => ({ number: index + 1, on })));
      }),
      runs(100),
    );
  });
});

test.each([
  [{ n: 1, unit: 'week' }, 'every week'],
  [{ n: 6, unit: 'week' }, 'every 6 weeks'],
  [{ weekday: 'tuesday', which: 'third' }, 'on the third Tuesday of every month'],
  [{ months: ['march', 'september'] }, 'on the last day of March and September'],
  [{ months: ['january', 'april', 'july'], day: 22 }, 'on the 22nd of January, April and July'],
  [{ dates: ['2022-01-01'] }, 'on the dates on file'],
  [{ meetings: 1 }, 'at each meeting of the board'],
  [{ meetings: 3 }, 'at every 3rd meeting of the board'],
])('%j is said as %s', (how, words) => {
  expect(everyInWords(every(how), 'the board')).toBe(words);
});

test('ordinals', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 31].map(ordinal).join(' ')).toBe('1st 2nd 3rd 4th 11th 12th 13th 21st 31st');
});

describe('a cycle in a file', () => {
  const said = (check: (say: Say) => void): string[] => {
    const all: string[] = [];
    check((path, message) => all.push(`${path.join('.')}: ${message}`));
    return all;
  };

  test.each([
    [{}, 'every: expected how often: `n` with `unit`, `weekday` with `which`, `months`, `dates` or `meetings`'],
    [{ n: 1, unit: 'month', meetings: 1 }, 'every: expected one way of coming round, found n and meetings'],
    [{ n: 1 }, 'every: "n" needs "unit" beside it'],
    [{ unit: 'week' }, 'every: "unit" needs "n" beside it'],
    [{ weekday: 'monday' }, 'every: "weekday" needs "which" beside it'],
    [{ which: 'last', months: ['may'] }, 'every: "which" needs "weekday" beside it'],
    [{ day: 3, n: 1, unit: 'week' }, 'every: "day" needs "months" beside it'],
    [
      { weekday: 'monday', which: 'first', months: ['may'], day: 3 },
      'every.day: a weekday of the month has no day of the month',
    ],
    [{ n: 1, unit: 'week', convention: 'clear-before' }, 'every.convention: a cycle is counted forwards, not back'],
  ])('%j is refused', (how, sentence) => {
    expect(said((say) => checkCycle({ every: how }, ['every'], say))).toEqual([sentence]);
  });

  test('a whole one is not', () => {
    for (const how of [
      { n: 1, unit: 'week' },
      { weekday: 'monday', which: 'last', months: ['may'] },
      { dates: ['2022-01-01'] },
    ])
      expect(said((say) => checkCycle({ every: how }, ['every'], say))).toEqual([]);
  });

  test('its changes are in order, and each changes something', () => {
    const weekly = { n: 1, unit: 'week' };
    const changes = [
      { from: '2022-03-01', every: weekly },
      { from: '2022-02-01', until: '2022-01-01' },
      { from: '2022-05-01' },
      { from: '2022-06-01', every: { n: 1 }, first: '2022-05-01' },
      { from: '2022-07-01', until: '2022-08-01', first: '2022-07-05' },
    ];
    expect(said((say) => checkChanges({ changes }, ['changes'], say))).toEqual([
      'changes.1.from: this change (2022-02-01) comes after the one above it (2022-03-01): put them in their order',
      'changes.1.until: the pause ends (2022-01-01) before it begins (2022-02-01)',
      'changes.2: expected `every`, how the cycle comes round from then on, or `until`, the last day of a pause',
      'changes.3.every: "n" needs "unit" beside it',
      "changes.3.first: the first one (2022-05-01) can't be before the change (2022-06-01)",
      'changes.4.first: a pause has no first one: write `every` beside it',
    ]);
  });
});
