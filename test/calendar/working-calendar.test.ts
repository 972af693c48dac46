import { describe, expect, it } from 'vitest';
import { toEpochDay } from '../../domain/calendar/civil-date.ts';
import type { CalendarData, Division } from '../../domain/calendar/working-calendar.ts';
import { createCalendar, divisions } from '../../domain/calendar/working-calendar.ts';
import { dataFor, england, northernIreland, refusal, scotland } from './calendars.ts';

describe('addWorkingDays', () => {
  it.each([
    ['2016-02-19', 90, '2016-06-30'],
    ['2016-02-19', 70, '2016-06-02'],
    ['2016-02-19', 30, '2016-04-05'],
    ['2011-07-22', 90, '2011-11-28'],
    ['2011-07-22', 30, '2011-09-05'],
    ['2011-07-22', 70, '2011-10-31'],
    ['2010-10-29', 5, '2010-11-05'],
    ['2020-05-21', 5, '2020-05-29'],
    ['2017-01-24', 70, '2017-05-05'],
  ])('%s and %i working days in England is %s', (date, n, due) => {
    expect(england.addWorkingDays(date, n)).toBe(due);
  });

  it('starts on a non-working day with the first working day after it as day 1', () => {
    expect(england.addWorkingDays('2019-06-01', 20)).toBe('2019-06-28');
    expect(england.addWorkingDays('2019-06-01', 1)).toBe('2019-06-03');
    expect(england.addWorkingDays('2016-03-25', 1)).toBe('2016-03-29');
  });

  it('goes back in the same way', () => {
    expect(england.addWorkingDays('2016-06-30', -90)).toBe('2016-02-19');
    expect(england.addWorkingDays('2016-03-29', -1)).toBe('2016-03-24');
    expect(england.addWorkingDays('2019-06-02', -1)).toBe('2019-05-31');
  });

  it('by nothing is the day itself, or the next working day where it is none', () => {
    expect(england.addWorkingDays('2016-06-30', 0)).toBe('2016-06-30');
    expect(england.addWorkingDays('2016-03-25', 0)).toBe('2016-03-29');
    expect(england.addWorkingDays('2016-06-30', -0)).toBe('2016-06-30');
  });

  it('knows each division’s own days', () => {
    expect(england.addWorkingDays('2026-06-12', 1)).toBe('2026-06-15');
    expect(scotland.addWorkingDays('2026-06-12', 1)).toBe('2026-06-16');
    expect(scotland.addWorkingDays('2016-03-24', 1)).toBe('2016-03-28');
    expect(northernIreland.addWorkingDays('2016-07-11', 1)).toBe('2016-07-13');
    expect(england.addWorkingDays('2022-09-16', 1)).toBe('2022-09-20');
  });
});

describe('addWorkingDaysBeginningWith', () => {
  it('counts the day itself as day 1 where it is a working day', () => {
    expect(england.addWorkingDaysBeginningWith('2016-02-19', 1)).toBe('2016-02-19');
    expect(england.addWorkingDaysBeginningWith('2016-02-19', 90)).toBe('2016-06-29');
    expect(england.addWorkingDaysBeginningWith('2019-06-01', 1)).toBe('2019-06-03');
  });

  it('can begin with the first day of the calendar', () => {
    expect(england.addWorkingDaysBeginningWith('2006-01-01', 1)).toBe('2006-01-03');
  });
});

describe('countWorkingDays', () => {
  it.each([
    ['2015-12-17', '2016-02-19', 43],
    ['2011-06-17', '2011-07-22', 25],
    ['2020-04-08', '2020-04-30', 14],
    ['2020-04-30', '2020-05-21', 14],
    ['2016-02-19', '2016-05-10', 54],
    ['2016-02-19', '2016-02-19', 0],
    ['2016-03-24', '2016-03-28', 0],
    ['2016-03-29', '2016-03-24', -1],
    ['2016-02-19', '2015-12-17', -43],
  ])('from %s to %s there are %i', (from, to, count) => {
    expect(england.countWorkingDays(from, to)).toBe(count);
  });

  it('is the same back from a non-working day as on', () => {
    expect(england.countWorkingDays('2016-03-26', '2016-03-24')).toBe(-1);
    expect(england.countWorkingDays('2016-03-26', '2016-03-29')).toBe(1);
  });
});

describe('clearDaysBefore', () => {
  it.each([
    ['2016-05-10', 5, '2016-04-29'],
    ['2016-05-10', 28, '2016-03-29'],
    ['2011-08-18', 5, '2011-08-10'],
    ['2020-05-21', 5, '2020-05-13'],
    ['2016-03-29', 0, '2016-03-24'],
    ['2016-03-26', 0, '2016-03-24'],
    ['2016-03-26', 1, '2016-03-23'],
  ])('a meeting on %s with %i clear days is published by %s', (meeting, n, latest) => {
    expect(england.clearDaysBefore(meeting, n)).toBe(latest);
  });
});

