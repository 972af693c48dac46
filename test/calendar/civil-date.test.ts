import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  addDays,
  compareDates,
  dateParts,
  daysBetween,
  formatDate,
  formatShortDate,
  fromEpochDay,
  isCivilDate,
  toEpochDay,
  weekday,
} from '../../domain/calendar/civil-date.ts';
import { refusal } from './calendars.ts';
import { runs } from '../support/runs.ts';

const anyEpochDay = fc.integer({ min: -719_162, max: 2_932_896 });

describe('isCivilDate', () => {
  it.each(['2016-02-29', '2000-02-29', '2015-02-28', '0001-01-01', '9999-12-31', '2016-12-31'])('%s exists', (date) =>
    expect(isCivilDate(date)).toBe(true),
  );

  it.each([
    '2015-02-29',
    '1900-02-29',
    '2016-04-31',
    '2016-13-01',
    '2016-00-10',
    '2016-01-00',
    '2016-01-32',
    '0000-01-01',
    '2016-1-01',
    '16-01-01',
    '2016/01/01',
    '2016-01/01',
    '2016-01-01T00:00',
    ' 2016-01-01',
    '-016-01-01',
    '2O16-01-01',
    '2016-0a-01',
    '2016-01-0:',
    '２０１６-01-01',
    '',
  ])('%j does not', (date) => {
    expect(isCivilDate(date)).toBe(false);
    expect(refusal(() => toEpochDay(date))).toContain('invalid-date');
  });

  it.each([undefined, null, 20160101, new Date(0)])('%s is not text', (value) => {
    expect(isCivilDate(value as unknown as string)).toBe(false);
    expect(refusal(() => toEpochDay(value as unknown as string))).toContain('write dates as text');
  });
});

describe('errors name the value and what is permitted', () => {
  it('gives the last day of the month that was meant', () => {
    expect(refusal(() => toEpochDay('2015-02-30'))).toBe(
      'invalid-date: "2015-02-30" is not a date that exists; write dates as YYYY-MM-DD, for example 2015-02-28',
    );
  });

  it('gives some date where none can be guessed', () => {
    expect(refusal(() => weekday('next Friday'))).toBe(
      'invalid-date: "next Friday" is not a date that exists; write dates as YYYY-MM-DD, for example 2016-02-19',
    );
  });

  it('does not repeat a long text in full', () => {
    expect(refusal(() => formatDate('x'.repeat(10_000))).length).toBeLessThan(150);
  });
});

describe('epoch days', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['2016-06-30', 16_982],
    ['0001-01-01', -719_162],
    ['9999-12-31', 2_932_896],
  ])('%s is day %i', (date, epochDay) => {
    expect(toEpochDay(date)).toBe(epochDay);
    expect(fromEpochDay(epochDay)).toBe(date);
  });

  it('are those of Date in UTC, both ways, for any day', () => {
    fc.assert(
      fc.property(anyEpochDay, (epochDay) => {
        const iso = new Date(epochDay * 86_400_000).toISOString().slice(0, 10);
        expect(fromEpochDay(epochDay)).toBe(iso);
        expect(toEpochDay(iso)).toBe(epochDay);
        expect(weekday(iso)).toBe(new Date(epochDay * 86_400_000).getUTCDay());
      }),
      runs(1000),
    );
  });

  it('are exactly the dates that exist, every day of 400 years', () => {
    let expected = toEpochDay('1800-01-01');
    for (let year = 1800; year < 2200; year++) {
      for (let month = 1; month <= 12; month++) {
        for (let day = 1; day <= 31; day++) {
          const two = (n: number) => String(n).padStart(2, '0');
          const date = `${year}-${two(month)}-${two(day)}`;
          if (isCivilDate(date) && toEpochDay(date) !== expected++) throw new Error(date);
        }
      }
    }
    expect(fromEpochDay(expected)).toBe('2200-01-01');
  });

  it.each([-719_163, 2_932_897, 0.5, NaN, Infinity])('%s is refused', (epochDay) => {
    expect(refusal(() => fromEpochDay(epochDay))).toMatch(
      /^out-of-range: .* days run from -719162 \(0001-01-01\) to 2932896 \(9999-12-31\)/,
    );
  });
});

describe('days', () => {
  it('are added over a leap day, a year and backwards', () => {
    expect(addDays('2016-02-28', 2)).toBe('2016-03-01');
    expect(addDays('2015-12-31', 1)).toBe('2016-01-01');
    expect(addDays('2016-03-01', -1)).toBe('2016-02-29');
    expect(addDays('2016-03-01', 0)).toBe('2016-03-01');
  });

  it('are counted without the first and with the last', () => {
    expect(daysBetween('2016-02-19', '2016-03-01')).toBe(11);
    expect(daysBetween('2016-03-01', '2016-02-19')).toBe(-11);
    expect(daysBetween('2016-03-01', '2016-03-01')).toBe(0);
  });

  it('must be whole, and end in a year that can be written', () => {
    expect(refusal(() => addDays('2016-02-28', 1.5))).toBe(
      'invalid-count: The number of days must be a whole number, not 1.5',
    );
    expect(refusal(() => addDays('2016-02-28', NaN))).toContain('invalid-count');
    expect(refusal(() => addDays('9999-12-31', 1))).toContain('out-of-range');
    expect(refusal(() => addDays('2015-02-29', 1))).toContain('invalid-date');
    expect(refusal(() => daysBetween('2015-02-28', '2015-02-29'))).toContain('invalid-date');
  });
});

describe('weekday', () => {
  it.each([
    ['2016-06-26', 0],
    ['2016-06-27', 1],
    ['2016-06-30', 4],
    ['2016-07-02', 6],
    ['1969-12-28', 0],
  ])('%s is %i', (date, day) => expect(weekday(date)).toBe(day));
});

describe('in words', () => {
  it('in full, short and in parts', () => {
    expect(formatDate('2016-06-30')).toBe('Thursday 30 June 2016');
    expect(formatDate('2011-09-05')).toBe('Monday 5 September 2011');
    expect(formatShortDate('2016-06-30')).toBe('Thu 30 June 2016');
    expect(formatShortDate('2016-12-03')).toBe('Sat 3 December 2016');
    expect(dateParts('2016-06-30')).toEqual({ year: 2016, month: 6, day: 30 });
  });

  it('only of dates that exist', () => {
    expect(refusal(() => formatDate('2015-02-29'))).toContain('invalid-date');
    expect(refusal(() => formatShortDate('2015-02-29'))).toContain('invalid-date');
    expect(refusal(() => dateParts('2015-02-29'))).toContain('invalid-date');
  });
});

describe('compareDates', () => {
  it('sorts', () => {
    expect(['2016-06-30', '2016-02-19', '2016-02-19', '2015-12-31'].sort(compareDates)).toEqual([
      '2015-12-31',
      '2016-02-19',
      '2016-02-19',
      '2016-06-30',
    ]);
  });

  it('refuses what is no date', () => {
    expect(refusal(() => compareDates('2016-06-30', 'soon'))).toContain('invalid-date');
  });
});
