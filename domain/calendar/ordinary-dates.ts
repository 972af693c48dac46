import { addMinutes } from 'date-fns/addMinutes';
import { addMonths } from 'date-fns/addMonths';
import { constructFromSymbol } from 'date-fns/constants';
import { differenceInCalendarDays } from 'date-fns/differenceInCalendarDays';
import { differenceInCalendarMonths } from 'date-fns/differenceInCalendarMonths';
import { differenceInMilliseconds } from 'date-fns/differenceInMilliseconds';
import { format } from 'date-fns/format';
import { lastDayOfMonth } from 'date-fns/lastDayOfMonth';
import { startOfISOWeek } from 'date-fns/startOfISOWeek';
import { type CivilDate, fromEpochDay, toEpochDay } from './parse-date.ts';

/**
 * Where date-fns works, and the only place: civil dates go in and come out, and no `Date` with them.
 *
 * date-fns counts by a `Date`'s local parts, which are those of the process's zone, and the classes that it offers for
 * another zone stop being themselves in Temporal's workflow sandbox: `Date` is a function there that makes plain ones
 * whatever class asks. So a plain one is made, and what it answers is put in front of it.
 */

const DAY_MS = 86_400_000;

/** What stands in front of a plain `Date`: local parts that are UTC's, and date-fns's way to make another like it. */
class PartsOfUtc extends Date {
  override getFullYear(): number {
    return this.getUTCFullYear();
  }
  override getMonth(): number {
    return this.getUTCMonth();
  }
  override getDate(): number {
    return this.getUTCDate();
  }
  override getDay(): number {
    return this.getUTCDay();
  }
  override getHours(): number {
    return this.getUTCHours();
  }
  override getMinutes(): number {
    return this.getUTCMinutes();
  }
  override getSeconds(): number {
    return this.getUTCSeconds();
  }
  override getMilliseconds(): number {
    return this.getUTCMilliseconds();
  }
  override getTimezoneOffset(): number {
    return 0;
  }
  override setFullYear(...parts: [year: number, month?: number, day?: number]): number {
    return this.setUTCFullYear(...parts);
  }
  override setMonth(...parts: [month: number, day?: number]): number {
    return this.setUTCMonth(...parts);
  }
  override setDate(day: number): number {
    return this.setUTCDate(day);
  }
  override setHours(...parts: [hours: number, minutes?: number, seconds?: number, milliseconds?: number]): number {
    return this.setUTCHours(...parts);
  }
  [constructFromSymbol](value: Date | number | string): Date {
    return withPartsOfUtc(new Date(value));
  }
}

function withPartsOfUtc(plain: Date): Date {
  // Never `new PartsOfUtc`, which the sandbox makes a plain one of.
  Object.setPrototypeOf(plain, PartsOfUtc.prototype);
  return plain;
}

const read = (date: CivilDate): Date => withPartsOfUtc(new Date(toEpochDay(date) * DAY_MS));
const written = (date: Date): CivilDate => fromEpochDay(date.getTime() / DAY_MS);

/**
 * The same day of the month so many months later, earlier where negative, or the month's last day where it is shorter.
 *
 * @throws CalendarError `invalid-date`; `out-of-range` outside the years 0001 to 9999 or where `months` is not a whole number
 * @example
 * monthsAfter('2016-01-31', 1) // '2016-02-29'
 */
export const monthsAfter = (date: CivilDate, months: number): CivilDate => written(addMonths(read(date), months));

/**
 * Months from the month of one date to that of another, whatever their days; negative where `to` is earlier.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * monthsFrom('2016-01-31', '2016-03-01') // 2
 */
export const monthsFrom = (from: CivilDate, to: CivilDate): number => differenceInCalendarMonths(read(to), read(from));

/**
 * The last day of the date's month.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * lastOfMonth('2016-02-19') // '2016-02-29'
 */
export const lastOfMonth = (date: CivilDate): CivilDate => written(lastDayOfMonth(read(date)));

/**
 * Calendar days from one date to another: the first isn't counted, the last is. Negative where `to` is earlier.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * daysFrom('2016-02-19', '2016-03-01') // 11
 */
export const daysFrom = (from: CivilDate, to: CivilDate): number => differenceInCalendarDays(read(to), read(from));

/**
 * The Monday of the date's week, which runs to Sunday; the date itself where it is one.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * mondayOf('2016-06-30') // '2016-06-27'
 */
export const mondayOf = (date: CivilDate): CivilDate => written(startOfISOWeek(read(date)));

/** How dates are written for people, by date-fns's letters: in full, in tables, and by their month alone. */
const PATTERNS = {
  full: 'EEEE d MMMM yyyy',
  short: 'EEE d MMMM yyyy',
  month: 'MMMM yyyy',
  'short-month': 'MMM',
} as const;

/** date-fns reads its pattern anew each time, and a plan says the same dates again and again: so many texts are kept. */
const MAX_KEPT = 2000;
const kept = new Map<string, string>();

/**
 * The date in English words.
 *
 * @throws CalendarError `invalid-date`
 * @example
 * inWords('2016-06-30', 'full') // 'Thursday 30 June 2016'
 * inWords('2016-06-30', 'short') // 'Thu 30 June 2016'
 * inWords('2016-06-30', 'month') // 'June 2016'
 * inWords('2016-06-30', 'short-month') // 'Jun'
 */
export function inWords(date: CivilDate, pattern: keyof typeof PATTERNS): string {
  const key = `${pattern} ${date}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const words = format(read(date), PATTERNS[pattern]);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, words);
  return words;
}

/**
 * The instant so many minutes after another, in UTC.
 *
 * @param instant ISO 8601 with its zone
 * @example
 * minutesAfter('2016-06-30T22:30:00.000Z', 60) // '2016-06-30T23:30:00.000Z'
 */
export const minutesAfter = (instant: string, minutes: number): string => addMinutes(instant, minutes).toISOString();

/**
 * Milliseconds from one instant to another; negative where `to` is earlier.
 *
 * @example
 * millisecondsFrom('2016-06-30T22:30:00.000Z', '2016-06-30T22:31:00.000Z') // 60000
 */
export const millisecondsFrom = (from: string, to: string): number => differenceInMilliseconds(to, from);
