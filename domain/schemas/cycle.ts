import { z } from 'zod';
import { civilDate, dayConvention, explained, line, periodUnit } from './common.ts';
import { dateAt, listAt, partAt, type Say, textAt } from './part.ts';

const cycleWeekday = explained(z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday']), {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
});

export const cycleMonth = explained(
  z.enum([
    'january',
    'february',
    'march',
    'april',
    'may',
    'june',
    'july',
    'august',
    'september',
    'october',
    'november',
    'december',
  ]),
  {
    january: 'January',
    february: 'February',
    march: 'March',
    april: 'April',
    may: 'May',
    june: 'June',
    july: 'July',
    august: 'August',
    september: 'September',
    october: 'October',
    november: 'November',
    december: 'December',
  },
);

export const whichWeekday = explained(z.enum(['first', 'second', 'third', 'fourth', 'last']), {
  first: 'the first of its month',
  second: 'the second',
  third: 'the third',
  fourth: 'the fourth',
  last: 'the last, the fourth or the fifth',
});

/**
 * How a cycle comes round, in one of five ways: after so many days, weeks or months; on a weekday of the month; on a day of
 * named months; on dates of a list; at a body's meetings. Which of them it is, its keys say; {@link checkCycle} that it is one.
 */
export const cycle = z
  .strictObject({
    n: z
      .int()
      .min(1)
      .max(3650)
      .optional()
      .meta({ description: 'After so many: with `unit`.', examples: [6] }),
    unit: periodUnit.optional().describe('What is counted.'),
    convention: dayConvention.default('after').describe('Whether the day from which it counts is a day of it.'),
    weekday: cycleWeekday.optional().describe('A weekday of the month: with `which`.'),
    which: whichWeekday.optional().describe('Which of the month’s weekdays of that name.'),
    months: z
      .array(cycleMonth)
      .min(1)
      .max(12)
      .optional()
      .meta({
        description: 'In these months: on their `day`, or on a `weekday` of theirs.',
        examples: [['march', 'september']],
      }),
    day: z
      .union([z.int().min(1).max(31), z.literal('last')])
      .optional()
      .meta({
        description: 'The day of the `months`; in a month without it, and where it is left out, the month’s last day.',
        examples: [15],
      }),
    dates: z
      .array(civilDate)
      .min(1)
      .max(500)
      .optional()
      .meta({ description: 'On these days, and no others.', examples: [['2026-09-15', '2026-12-08']] }),
    meetings: z
      .int()
      .min(1)
      .max(50)
      .optional()
      .meta({
        description: 'At each meeting of the `body` (1), at every second one (2), and so on, as they are on file.',
        examples: [1],
      }),
  })
  .meta({ part: 'cycle' });

/** From a day on a cycle comes round otherwise, or not at all for a while. What was due before stays as it was. */
export const cycleChange = z.strictObject({
  from: civilDate.meta({ description: 'From this day on.', examples: ['2026-09-01'] }),
  every: cycle
    .optional()
    .describe('How it comes round from then on, counted from the last one before. Left out: it is paused.'),
  first: civilDate
    .optional()
    .meta({ description: 'The first one from then on, where it is on a given day.', examples: ['2026-10-25'] }),
  until: civilDate.optional().meta({
    description: 'The last day of a pause; after it the cycle goes on as before.',
    examples: ['2026-12-31'],
  }),
  reason: line.optional().meta({
    description: 'Why: dates that rest on it say so.',
    examples: ['The board has agreed to meet every two months.'],
  }),
});

/** Each way in which a cycle comes round, by the key that says it. */
const WAYS = ['n', 'weekday', 'months', 'dates', 'meetings'] as const;

/** That a cycle is said in one way, and that way whole; each mistake once, at its place. */
export function checkCycle(data: unknown, path: (string | number)[], say: Say): void {
  const every = partAt(data, ...path);
  if (typeof every !== 'object' || every === null) return;
  const has = (key: string) => partAt(every, key) !== undefined;
  const ways = WAYS.filter((way) => has(way) && !(way === 'months' && has('weekday')));
  const [way] = ways;
  if (way === undefined && !has('unit'))
    return say(path, 'expected how often: `n` with `unit`, `weekday` with `which`, `months`, `dates` or `meetings`');
  if (ways.length > 1) return say(path, `expected one way of coming round, found ${ways.join(' and ')}`);
  const needs = (key: string, other: string) => {
    if (has(key) && !has(other)) say(path, `"${key}" needs "${other}" beside it`);
  };
  needs('n', 'unit');
  needs('unit', 'n');
  needs('weekday', 'which');
  needs('which', 'weekday');
  needs('day', 'months');
  if (has('day') && has('weekday')) say([...path, 'day'], 'a weekday of the month has no day of the month');
  if (textAt(every, 'convention') === 'clear-before')
    say([...path, 'convention'], 'a cycle is counted forwards, not back');
}

/** That the changes of a cycle come one after the other, and each says what it changes. */
export function checkChanges(data: unknown, path: (string | number)[], say: Say): void {
  listAt(data, ...path).forEach((change, index, changes) => {
    const at = [...path, index];
    checkCycle(data, [...at, 'every'], say);
    const [from, until] = [dateAt(change, 'from'), dateAt(change, 'until')];
    const before = index === 0 ? undefined : dateAt(changes[index - 1], 'from');
    if (from !== undefined && before !== undefined && from < before)
      say([...at, 'from'], `this change (${from}) comes after the one above it (${before}): put them in their order`);
    if (from !== undefined && until !== undefined && until < from)
      say([...at, 'until'], `the pause ends (${until}) before it begins (${from})`);
    const changed = partAt(change, 'every') !== undefined;
    if (changed === (partAt(change, 'until') !== undefined))
      say(at, 'expected `every`, how the cycle comes round from then on, or `until`, the last day of a pause');
    const first = dateAt(change, 'first');
    if (first !== undefined && from !== undefined && first < from)
      say([...at, 'first'], `the first one (${first}) can't be before the change (${from})`);
    if (first !== undefined && !changed) say([...at, 'first'], 'a pause has no first one: write `every` beside it');
  });
}

export type Cycle = z.infer<typeof cycle>;
export type CycleChange = z.infer<typeof cycleChange>;
