import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cycleIn, cycleTyped } from '../../domain/plan/cycle-typed.ts';
import { cycle, type Cycle, checkCycle, cycleMonth, whichWeekday } from '../../domain/schemas/cycle.ts';

test.each<[string, Omit<Cycle, 'convention'>]>([
  ['monthly', { n: 1, unit: 'month' }],
  ['every month', { n: 1, unit: 'month' }],
  ['Every 3 months', { n: 3, unit: 'month' }],
  ['every six weeks.', { n: 6, unit: 'week' }],
  ['every other week', { n: 2, unit: 'week' }],
  ['quarterly', { n: 3, unit: 'month' }],
  ['every two years', { n: 24, unit: 'month' }],
  ['every 10 working days', { n: 10, unit: 'working-day' }],
  ['on the first Tuesday of every month', { which: 'first', weekday: 'tuesday' }],
  ['the 3rd Friday of each month', { which: 'third', weekday: 'friday' }],
  ['the last Friday of March and September', { which: 'last', weekday: 'friday', months: ['march', 'september'] }],
  ['the 15th of Mar, Jul and Nov', { day: 15, months: ['march', 'july', 'november'] }],
  ['the last day of June', { day: 'last', months: ['june'] }],
  ['each meeting', { meetings: 1 }],
  ['at every second meeting of the Executive', { meetings: 2 }],
  ['15 September 2026, 8 December 2026', { dates: ['2026-09-15', '2026-12-08'] }],
  ['Tuesday 15 September 2026 and 8 dec 2026', { dates: ['2026-09-15', '2026-12-08'] }],
])('“%s” is read', (text, expected) => {
  expect(cycleIn(text)).toEqual({ ...expected, convention: 'after' });
});

test.each([
  '',
  'often',
  'every 3 moths',
  'every 0 weeks',
  'every month or so',
  'the first Sunday of every month',
  'the fifth Tuesday of every month',
  'the 15th',
  'the 32nd of March',
  'the 15th of March and Octember',
  'every meeting and then some',
  '15 September',
  '15 September 2026 or so',
  '31 February 2027',
  'every 51st meeting',
])('“%s” is not', (text) => {
  expect(cycleIn(text)).toBeUndefined();
});

const after = { convention: 'after' as const };
const months = fc.uniqueArray(fc.constantFrom(...cycleMonth.options), { minLength: 1, maxLength: 11 });
const weekday = fc.constantFrom('monday' as const, 'tuesday' as const, 'friday' as const);
const which = fc.constantFrom(...whichWeekday.options);
const cycles: fc.Arbitrary<Cycle> = fc
  .oneof(
    fc.record({
      n: fc.integer({ min: 1, max: 3650 }),
      unit: fc.constantFrom('working-day' as const, 'calendar-day' as const, 'week' as const, 'month' as const),
    }),
    fc.record({ weekday, which }),
    fc.record({ weekday, which, months }),
    fc.record({ months, day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)) }),
    fc.record({ meetings: fc.integer({ min: 1, max: 50 }) }),
    fc.record({
      dates: fc.constantFrom<string[]>(['2026-09-15'], ['2026-09-15', '2026-12-08', '2027-02-28']),
    }),
  )
  .map((each) => ({ ...each, ...after }));

test('whatever a cycle is, what a form shows of it is read as the same', () => {
  fc.assert(
    fc.property(cycles, (every) => {
      expect(cycleIn(cycleTyped(every))).toEqual(every);
    }),
  );
});

test('whatever is read is a cycle by the file’s own rules', () => {
  const words = fc.array(
    fc.constantFrom(
      'every',
      'each',
      'the',
      '3',
      '31st',
      'last',
      'second',
      'month',
      'weeks',
      'day',
      'friday',
      'of',
      'june',
      'and',
      'meeting',
      '2026',
      '30',
    ),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(words, (said) => {
      const every = cycleIn(said.join(' '));
      if (every === undefined) return;
      const wrong: string[] = [];
      checkCycle({ every }, ['every'], (_path, text) => wrong.push(text));
      expect([wrong, cycle.safeParse(every).success]).toEqual([[], true]);
    }),
  );
});