describe('nextWorkingDay, previousWorkingDay and isWorkingDay', () => {
  it('keep a working day and pass Easter both ways', () => {
    expect(england.nextWorkingDay('2016-03-24')).toBe('2016-03-24');
    expect(england.previousWorkingDay('2016-03-24')).toBe('2016-03-24');
    expect(england.nextWorkingDay('2016-03-25')).toBe('2016-03-29');
    expect(england.previousWorkingDay('2016-03-28')).toBe('2016-03-24');
    const easter = ['2016-03-24', '2016-03-25', '2016-03-26', '2016-03-28', '2016-03-29'];
    expect(easter.map((date) => england.isWorkingDay(date))).toEqual([true, false, false, false, true]);
    expect(scotland.isWorkingDay('2016-03-28')).toBe(true);
  });
});

describe('skippedHolidays', () => {
  it('are those on weekdays after the first day up to and including the last', () => {
    const skipped = england.skippedHolidays('2016-02-19', '2016-06-30');
    expect(skipped.map(({ date, title }) => `${date} ${title}`)).toEqual([
      '2016-03-25 Good Friday',
      '2016-03-28 Easter Monday',
      '2016-05-02 Early May bank holiday',
      '2016-05-30 Spring bank holiday',
    ]);
    expect(england.skippedHolidays('2016-03-25', '2016-03-28')).toHaveLength(1);
    expect(england.skippedHolidays('2016-03-28', '2016-05-01')).toEqual([]);
  });

  it('mirror where the count goes back', () => {
    const titles = england.skippedHolidays('2016-03-28', '2016-03-25').map(({ title }) => title);
    expect(titles).toEqual(['Good Friday']);
  });

  it('leave out weekends, and name a day once', () => {
    const calendar = createCalendar({
      ...small,
      holidays: [
        { date: '2016-03-26', title: 'A Saturday' },
        { date: '2016-03-25', title: 'Good Friday' },
        { date: '2016-03-25', title: 'Closed as well', kind: 'closure' },
      ],
    });
    expect(calendar.skippedHolidays('2016-03-01', '2016-03-31')).toEqual([
      { date: '2016-03-25', title: 'Good Friday' },
    ]);
  });
});

describe('isProvisional', () => {
  it('is so after the last published day', () => {
    expect(england.isProvisional('2028-12-31')).toBe(false);
    expect(england.isProvisional('2029-01-01')).toBe(true);
    expect(refusal(() => england.isProvisional('2029-02-29'))).toContain('invalid-date');
  });
});

const small: CalendarData = {
  division: 'england-and-wales',
  version: 'test',
  from: '2016-01-01',
  until: '2016-12-31',
  publishedUntil: '2016-12-31',
  holidays: [],
};

describe('the years for which holidays are known', () => {
  const calendar = createCalendar(small);

  it('are never left, whichever way', () => {
    const leaving = [
      () => calendar.addWorkingDays('2015-12-31', 1),
      () => calendar.addWorkingDays('2017-01-01', -1),
      () => calendar.addWorkingDays('2016-12-30', 1),
      () => calendar.addWorkingDays('2016-01-01', -1),
      () => calendar.addWorkingDays('2016-12-31', 0),
      () => calendar.addWorkingDays('2016-01-01', 1e300),
      () => calendar.addWorkingDays('2016-01-01', -1e300),
      () => calendar.addWorkingDaysBeginningWith('2016-12-31', 1),
      () => calendar.addWorkingDaysBeginningWith('2015-12-31', 1),
      () => calendar.countWorkingDays('2015-12-31', '2016-01-04'),
      () => calendar.countWorkingDays('2016-01-04', '2017-01-01'),
      () => calendar.clearDaysBefore('2016-01-04', 1),
      () => calendar.clearDaysBefore('2017-01-04', 1),
      () => calendar.nextWorkingDay('2016-12-31'),
      () => calendar.nextWorkingDay('2017-01-03'),
      () => calendar.previousWorkingDay('2015-12-31'),
      () => calendar.isWorkingDay('2017-01-03'),
      () => calendar.skippedHolidays('2015-12-31', '2016-01-31'),
      () => calendar.skippedHolidays('2016-01-31', '2017-01-01'),
      () => calendar.isWorkingDayEpoch(toEpochDay('2017-01-03')),
      () => calendar.addWorkingDaysEpoch(NaN, 1),
      () => calendar.addWorkingDaysEpoch(toEpochDay('2016-06-30') + 0.5, 1),
    ];
    for (const call of leaving) expect(refusal(call)).toContain('out-of-range');
  });

  it('are named by the error', () => {
    const known =
      'the years for which holidays are known, from 2006-01-01 to 2040-12-31 in the calendar for england-and-wales';
    expect(refusal(() => england.isWorkingDay('2041-01-02'))).toBe(`out-of-range: 2041-01-02 is outside ${known}`);
    expect(refusal(() => england.addWorkingDays('2040-12-31', 5))).toBe(
      `out-of-range: Counting working days from 2040-12-31 leaves ${known}`,
    );
    expect(refusal(() => england.isWorkingDayEpoch(1.5e6))).toContain('Day 1500000 is outside');
  });

  it('include their first and last day', () => {
    expect(calendar.addWorkingDays('2016-01-01', 260)).toBe('2016-12-30');
    expect(calendar.addWorkingDays('2016-12-31', -261)).toBe('2016-01-01');
    expect(calendar.isWorkingDay('2016-01-01')).toBe(true);
  });
});

