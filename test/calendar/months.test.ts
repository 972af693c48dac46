import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { addDays, fromEpochDay } from '../../domain/calendar/civil-date.ts';
import { addMonths, monthsBeginningWith } from '../../domain/calendar/months.ts';
import { refusal } from './calendars.ts';
import { runs } from '../support/runs.ts';

const anyDate = fc.integer({ min: 10_000, max: 25_000 }).map(fromEpochDay);

describe('addMonths', () => {
  it.each([
    ['2017-01-24', 3, '2017-04-24'],
    ['2017-01-24', 9, '2017-10-24'],
    ['2016-01-31', 1, '2016-02-29'],
    ['2015-01-31', 1, '2015-02-28'],
    ['2016-08-31', 1, '2016-09-30'],
    ['2016-11-30', 3, '2017-02-28'],
    ['2016-12-15', 1, '2017-01-15'],
    ['2016-02-29', 12, '2017-02-28'],
    ['2016-02-29', 48, '2020-02-29'],
    ['2016-03-31', -1, '2016-02-29'],
    ['2016-01-15', -1, '2015-12-15'],
    ['2016-01-15', 0, '2016-01-15'],
  ])('%s and %i months is %s', (anchor, months, date) => {
    expect(addMonths(anchor, months)).toBe(date);
  });

  it('counts from the anchor, so that the 31st comes back after February', () => {
    expect([1, 2, 3, 4].map((n) => addMonths('2016-01-31', n))).toEqual([
      '2016-02-29',
      '2016-03-31',
      '2016-04-30',
      '2016-05-31',
    ]);
  });

  it('keeps the day or takes the last of the month', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -60, max: 60 }), (anchor, months) => {
        const date = addMonths(anchor, months);
        const sameDay = date.slice(8) === anchor.slice(8);
        const lastOfMonth = addDays(date, 1).slice(8) === '01';
        expect(sameDay || (lastOfMonth && date.slice(8) < anchor.slice(8))).toBe(true);
        const monthNumber = (d: string) => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7));
        expect(monthNumber(date) - monthNumber(anchor)).toBe(months);
      }),
    );
  });

  it('refuses part months, dates that do not exist and years that cannot be written', () => {
    expect(refusal(() => addMonths('2016-01-31', 1.5))).toBe(
      'invalid-count: The number of months must be a whole number, not 1.5',
    );
    expect(refusal(() => addMonths('2016-01-31', Infinity))).toContain('invalid-count');
    expect(refusal(() => addMonths('2015-02-29', 1))).toContain('invalid-date');
    expect(refusal(() => addMonths('9999-12-01', 1))).toBe(
      'out-of-range: 9999-12-01 and 1 months is outside the years 0001 to 9999',
    );
    expect(refusal(() => addMonths('0001-01-01', -1))).toContain('out-of-range');
  });
});

describe('monthsBeginningWith', () => {
  it.each([
    ['2016-02-19', 3, '2016-05-18'],
    ['2016-01-31', 3, '2016-04-30'],
    ['2016-01-01', 1, '2016-01-31'],
    ['2016-02-01', 1, '2016-02-29'],
    ['2016-03-01', 3, '2016-05-31'],
    ['2024-03-01', 3, '2024-05-31'],
    ['2026-05-01', 3, '2026-07-31'],
    ['2026-10-01', 3, '2026-12-31'],
    ['2026-03-01', 1, '2026-03-31'],
    ['2023-03-01', 12, '2024-02-29'],
    ['2015-01-30', 1, '2015-02-28'],
    ['2015-01-29', 1, '2015-02-28'],
    ['2015-01-28', 1, '2015-02-27'],
    ['2016-02-29', 12, '2017-02-28'],
    ['2016-01-31', 2, '2016-03-30'],
    ['2016-12-01', 12, '2017-11-30'],
  ])('%s and %i months end on %s', (date, months, last) => {
    expect(monthsBeginningWith(date, months)).toBe(last);
  });

  it('ends where a walk from day to day comes to the end of its last month', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 36 }), (date, months) => {
        expect(monthsBeginningWith(date, months)).toBe(walked(date, months));
      }),
      runs(500),
    );
  });

  it('refuses a period without a month', () => {
    expect(refusal(() => monthsBeginningWith('2016-02-19', 0))).toBe(
      'invalid-count: A period beginning with a day has a whole number of months, 1 or more, not 0',
    );
    expect(refusal(() => monthsBeginningWith('2016-02-19', -1))).toContain('invalid-count');
    expect(refusal(() => monthsBeginningWith('2016-02-19', 0.5))).toContain('invalid-count');
    expect(refusal(() => monthsBeginningWith('2016-02-30', 1))).toContain('invalid-date');
  });
});

const DAY_MS = 86_400_000;

/**
 * The definition, a day at a time: a month has run out at the end of a day when the next one has the first day's number, or
 * when the day is the last of a month too short to have that number.
 */
function walked(from: string, months: number): string {
  const first = new Date(`${from}T00:00:00Z`);
  for (let at = first.getTime(), left = months; ; at += DAY_MS) {
    const next = new Date(at + DAY_MS).getUTCDate();
    const [day, number] = [new Date(at).getUTCDate(), first.getUTCDate()];
    if (next === number || (next === 1 && day < number)) left -= 1;
    if (left === 0) return new Date(at).toISOString().slice(0, 10);
  }
}
