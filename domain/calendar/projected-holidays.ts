import { checkDivision } from './calendar-data.ts';
import type { Division } from './calendar-data.ts';
import { CalendarError } from './calendar-error.ts';
import { type CivilDate, fromEpochDay } from './civil-date.ts';
import { epochDayOf, weekdayOfEpochDay } from './epoch-day.ts';
import type { BankHolidayEvent } from './holidays.ts';
import { isWeekend } from './working-day-rank.ts';

const MONDAY = 1;
const FRIDAY_TO_EASTER = -2;
const MONDAY_AFTER_EASTER = 1;

/** Under these rules only: the early May bank holiday began in 1978. */
const FIRST_YEAR = 1978;
const LAST_YEAR = 2199;

/** Some titles fly no flags in GOV.UK's feed. */
const WITHOUT_BUNTING = new Set(['Good Friday', 'Battle of the Boyne (Orangemen’s Day)']);

interface Day {
  title: string;
  epochDay: number;
}

/** A bank holiday as the standing rules have it. */
export interface StandingHoliday {
  title: string;
  date: CivilDate;
  /** It falls on a weekend, and is kept on this weekday instead. */
  moved: boolean;
  bunting: boolean;
}

/** What only one of the divisions, or only some of them, keep; a new division does not compile without its own. */
const OWN_DAYS: Record<Division, (year: number, easter: number) => Day[]> = {
  'england-and-wales': outsideScotland,
  scotland: scotlandOnly,
  'northern-ireland': (year, easter) => [...outsideScotland(year, easter), ...northernIrelandOnly(year)],
};

/** Whether a year's bank holidays follow from the standing rules. */
export const hasStandingHolidays = (year: number): boolean =>
  Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR;

/**
 * The bank holidays of a year by the standing rules: the Banking and Financial Dealings Act 1971, Schedule 1, the days
 * proclaimed every year, and in Scotland the St Andrew's Day Bank Holiday (Scotland) Act 2007. A day proclaimed for one year
 * (a jubilee, a funeral, a match) is not among them, nor is one that was moved for a year.
 *
 * A holiday at a weekend is kept on the next weekday that is free, as the yearly proclamations have done.
 *
 * @returns in date order
 * @throws CalendarError `unknown-division`; `out-of-range` outside the years 1978 to 2199
 * @example
 * standingHolidays('scotland', 2033).map(({ date }) => date).slice(0, 2) // ['2033-01-03', '2033-01-04']
 */
export function standingHolidays(division: Division, year: number): StandingHoliday[] {
  checkDivision(division);
  if (!hasStandingHolidays(year)) {
    throw new CalendarError(
      'out-of-range',
      `Bank holidays follow these rules in the years ${FIRST_YEAR} to ${LAST_YEAR}, not ${year}`,
    );
  }
  const easter = easterSunday(year);
  return moveFromWeekends([...everywhere(year, easter), ...OWN_DAYS[division](year, easter)]).map(
    ({ title, epochDay, moved }) => ({
      title,
      date: fromEpochDay(epochDay),
      moved,
      bunting: !WITHOUT_BUNTING.has(title),
    }),
  );
}

/**
 * The same as GOV.UK would publish them, for years beyond those published.
 *
 * @returns in date order, each with the note 'Projected'
 * @throws CalendarError as {@link standingHolidays}
 */
export function projectHolidays(division: Division, year: number): BankHolidayEvent[] {
  return standingHolidays(division, year).map(({ title, date, bunting }) => ({
    title,
    date,
    notes: 'Projected',
    bunting,
  }));
}

function everywhere(year: number, easter: number): Day[] {
  return [
    { title: 'New Year’s Day', epochDay: epochDayOf(year, 1, 1) },
    { title: 'Good Friday', epochDay: easter + FRIDAY_TO_EASTER },
    { title: 'Early May bank holiday', epochDay: firstMonday(year, 5) },
    { title: 'Spring bank holiday', epochDay: lastMondayOf31(year, 5) },
    { title: 'Christmas Day', epochDay: epochDayOf(year, 12, 25) },
    { title: 'Boxing Day', epochDay: epochDayOf(year, 12, 26) },
  ];
}

/** No Easter Monday, and summer at the beginning of August. The 2007 Act first applied to 30 November 2007. */
function scotlandOnly(year: number): Day[] {
  const days = [
    { title: '2nd January', epochDay: epochDayOf(year, 1, 2) },
    { title: 'Summer bank holiday', epochDay: firstMonday(year, 8) },
  ];
  if (year < 2007) return days;
  return [...days, { title: 'St Andrew’s Day', epochDay: epochDayOf(year, 11, 30) }];
}

function outsideScotland(year: number, easter: number): Day[] {
  return [
    { title: 'Easter Monday', epochDay: easter + MONDAY_AFTER_EASTER },
    { title: 'Summer bank holiday', epochDay: lastMondayOf31(year, 8) },
  ];
}

function northernIrelandOnly(year: number): Day[] {
  return [
    { title: 'St Patrick’s Day', epochDay: epochDayOf(year, 3, 17) },
    { title: 'Battle of the Boyne (Orangemen’s Day)', epochDay: epochDayOf(year, 7, 12) },
  ];
}

/**
 * Holidays on weekdays stay; those at weekends then take the next free weekday, the earliest first. So with Christmas Day on
 * a Sunday, Boxing Day keeps its Monday and Christmas Day is kept on the Tuesday.
 */
function moveFromWeekends(days: Day[]): (Day & { moved: boolean })[] {
  const byDay = (a: Day, b: Day) => a.epochDay - b.epochDay;
  const taken = new Set(days.map(({ epochDay }) => epochDay));
  const kept = days.sort(byDay).map(({ title, epochDay }) => {
    if (!isWeekend(epochDay)) return { title, epochDay, moved: false };
    let free = epochDay + 1;
    while (isWeekend(free) || taken.has(free)) free++;
    taken.add(free);
    return { title, epochDay: free, moved: true };
  });
  return kept.sort(byDay);
}

/** The Anonymous Gregorian algorithm (Meeus, Jones and Butcher), with the letters it is known by. */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const monthAndDay = h + l - 7 * m + 114;
  return epochDayOf(year, Math.floor(monthAndDay / 31), (monthAndDay % 31) + 1);
}

function firstMonday(year: number, month: number): number {
  const first = epochDayOf(year, month, 1);
  return first + ((7 + MONDAY - weekdayOfEpochDay(first)) % 7);
}

/** The last Monday of a month of 31 days. */
function lastMondayOf31(year: number, month: number): number {
  const last = epochDayOf(year, month, 31);
  return last - ((weekdayOfEpochDay(last) - MONDAY + 7) % 7);
}
