import { CalendarError, shown } from './calendar-error.ts';
import type { Weekday } from './epoch-day.ts';
import { FIRST_DAY, LAST_DAY, NOT_A_DATE, parseEpochDay, weekdayOfEpochDay, writeEpochDay } from './epoch-day.ts';

/**
 * A civil date `YYYY-MM-DD`, years 0001 to 9999, with no time and no zone. Civil dates compare with `<` and `>`.
 *
 * Everything here is whole-number arithmetic on purpose: Temporal replaces `Date` in workflow code, and `Date`'s local
 * getters depend on the process's zone.
 */
export type CivilDate = string;

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/**
 * Whether the text is a date that exists, written YYYY-MM-DD, in the years 0001 to 9999.
 *
 * @example
 * isCivilDate('2016-02-29') // true
 * isCivilDate('2015-02-29') // false
 */
export function isCivilDate(text: string): boolean {
  return parseEpochDay(text) !== NOT_A_DATE;
}

/**
 * The number of days from 1970-01-01 to the date; dates before it are negative.
 *
 * @throws CalendarError `invalid-date` where the date doesn't exist
 * @example
 * toEpochDay('2016-06-30') // 16982
 */
export function toEpochDay(date: CivilDate): number {
  const epochDay = parseEpochDay(date);
  if (epochDay === NOT_A_DATE) throw invalidDate(date);
  return epochDay;
}

function invalidDate(date: unknown): CalendarError {
  const hint = typeof date === 'string' ? nearestDate(date) : 'write dates as text, YYYY-MM-DD, for example 2016-02-19';
  return new CalendarError('invalid-date', `${shown(date)} is not a date that exists; ${hint}`);
}

/** For 2015-02-30 the example given is 2015-02-28: the last day of the month that was meant. */
function nearestDate(text: string): string {
  const lastOfMonth = [31, 30, 29, 28].map((day) => `${text.slice(0, 7)}-${day}`).find(isCivilDate);
  return `write dates as YYYY-MM-DD, for example ${lastOfMonth ?? '2016-02-19'}`;
}

/**
 * The civil date of an epoch day.
 *
 * @throws CalendarError `out-of-range` outside the years 0001 to 9999, or where it is not a whole number
 * @example
 * fromEpochDay(16982) // '2016-06-30'
 */
export function fromEpochDay(epochDay: number): CivilDate {
  if (!(epochDay >= FIRST_DAY && epochDay <= LAST_DAY) || !Number.isInteger(epochDay)) {
    throw new CalendarError(
      'out-of-range',
      `${epochDay} is not the number of a day; days run from ${FIRST_DAY} (0001-01-01) to ${LAST_DAY} (9999-12-31), in whole numbers`,
    );
  }
  return writeEpochDay(epochDay);
}

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
  return toEpochDay(to) - toEpochDay(from);
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
  return inWords(date, (name) => name);
}

/**
 * The date with a short day name, as tables write it.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * formatShortDate('2016-06-30') // 'Thu 30 June 2016'
 */
export function formatShortDate(date: CivilDate): string {
  return inWords(date, (name) => name.slice(0, 3));
}

function inWords(date: CivilDate, dayName: (name: string) => string): string {
  const epochDay = toEpochDay(date);
  const { year, month, day } = dateParts(date);
  return `${dayName(WEEKDAYS[weekdayOfEpochDay(epochDay)] ?? '')} ${day} ${MONTHS[month - 1]} ${year}`;
}
