import { endOfDay } from '../audit/audit.ts';
import { addDays, type CivilDate, dateParts, formatMonth, mondayOf } from '../calendar/civil-date.ts';
import { addMonths } from '../calendar/months.ts';
import type { Moment } from './past.ts';

/** A quarter of a year: both days count. */
export interface Quarter {
  from: CivilDate;
  until: CivilDate;
  /** "April to June 2016". */
  title: string;
}

const MONTHS = 3;
const WEEK = 7;

/** So many quarters, the last of them the one that a day lies in. */
export function quartersTo(day: CivilDate, count: number): Quarter[] {
  const { year, month } = dateParts(day);
  const last = `${year}-${String(month - ((month - 1) % MONTHS)).padStart(2, '0')}-01`;
  return Array.from({ length: count }, (_, index) => {
    const from = addMonths(last, (index - count + 1) * MONTHS);
    const until = addDays(addMonths(from, MONTHS), -1);
    return { from, until, title: `${formatMonth(from).split(' ')[0]} to ${formatMonth(until)}` };
  });
}

/** The ends of so many quarters up to a moment, which itself is the last. */
export function endsOfQuarters(moment: Moment, count: number): Moment[] {
  return [
    ...quartersTo(moment.on, count)
      .slice(0, -1)
      .map(({ until }) => endOf(until)),
    moment,
  ];
}

/** The ends of weeks, which are Sundays, from a day on up to a moment, which itself is the last. */
export function endsOfWeeks(from: CivilDate, moment: Moment): Moment[] {
  const moments: Moment[] = [];
  for (let sunday = addDays(mondayOf(from), WEEK - 1); sunday < moment.on; sunday = addDays(sunday, WEEK))
    moments.push(endOf(sunday));
  return [...moments, moment];
}

const endOf = (on: CivilDate): Moment => ({ on, until: endOfDay(on) });
