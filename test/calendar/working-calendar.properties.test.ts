import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { addDays, fromEpochDay, toEpochDay } from '../../domain/calendar/civil-date.ts';
import type { CalendarData, WorkingCalendar } from '../../domain/calendar/working-calendar.ts';
import { createCalendar, divisions } from '../../domain/calendar/working-calendar.ts';
import { dataFor } from './calendars.ts';
import { runs } from '../support/runs.ts';
import { dayByDay } from './day-by-day.ts';

const RUNS = runs(150);
const dateIn = (from: string, until: string) =>
  fc.integer({ min: toEpochDay(from), max: toEpochDay(until) }).map(fromEpochDay);

/** Dates far enough from both ends that no count below leaves the years known. */
const anyDate = dateIn('2009-01-01', '2037-12-31');
const anyCount = fc.integer({ min: -300, max: 300 });

interface Case {
  data: CalendarData;
  calendar: WorkingCalendar;
  naive: ReturnType<typeof dayByDay>;
}

function caseOf(data: CalendarData): Case {
  return { data, calendar: createCalendar(data), naive: dayByDay(data) };
}

const cases = divisions.map((division) => caseOf(dataFor(division)));

describe.each(cases)('in $data.division', ({ calendar, naive }) => {
  it('agrees with counting day by day', () => {
    fc.assert(
      fc.property(anyDate, anyDate, anyCount, (date, other, n) => {
        expect(calendar.isWorkingDay(date)).toBe(naive.isWorkingDay(date));
        expect(calendar.nextWorkingDay(date)).toBe(naive.nextWorkingDay(date));
        expect(calendar.previousWorkingDay(date)).toBe(naive.previousWorkingDay(date));
        expect(calendar.addWorkingDays(date, n)).toBe(naive.addWorkingDays(date, n));
        const size = Math.abs(n);
        expect(calendar.addWorkingDaysBeginningWith(date, size + 1)).toBe(
          naive.addWorkingDaysBeginningWith(date, size + 1),
        );
        const near = addDays(date, (toEpochDay(other) % 801) - 400);
        expect(calendar.countWorkingDays(date, near)).toBe(naive.countWorkingDays(date, near));
      }),
      RUNS,
    );
  });

  it('agrees on clear days, which lie strictly between, and none later would do', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 40 }), (meeting, n) => {
        const latest = calendar.clearDaysBefore(meeting, n);
        expect(latest).toBe(naive.clearDaysBefore(meeting, n));
        expect(calendar.isWorkingDay(latest)).toBe(true);
        expect(naive.workingDaysStrictlyBetween(latest, meeting)).toBe(n);
        const later = calendar.addWorkingDays(latest, 1);
        if (later < meeting) {
          expect(naive.workingDaysStrictlyBetween(later, meeting)).toBe(n - 1);
        } else {
          expect(n).toBe(0);
        }
      }),
      RUNS,
    );
  });

  it('counts back what it added, both ways', () => {
    fc.assert(
      fc.property(anyDate, anyCount, (date, n) => {
        fc.pre(n !== 0 || calendar.isWorkingDay(date));
        const due = calendar.addWorkingDays(date, n);
        expect(calendar.isWorkingDay(due)).toBe(true);
        expect(calendar.countWorkingDays(date, due)).toBe(n);
      }),
      RUNS,
    );
  });

  it('adds back what it counted, to a working day', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (from, to) => {
        const working = calendar.nextWorkingDay(to);
        fc.pre(working !== from);
        const count = calendar.countWorkingDays(from, working);
        fc.pre(count !== 0);
        expect(calendar.addWorkingDays(from, count)).toBe(working);
      }),
      RUNS,
    );
  });

  it('goes on and back to the same working day', () => {
    fc.assert(
      fc.property(anyDate, anyCount, (date, n) => {
        const start = calendar.nextWorkingDay(date);
        expect(calendar.addWorkingDays(calendar.addWorkingDays(start, n), -n)).toBe(start);
        expect(calendar.countWorkingDays(start, calendar.addWorkingDays(start, n))).toBe(n);
      }),
      RUNS,
    );
  });

  it('counts the same between two working days in either direction', () => {
    fc.assert(
      fc.property(anyDate, anyDate, (a, b) => {
        const from = calendar.nextWorkingDay(a);
        const to = calendar.nextWorkingDay(b);
        expect(calendar.countWorkingDays(to, from) + calendar.countWorkingDays(from, to)).toBe(0);
      }),
      RUNS,
    );
  });

  it('is later for a later day and for more days', () => {
    fc.assert(
      fc.property(anyDate, fc.nat({ max: 400 }), anyCount, (date, days, n) => {
        const due = calendar.addWorkingDays(date, n);
        expect(calendar.addWorkingDays(addDays(date, days), n) >= due).toBe(true);
        expect(calendar.addWorkingDays(date, n + 1) >= due).toBe(true);
        if (n !== 0 && n !== -1) expect(calendar.addWorkingDays(date, n + 1) > due).toBe(true);
      }),
      RUNS,
    );
  });

  it('beginning with a day is after the day before', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 300 }), (date, n) => {
        expect(calendar.addWorkingDaysBeginningWith(date, n)).toBe(calendar.addWorkingDays(addDays(date, -1), n));
      }),
      RUNS,
    );
  });

  it('skips as many holidays as weekdays are missing from the count', () => {
    const weekdaysOnly = createCalendar({ ...calendarData(calendar), holidays: [] });
    fc.assert(
      fc.property(anyDate, anyDate, (from, to) => {
        const missing = weekdaysOnly.countWorkingDays(from, to) - calendar.countWorkingDays(from, to);
        expect(calendar.skippedHolidays(from, to)).toHaveLength(Math.abs(missing));
      }),
      RUNS,
    );
  });

  it('gives the same on epoch days as on dates', () => {
    fc.assert(
      fc.property(anyDate, anyDate, anyCount, (date, other, n) => {
        const day = toEpochDay(date);
        const size = Math.abs(n);
        const onDates = [
          calendar.addWorkingDays(date, n),
          calendar.addWorkingDaysBeginningWith(date, size + 1),
          calendar.clearDaysBefore(date, size),
          calendar.nextWorkingDay(date),
          calendar.previousWorkingDay(date),
        ];
        const onDays = [
          calendar.addWorkingDaysEpoch(day, n),
          calendar.addWorkingDaysBeginningWithEpoch(day, size + 1),
          calendar.clearDaysBeforeEpoch(day, size),
          calendar.nextWorkingDayEpoch(day),
          calendar.previousWorkingDayEpoch(day),
        ];
        expect(onDays.map(fromEpochDay)).toEqual(onDates);
        expect(calendar.isWorkingDayEpoch(day)).toBe(calendar.isWorkingDay(date));
        expect(calendar.countWorkingDaysEpoch(day, toEpochDay(other))).toBe(calendar.countWorkingDays(date, other));
      }),
      RUNS,
    );
  });
});