describe('what is refused', () => {
  it.each([1.5, NaN, Infinity, -Infinity, '5' as unknown as number, undefined as unknown as number])(
    'a count of %s',
    (n) => {
      const calls = [
        () => england.addWorkingDays('2016-02-19', n),
        () => england.addWorkingDaysBeginningWith('2016-02-19', n),
        () => england.clearDaysBefore('2016-02-19', n),
      ];
      for (const call of calls) expect(refusal(call)).toContain('invalid-count');
    },
  );

  it('a period of no days, and fewer than no clear days', () => {
    expect(refusal(() => england.addWorkingDaysBeginningWith('2016-02-19', 0))).toBe(
      'invalid-count: The number of working days must be a whole number of 1 or more, not 0',
    );
    expect(refusal(() => england.clearDaysBefore('2016-02-19', -1))).toBe(
      'invalid-count: The number of working days must be a whole number of 0 or more, not -1',
    );
  });

  it('a date that does not exist', () => {
    const no = '2015-02-29';
    const calls = [
      () => england.isWorkingDay(no),
      () => england.addWorkingDays(no, 1),
      () => england.addWorkingDaysBeginningWith(no, 1),
      () => england.countWorkingDays(no, '2016-01-01'),
      () => england.countWorkingDays('2016-01-01', no),
      () => england.clearDaysBefore(no, 1),
      () => england.nextWorkingDay(no),
      () => england.previousWorkingDay(no),
      () => england.skippedHolidays(no, '2016-01-01'),
      () => england.skippedHolidays('2016-01-01', no),
    ];
    for (const call of calls) expect(refusal(call)).toContain('invalid-date');
  });

  it('data that is not in order', () => {
    const make = (change: Partial<CalendarData>) => () => createCalendar({ ...small, ...change });
    expect(refusal(make({ division: 'wales' as Division }))).toBe(
      'unknown-division: "wales" is not a division; the divisions are england-and-wales, scotland, northern-ireland',
    );
    expect(refusal(make({ from: '2017-01-01' }))).toContain('2017-01-01 is after 2016-12-31');
    expect(refusal(make({ from: '2016-01-00' }))).toContain('invalid-date');
    expect(refusal(make({ until: '2016' }))).toContain('invalid-date');
    expect(refusal(make({ publishedUntil: '' }))).toContain('invalid-date');
    expect(refusal(make({ holidays: [{ date: '2016-02-30', title: 'x' }] }))).toContain('invalid-date');
    expect(refusal(make({ holidays: [{ date: '2017-01-02', title: 'New Year' }] }))).toBe(
      'out-of-range: New Year on 2017-01-02 is outside the calendar, which runs from 2016-01-01 to 2016-12-31',
    );
  });
});

describe('a calendar', () => {
  it('carries what its dates are explained with', () => {
    const { division, version, from, until, publishedUntil } = scotland;
    expect({ division, version, from, until, publishedUntil }).toEqual({
      division: 'scotland',
      version: '2026-08-21',
      from: '2006-01-01',
      until: '2040-12-31',
      publishedUntil: '2028-12-31',
    });
  });

  it('is made from plain JSON and leaves it as it was', () => {
    for (const division of divisions) {
      const data = dataFor(division);
      const text = JSON.stringify(data);
      const again = createCalendar(JSON.parse(text) as CalendarData);
      expect(again.addWorkingDays('2016-02-19', 500)).toBe(createCalendar(data).addWorkingDays('2016-02-19', 500));
      expect(JSON.stringify(data)).toBe(text);
    }
  });
});
