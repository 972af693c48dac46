import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { addDays, fromEpochDay, toEpochDay } from '../../domain/calendar/civil-date.ts';
import { EVENTS, eventInWords } from '../../domain/facts/events.ts';
import { CONFIDENCES, citationSentence } from '../../domain/plan/citation.ts';
import {
  amountInWords,
  type Convention,
  CONVENTIONS,
  cycleInWords,
  lastDayOf,
  latestStartOf,
  periodInWords,
  type Unit,
  UNITS,
} from '../../domain/plan/counting.ts';
import { byDue } from '../../domain/plan/plan.ts';
import { STRENGTHS } from '../../domain/milestone/strengths.ts';
import { period } from '../../domain/schemas/common.ts';
import { triggerEvent, rule } from '../../domain/schemas/rule-pack.ts';
import { england } from '../calendar/calendars.ts';
import { runs } from '../support/runs.ts';

const units: Unit[] = period.shape.unit.options;
const conventions: Convention[] = period.shape.convention.unwrap().options;
const cells = units.flatMap((unit) => conventions.map((convention) => ({ unit, convention })));
const anyDate = fc.integer({ min: toEpochDay('2012-01-01'), max: toEpochDay('2032-12-31') }).map(fromEpochDay);

describe.each(cells)('$unit, $convention', ({ unit, convention }) => {
  const isStart = (day: string): boolean => !UNITS[unit].working || england.isWorkingDay(day);

  it('backwards finds the latest start that has run out by the day', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 30 }), (day, n) => {
        const asked = { n, unit, convention };
        const start = latestStartOf(asked, day, england);
        expect(isStart(start)).toBe(true);
        expect(lastDayOf(asked, start, england) <= day).toBe(true);
        let next = addDays(start, 1);
        while (!isStart(next)) next = addDays(next, 1);
        expect(lastDayOf(asked, next, england) > day).toBe(true);
      }),
      runs(100),
    );
  });

  it('a later start never ends earlier', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 30 }), (day, n) => {
        const asked = { n, unit, convention };
        expect(lastDayOf(asked, day, england) <= lastDayOf(asked, addDays(day, 1), england)).toBe(true);
      }),
      runs(100),
    );
  });

  it('has words', () => {
    expect(periodInWords({ n: 2, unit, convention })).toMatch(/^2 (clear )?(working days|days|weeks|months) /);
    expect(cycleInWords({ n: 1, unit, convention })).toMatch(/^every (working day|day|week|month)$/);
    expect(CONVENTIONS[convention].sentence('2 days', '', 'Friday 1 July 2016', true)).toMatch(
      /^2 days .*1 July 2016\.$/,
    );
  });
});

test.each([
  [{ n: 3, unit: 'month', convention: 'beginning-with' }, '2024-03-01', '2024-05-31'],
  [{ n: 3, unit: 'month', convention: 'beginning-with' }, '2016-02-19', '2016-05-18'],
  [{ n: 3, unit: 'month', convention: 'beginning-with' }, '2016-01-31', '2016-04-30'],
  [{ n: 12, unit: 'month', convention: 'beginning-with' }, '2023-03-01', '2024-02-29'],
  [{ n: 56, unit: 'calendar-day', convention: 'beginning-with' }, '2016-02-19', '2016-04-14'],
  [{ n: 90, unit: 'working-day', convention: 'after' }, '2016-02-19', '2016-06-30'],
  [{ n: 6, unit: 'week', convention: 'after' }, '2019-04-30', '2019-06-11'],
  [{ n: 1, unit: 'week', convention: 'beginning-with' }, '2016-02-19', '2016-02-25'],
  [{ n: 5, unit: 'working-day', convention: 'clear-before' }, '2016-05-10', '2016-04-29'],
  [{ n: 28, unit: 'calendar-day', convention: 'clear-before' }, '2016-05-31', '2016-05-02'],
  [{ n: 1, unit: 'month', convention: 'clear-before' }, '2016-05-31', '2016-04-29'],
  [{ n: 0, unit: 'month', convention: 'beginning-with' }, '2016-03-01', '2016-02-29'],
] as const)('%j from %s is %s', (asked, start, last) => {
  expect(lastDayOf(asked, start, england)).toBe(last);
});

test.each([
  [{ n: 90, unit: 'working-day', convention: 'after' }, '90 working days after the day'],
  [{ n: 1, unit: 'month', convention: 'beginning-with' }, '1 month beginning with the day'],
  [{ n: 1, unit: 'working-day', convention: 'clear-before' }, '1 clear working day before the day'],
  [{ n: 28, unit: 'calendar-day', convention: 'clear-before' }, '28 clear days before the day'],
] as const)('%j is said as %s', (asked, words) => {
  expect(periodInWords(asked)).toBe(words);
  expect(amountInWords(asked)).toBe(words.replace(/ (after|before|beginning with) the day$/, ''));
});

test.each([
  [{ n: 1, unit: 'month', convention: 'after' }, 'every month'],
  [{ n: 3, unit: 'month', convention: 'after' }, 'every 3 months'],
] as const)('a cycle of %j is said as %s', (period, words) => {
  expect(cycleInWords(period)).toBe(words);
});

test('a plan is in order of what is late first, and then by id', () => {
  const at = (dueAt: string, id: string) => ({ dueAt: `2016-02-${dueAt}T00:00:00.000Z`, id });
  expect(byDue(at('19', 'b'), at('22', 'a'))).toBe(-1);
  expect(byDue(at('22', 'a'), at('19', 'b'))).toBe(1);
  expect(byDue(at('19', 'a'), at('19', 'b'))).toBe(-1);
  expect(byDue(at('19', 'b'), at('19', 'a'))).toBe(1);
  expect(byDue(at('19', 'a'), at('19', 'a'))).toBe(0);
});

test('every name of the schemas has its words, and there are no others', () => {
  expect(Object.keys(UNITS).sort()).toEqual([...units].sort());
  expect(Object.keys(CONVENTIONS).sort()).toEqual([...conventions].sort());
  expect(Object.keys(EVENTS).sort()).toEqual(
    [...triggerEvent.options, 'action-date', 'commitment', 'handed-in', 'was-done'].sort(),
  );
  expect(Object.keys(STRENGTHS).sort()).toEqual([...rule.shape.strength.options].sort());
  expect(citationSentence({ cite: 'SI 2007/462 reg 3', confidence: 'M' })).toBe(
    'SI 2007/462 reg 3 (a secondary source was read)',
  );
  expect(Object.entries(CONFIDENCES).flatMap(([letter, { verified }]) => (verified ? [letter] : []))).toEqual([
    'H',
    'M',
  ]);
  expect(eventInWords('statement-required')).toBe('it was determined that a statement is required');
});