function calendarData({ division, version, from, until, publishedUntil }: WorkingCalendar) {
  return { division, version, from, until, publishedUntil };
}

describe('with any holidays at all', () => {
  // Runs of holidays, none, whole months, before and after 1970: what no published calendar has.
  const inTheMiddle = dateIn('1968-06-01', '1971-06-01');
  const anyHolidays = fc.uniqueArray(inTheMiddle, { maxLength: 250 });

  it('agrees with counting day by day', () => {
    fc.assert(
      fc.property(anyHolidays, inTheMiddle, inTheMiddle, fc.integer({ min: -150, max: 150 }), (dates, date, to, n) => {
        const { calendar, naive } = caseOf({
          division: 'scotland',
          version: 'any',
          from: '1960-01-01',
          until: '1980-12-31',
          publishedUntil: '1980-12-31',
          holidays: dates.map((day) => ({ date: day, title: 'Holiday' })),
        });
        expect(calendar.isWorkingDay(date)).toBe(naive.isWorkingDay(date));
        expect(calendar.addWorkingDays(date, n)).toBe(naive.addWorkingDays(date, n));
        expect(calendar.countWorkingDays(date, to)).toBe(naive.countWorkingDays(date, to));
        expect(calendar.clearDaysBefore(date, Math.abs(n))).toBe(calendar.addWorkingDays(date, -Math.abs(n) - 1));
        expect(calendar.previousWorkingDay(date)).toBe(naive.previousWorkingDay(date));
      }),
      RUNS,
    );
  });
});
