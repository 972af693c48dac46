/**
 * Our arithmetic on epoch days beside what date-fns answers, over some four thousand dates. Imports nothing but the domain, so
 * that it runs in a process of any zone and inside the workflow sandbox as well.
 */
import { fingerprint } from '../../domain/calendar/calendar-data.ts';
import {
  addDays,
  dateParts,
  daysBetween,
  formatDate,
  formatMonth,
  formatShortDate,
  formatShortMonth,
  fromEpochDay,
  mondayOf,
  toEpochDay,
  weekday,
} from '../../domain/calendar/civil-date.ts';
import { daysInMonth, epochDayOf } from '../../domain/calendar/epoch-day.ts';
import { addMonths, lastOfMonth, monthsBeginningWith, monthsFrom } from '../../domain/calendar/months.ts';
import { millisecondsFrom, minutesAfter } from '../../domain/calendar/ordinary-dates.ts';

export interface Agreement {
  /** What hour `Date` says it is at noon in UTC of a summer's day: depends on the process's zone. */
  hourHere: number;
  compared: number;
  /** Where the two do not agree. */
  differences: string[];
  /** Of everything that was answered. */
  digest: string;
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** The same by whole numbers alone. */
function byEpochDay(date: string, months: number): string[] {
  const day = toEpochDay(date);
  const { year, month, day: dayOfMonth } = dateParts(date);
  const index = year * 12 + month - 1 + months;
  const [newYear, newMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const clamped = Math.min(dayOfMonth, daysInMonth(newYear, newMonth));
  const [name = '', ofMonth = ''] = [DAYS[weekday(date)], MONTHS[month - 1]];
  return [
    fromEpochDay(epochDayOf(newYear, newMonth, clamped)),
    String(months),
    fromEpochDay(epochDayOf(year, month, daysInMonth(year, month))),
    fromEpochDay(day - ((weekday(date) + 6) % 7)),
    String(toEpochDay('2016-02-19') - day),
    `${name} ${dayOfMonth} ${ofMonth} ${year}`,
    `${name.slice(0, 3)} ${dayOfMonth} ${ofMonth} ${year}`,
    `${ofMonth} ${year}`,
    ofMonth.slice(0, 3),
  ];
}

function byDateFns(date: string, months: number): string[] {
  return [
    addMonths(date, months),
    String(monthsFrom(date, addMonths(date, months))),
    lastOfMonth(date),
    mondayOf(date),
    String(daysBetween(date, '2016-02-19')),
    formatDate(date),
    formatShortDate(date),
    formatMonth(date),
    formatShortMonth(date),
  ];
}

/** Every ninth day of a century; and the days on which some zone has had no midnight, or no noon, or no day at all. */
function* datesToCompare(): Generator<string> {
  for (let date = '1970-01-01'; date < '2070-01-01'; date = addDays(date, 9)) yield date;
  yield* ['2011-12-29', '2011-12-30', '2011-12-31', '2016-03-27', '2016-10-30', '2018-11-04', '1995-01-01'];
  yield* ['1001-01-01', '1600-02-29', '1900-02-28', '2000-02-29', '2400-02-29', '9990-12-31'];
}

export function agreement(): Agreement {
  const differences: string[] = [];
  let compared = 0;
  let digest = '';
  for (const date of datesToCompare()) {
    const months = (compared % 121) - 60;
    const [theirs, ours] = [byDateFns(date, months).join(), byEpochDay(date, months).join()];
    if (theirs !== ours) differences.push(`${date} and ${months} months: ${theirs} by date-fns, ${ours} by epoch days`);
    digest = fingerprint([digest, theirs, monthsBeginningWith(date, 1 + (compared % 36))].join());
    compared += 1;
  }
  const later = minutesAfter('2016-03-27T00:59:00.000Z', 2);
  digest = fingerprint([digest, later, millisecondsFrom('2016-03-27T00:59:00.000Z', later)].join());
  return { hourHere: new Date(Date.UTC(2016, 5, 30, 12)).getHours(), compared, differences, digest };
}
