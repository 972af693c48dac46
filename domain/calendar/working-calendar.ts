import type { CalendarData, Division, Holiday } from './calendar-data.ts';
import { checkCalendarData, knownYears, replaceClosureDays, weekdayHolidays } from './calendar-data.ts';
import { CalendarError } from './calendar-error.ts';
import type { CivilDate } from './civil-date.ts';
import { fromEpochDay, toEpochDay } from './civil-date.ts';
import { createWorkingDayRank } from './working-day-rank.ts';

export type { CalendarData, Division, Holiday } from './calendar-data.ts';
export { divisions, trimCalendar } from './calendar-data.ts';

/**
 * Working days of one division: Monday to Friday, without its bank holidays and the authority's closure days.
 *
 * Every function takes and gives dates within `from` and `until` and throws CalendarError `out-of-range` outside them (it
 * never counts in years whose holidays it doesn't know), `invalid-date` for a date that doesn't exist, and `invalid-count`
 * where `n` is not a whole number. Those ending in `Epoch` are the same on epoch days.
 */
export interface WorkingCalendar {
  readonly division: Division;
  readonly version: string;
  readonly from: CivilDate;
  readonly until: CivilDate;
  readonly publishedUntil: CivilDate;

  /** Whether the date is Monday to Friday and no holiday: `isWorkingDay('2016-03-25')` is false, Good Friday. */
  isWorkingDay(date: CivilDate): boolean;
  isWorkingDayEpoch(epochDay: number): boolean;

  /**
   * The nth working day after the date, which is day 0 and may be a non-working day; a negative `n` goes back in the same
   * way. With n = 0 it is the date itself, or the next working day where the date is none.
   *
   * @example
   * addWorkingDays('2016-02-19', 90) // '2016-06-30'
   * addWorkingDays('2019-06-01', 20) // '2019-06-28': day 0 is a Saturday
   */
  addWorkingDays(date: CivilDate, n: number): CivilDate;
  addWorkingDaysEpoch(epochDay: number, n: number): number;

  /**
   * The last of n working days beginning with the date: it is day 1 where it is a working day. The same as n working days
   * after the day before. `n` is 1 or more.
   *
   * @example
   * addWorkingDaysBeginningWith('2016-02-19', 1) // '2016-02-19'
   */
  addWorkingDaysBeginningWith(date: CivilDate, n: number): CivilDate;
  addWorkingDaysBeginningWithEpoch(epochDay: number, n: number): number;

  /**
   * The working days after `from` up to and including `to`. Where `to` is earlier, the working days from `to` up to but not
   * including `from`, as a negative number: the inverse of `addWorkingDays` in both directions.
   *
   * @example
   * countWorkingDays('2015-12-17', '2016-02-19') // 43
   */
  countWorkingDays(from: CivilDate, to: CivilDate): number;
  countWorkingDaysEpoch(from: number, to: number): number;

  /**
   * The latest working day on which to publish so that `n` working days lie strictly between it and the meeting: neither the
   * day of publication nor the day of the meeting counts (Local Government Act 1972, s. 100B; R v Swansea CC ex p Elitestone
   * (1993) 66 P&CR 422). `n` is 0 or more; the meeting may be on a non-working day.
   *
   * @example
   * clearDaysBefore('2016-05-10', 5) // '2016-04-29'
   */
  clearDaysBefore(meeting: CivilDate, n: number): CivilDate;
  clearDaysBeforeEpoch(meeting: number, n: number): number;

  /** The date itself where it is a working day, else the next one: `nextWorkingDay('2016-03-25')` is '2016-03-29'. */
  nextWorkingDay(date: CivilDate): CivilDate;
  nextWorkingDayEpoch(epochDay: number): number;

  /** The date itself where it is a working day, else the one before: `previousWorkingDay('2016-03-28')` is '2016-03-24'. */
  previousWorkingDay(date: CivilDate): CivilDate;
  previousWorkingDayEpoch(epochDay: number): number;

  /**
   * The holidays on weekdays that counting from `from` to `to` steps over, by date: after `from` up to and including `to`,
   * or from `to` up to but not including `from` where `to` is earlier.
   *
   * @example
   * skippedHolidays('2016-03-24', '2016-03-29') // Good Friday and Easter Monday
   */
  skippedHolidays(from: CivilDate, to: CivilDate): Holiday[];

  /** The same where the council's closure days are left out as bank holidays are; else without them, as most instruments have it. */
  countingBy(closureDays: boolean): WorkingCalendar;

  /** The same without the council's own closure days, which many instruments do not leave out. */
  withoutClosureDays(): WorkingCalendar;

  /** The council's closure days after one date and up to another, both by date. */
  closureDays(from: CivilDate, to: CivilDate): Holiday[];

  /** Whether the date is after the published holidays, so that it may still change: true for a day after `publishedUntil`. */
  isProvisional(date: CivilDate): boolean;
}

/**
 * A working calendar from its data. Building sorts the holidays once; keep the calendar and ask it often.
 *
 * @throws CalendarError `unknown-division`, `invalid-date` or `out-of-range` where the data is not in order
 * @example
 * createCalendar(data).addWorkingDays('2016-02-19', 90) // '2016-06-30' with England's holidays
 */
