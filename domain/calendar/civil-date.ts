import { CalendarError } from './calendar-error.ts';
import { type Weekday, weekdayOfEpochDay } from './epoch-day.ts';
import { daysFrom, inWords } from './ordinary-dates.ts';
import { type CivilDate, fromEpochDay, toEpochDay } from './parse-date.ts';

export { mondayOf } from './ordinary-dates.ts';
export { type CivilDate, fromEpochDay, isCivilDate, toEpochDay } from './parse-date.ts';

/** A year, a month (1 to 12) and a day of the month (1 to 31). */
export interface DateParts {
  year: number;
  month: number;
  day: number;
}

/**
 * The year, month and day of a date.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * dateParts('2016-06-30') // { year: 2016, month: 6, day: 30 }
 */
export function dateParts(date: CivilDate): DateParts {
  toEpochDay(date);
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8)),
  };
}

/**
 * The day of the week, 0 = Sunday to 6 = Saturday.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * weekday('2016-06-30') // 4, a Thursday
 */
export function weekday(date: CivilDate): Weekday {
  return weekdayOfEpochDay(toEpochDay(date));
}

/**
 * The date `days` calendar days later, or earlier where `days` is negative. Weekends and holidays count.
 *
 * @throws CalendarError `invalid-date`; `invalid-count` where `days` is not a whole number; `out-of-range`
 * @example
 * addDays('2016-02-28', 2) // '2016-03-01'
 */
export function addDays(date: CivilDate, days: number): CivilDate {
  const epochDay = toEpochDay(date);
  if (!Number.isInteger(days)) {
    throw new CalendarError('invalid-count', `The number of days must be a whole number, not ${days}`);
  }
  return fromEpochDay(epochDay + days);
}

/**
 * Calendar days from one date to another: `from` isn't counted, `to` is. Negative where `to` is earlier.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * daysBetween('2016-02-19', '2016-03-01') // 11
 */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return daysFrom(from, to);
}

/**
 * The order of two dates, for `sort`: -1 where `a` is earlier, 1 where it is later, 0 where they are the same.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * ['2016-06-30', '2016-02-19'].sort(compareDates) // ['2016-02-19', '2016-06-30']
 */
export function compareDates(a: CivilDate, b: CivilDate): -1 | 0 | 1 {
  const difference = toEpochDay(a) - toEpochDay(b);
  return difference < 0 ? -1 : difference > 0 ? 1 : 0;
}

/**
 * The date in full, as letters and mail write it.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * formatDate('2016-06-30') // 'Thursday 30 June 2016'
 */
export function formatDate(date: CivilDate): string {
  return inWords(date, 'full');
}

/**
 * The date with a short day name, as tables write it.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * formatShortDate('2016-06-30') // 'Thu 30 June 2016'
 */
export function formatShortDate(date: CivilDate): string {
  return inWords(date, 'short');
}

/**
 * The date's month, as a calendar's page is headed.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * formatMonth('2016-06-30') // 'June 2016'
 */
export function formatMonth(date: CivilDate): string {
  return inWords(date, 'month');
}

/**
 * The date's month, cut short, as an axis is marked.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * formatShortMonth('2016-06-30') // 'Jun'
 */
export function formatShortMonth(date: CivilDate): string {
  return inWords(date, 'short-month');
}
