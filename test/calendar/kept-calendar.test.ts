import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankHolidayFile, bankHolidays } from '../../client/files/bank-holiday-file.ts';
import { authorityCalendar } from '../../domain/calendar/authority-calendar.ts';
import { trimCalendar } from '../../domain/calendar/calendar-data.ts';
import { fromEpochDay, toEpochDay } from '../../domain/calendar/civil-date.ts';
import { expandCalendar, keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { type PublishedHolidays, publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { createCalendar, divisions } from '../../domain/calendar/working-calendar.ts';
import { dataFor } from './calendars.ts';
import { runs } from '../support/runs.ts';

const anyDay = fc.integer({ min: toEpochDay('2006-01-01'), max: toEpochDay('2040-12-31') }).map(fromEpochDay);
const titled = (title: string) => (dates: string[]) => dates.map((date) => ({ date, title }));

/** Any division, any years, days proclaimed and taken back in some of them, and closure days on any day. */
const calendars = fc
  .record({
    division: fc.constantFrom(...divisions),
    years: fc.tuple(anyDay, anyDay),
    approvedYears: fc.option(fc.tuple(fc.integer({ min: 2006, max: 2040 }), fc.integer({ min: 0, max: 9 })), {
      nil: null,
    }),
    proclaimed: fc.uniqueArray(anyDay, { maxLength: 5 }),
    keepsEach: fc.integer({ min: 1, max: 6 }),
    closureDays: fc.uniqueArray(anyDay, { maxLength: 12 }).map(titled('Christmas closure')),
  })
  .map(({ division, years, approvedYears, proclaimed, keepsEach, closureDays }) => {
    const whole = dataFor(division);
    const [from = '', until = ''] = years.toSorted();
    let approved: PublishedHolidays | null = null;
    if (approvedYears !== null) {
      const [first, more] = approvedYears;
      const inYears = (date: string) => Number(date.slice(0, 4)) >= first && Number(date.slice(0, 4)) <= first + more;
      const special = proclaimed.filter(inYears);
      const known = whole.holidays.filter(
        ({ date }, index) => inYears(date) && !special.includes(date) && index % 7 !== keepsEach,
      );
      approved = publishedHolidays(division, [...known, ...titled('Proclaimed')(special)]);
    }
    return {
      data: authorityCalendar(trimCalendar(whole, from, until), { division, closureDays }, approved),
      closureDays,
    };
  });

describe('a kept calendar', () => {
  it('is expanded to what it was made from, titles, order, version and all', () => {
    fc.assert(
      fc.property(calendars, ({ data, closureDays }) => {
        const kept = keepCalendar(data);
        // As it comes back from where it was kept.
        const read = JSON.parse(JSON.stringify(kept)) as typeof kept;
        expect(expandCalendar(read, closureDays)).toEqual(data);
        expect(keepCalendar(expandCalendar(read, closureDays))).toEqual(kept);
      }),
      runs(150),
    );
  });

  it('takes other closure days with the same bank holidays', () => {
    const data = dataFor('scotland');
    const days = titled('Closed')(['2026-12-29']);
    expect(
      expandCalendar(keepCalendar(authorityCalendar(data, { division: 'scotland', closureDays: days }, null)), []),
    ).toEqual(data);
  });

  it('holds no list of holidays: of 17 years a few days that were proclaimed', () => {
    const years = trimCalendar(dataFor('england-and-wales'), '2014-01-01', '2030-12-31');
    const kept = keepCalendar(years);
    expect(kept.differences).toEqual({
      added: [
        { date: '2020-05-08', title: 'Early May bank holiday (VE day)' },
        { date: '2022-06-02', title: 'Spring bank holiday' },
        { date: '2022-06-03', title: 'Platinum Jubilee bank holiday' },
        { date: '2022-09-19', title: 'Bank Holiday for the State Funeral of Queen Elizabeth II' },
        { date: '2023-05-08', title: 'Bank holiday for the coronation of King Charles III' },
      ],
      removed: ['2020-05-04', '2022-05-30'],
    });
    expect(JSON.stringify(kept).length * 12).toBeLessThan(JSON.stringify(years).length);
  });

  it('keeps both names of a day that is named twice', () => {
    const data = trimCalendar(dataFor('scotland'), '2016-01-01', '2016-12-31');
    const [first, ...rest] = data.holidays;
    const twice = { ...data, holidays: [first, first, ...rest].flatMap((day) => (day === undefined ? [] : [day])) };
    expect(expandCalendar(keepCalendar(twice), [])).toEqual(twice);
  });

  it('is expanded once for the same two objects', () => {
    const kept = keepCalendar(dataFor('northern-ireland'));
    const days = titled('Closed')(['2026-12-29']);
    expect(expandCalendar(kept, days)).toBe(expandCalendar(kept, days));
    expect(expandCalendar(kept, [...days])).not.toBe(expandCalendar(kept, days));
    expect(createCalendar(expandCalendar(kept, days)).isWorkingDay('2026-12-29')).toBe(false);
  });
});

it('the file of bank holidays is up to date: if not, run node --import tsx client/files/bank-holiday-file.ts', () => {
  expect(readFileSync(bankHolidayFile(), 'utf8')).toBe(bankHolidays());
});