export function createCalendar(data: CalendarData): WorkingCalendar {
  checkCalendarData(data);
  const first = toEpochDay(data.from);
  const last = toEpochDay(data.until);
  const holidays = weekdayHolidays(data.holidays);
  const { rank, select, isWorking } = createWorkingDayRank(holidays.map(({ date }) => toEpochDay(date)));

  /** How many holidays come before a date; with that day's own, where it is included. */
  function holidaysBefore(date: CivilDate, included = false): number {
    let [low, high] = [0, holidays.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const at = holidays[middle]?.date ?? '';
      if (at < date || (included && at === date)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function within(epochDay: number): number {
    if (epochDay >= first && epochDay <= last && Number.isInteger(epochDay)) return epochDay;
    throw outOfRange(`${dayName(epochDay)} is outside`, data);
  }
  /** The day found, where it is still within; the days after the last are unknown, so it can't be named. */
  function found(rankWanted: number, start: number): number {
    const epochDay = select(rankWanted);
    if (epochDay >= first && epochDay <= last) return epochDay;
    throw outOfRange(`Counting working days from ${dayName(start)} leaves`, data);
  }
  function parse(date: CivilDate): number {
    return within(toEpochDay(date));
  }

  function isWorkingDayEpoch(epochDay: number): boolean {
    return isWorking(within(epochDay));
  }
  function addWorkingDaysEpoch(epochDay: number, n: number): number {
    if (!Number.isInteger(n)) throw invalidCount(n, '');
    // Forwards the day itself is passed over; backwards it has not been counted yet.
    const after = n > 0 ? 1 : 0;
    return found(rank(within(epochDay) + after) + n - after, epochDay);
  }
  function addWorkingDaysBeginningWithEpoch(epochDay: number, n: number): number {
    if (!(Number.isInteger(n) && n >= 1)) throw invalidCount(n, ' of 1 or more');
    return found(rank(within(epochDay)) + n - 1, epochDay);
  }
  function countWorkingDaysEpoch(from: number, to: number): number {
    const after = to < from ? 0 : 1;
    return rank(within(to) + after) - rank(within(from) + after);
  }
  function clearDaysBeforeEpoch(meeting: number, n: number): number {
    if (!(Number.isInteger(n) && n >= 0)) throw invalidCount(n, ' of 0 or more');
    return found(rank(within(meeting)) - n - 1, meeting);
  }
  function nextWorkingDayEpoch(epochDay: number): number {
    return found(rank(within(epochDay)), epochDay);
  }
  function previousWorkingDayEpoch(epochDay: number): number {
    return found(rank(within(epochDay) + 1) - 1, epochDay);
  }

  let bare: WorkingCalendar | undefined;
  const calendar: WorkingCalendar = {
    division: data.division,
    version: data.version,
    from: data.from,
    until: data.until,
    publishedUntil: data.publishedUntil,
    isWorkingDayEpoch,
    addWorkingDaysEpoch,
    addWorkingDaysBeginningWithEpoch,
    countWorkingDaysEpoch,
    clearDaysBeforeEpoch,
    nextWorkingDayEpoch,
    previousWorkingDayEpoch,
    isWorkingDay: (date) => isWorkingDayEpoch(toEpochDay(date)),
    addWorkingDays: (date, n) => fromEpochDay(addWorkingDaysEpoch(toEpochDay(date), n)),
    addWorkingDaysBeginningWith: (date, n) => fromEpochDay(addWorkingDaysBeginningWithEpoch(toEpochDay(date), n)),
    countWorkingDays: (from, to) => countWorkingDaysEpoch(toEpochDay(from), toEpochDay(to)),
    clearDaysBefore: (meeting, n) => fromEpochDay(clearDaysBeforeEpoch(toEpochDay(meeting), n)),
    nextWorkingDay: (date) => fromEpochDay(nextWorkingDayEpoch(toEpochDay(date))),
    previousWorkingDay: (date) => fromEpochDay(previousWorkingDayEpoch(toEpochDay(date))),
    skippedHolidays: (from, to) => {
      const back = parse(to) < parse(from);
      // Dates sort as text, so both ends are found by halving.
      return back
        ? holidays.slice(holidaysBefore(to), holidaysBefore(from))
        : holidays.slice(holidaysBefore(from, true), holidaysBefore(to, true));
    },
    withoutClosureDays: () =>
      (bare ??= holidays.some(({ kind }) => kind === 'closure')
        ? createCalendar(replaceClosureDays(data, []))
        : calendar),
    countingBy: (closureDays) => (closureDays ? calendar : calendar.withoutClosureDays()),
    closureDays: (from, to) => holidays.filter(({ kind, date }) => kind === 'closure' && date > from && date <= to),
    isProvisional: (date) => toEpochDay(date) > toEpochDay(data.publishedUntil),
  };
  return calendar;
}

function invalidCount(n: number, least: string): CalendarError {
  return new CalendarError('invalid-count', `The number of working days must be a whole number${least}, not ${n}`);
}

function outOfRange(what: string, data: CalendarData): CalendarError {
  return new CalendarError('out-of-range', `${what} the years for which holidays are known, ${knownYears(data)}`);
}

/** For error sentences, where the number may be no day at all. */
function dayName(epochDay: number): string {
  const canBeWritten = Number.isInteger(epochDay) && Math.abs(epochDay) < 700_000;
  return canBeWritten ? fromEpochDay(epochDay) : `Day ${epochDay}`;
}
