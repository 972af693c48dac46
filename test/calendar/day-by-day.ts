import type { CalendarData } from '../../domain/calendar/working-calendar.ts';

interface Day {
  before: string;
  next: string;
  weekend: boolean;
}

const days = new Map<string, Day>();

/** A day as `Date` has it, kept: the walks below come by the same days again and again. */
function neighbours(date: string): Day {
  const known = days.get(date) ?? {
    before: shifted(date, -1).toISOString().slice(0, 10),
    next: shifted(date, 1).toISOString().slice(0, 10),
    weekend: [0, 6].includes(shifted(date, 0).getUTCDay()),
  };
  days.set(date, known);
  return known;
}

function shifted(date: string, by: number): Date {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + by);
  return day;
}

/**
 * Working days the slow way, one day after another and with `Date` in UTC: an oracle that shares no code and no idea with
 * the calendar under test.
 */
export function dayByDay(data: CalendarData) {
  const holidays = new Set(data.holidays.map(({ date }) => date));
  const step = (date: string, direction: number): string =>
    direction > 0 ? neighbours(date).next : neighbours(date).before;
  const isWorkingDay = (date: string): boolean => !neighbours(date).weekend && !holidays.has(date);
  const nextWorkingDay = (date: string): string => (isWorkingDay(date) ? date : nextWorkingDay(step(date, 1)));
  const previousWorkingDay = (date: string): string => (isWorkingDay(date) ? date : previousWorkingDay(step(date, -1)));
  const addWorkingDays = (date: string, n: number): string => {
    if (n === 0) return nextWorkingDay(date);
    const direction = Math.sign(n);
    let day = date;
    for (let left = Math.abs(n); left > 0;) {
      day = step(day, direction);
      if (isWorkingDay(day)) left--;
    }
    return day;
  };
  const countWorkingDays = (from: string, to: string): number => {
    let count = 0;
    for (let day = from; day < to;) {
      day = step(day, 1);
      if (isWorkingDay(day)) count++;
    }
    for (let day = from; day > to;) {
      day = step(day, -1);
      if (isWorkingDay(day)) count--;
    }
    return count;
  };
  const workingDaysStrictlyBetween = (from: string, to: string): number => {
    let count = 0;
    for (let day = step(from, 1); day < to; day = step(day, 1)) if (isWorkingDay(day)) count++;
    return count;
  };
  const clearDaysBefore = (meeting: string, n: number): string => {
    let day = step(meeting, -1);
    while (!isWorkingDay(day) || workingDaysStrictlyBetween(day, meeting) < n) day = step(day, -1);
    return day;
  };
  return {
    isWorkingDay,
    nextWorkingDay,
    previousWorkingDay,
    addWorkingDays,
    addWorkingDaysBeginningWith: (date: string, n: number) => addWorkingDays(step(date, -1), n),
    countWorkingDays,
    workingDaysStrictlyBetween,
    clearDaysBefore,
  };
}
