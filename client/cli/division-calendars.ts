import { addMonths, monthsBeginningWith } from '../../domain/calendar/months.ts';
import { createCalendar, type Division, type WorkingCalendar } from '../../domain/calendar/working-calendar.ts';
import { loadBankHolidays } from '../files/bank-holidays.ts';

const calendars = new Map<string, WorkingCalendar>();

/** The working calendar of a division with the bank holidays that come with duecourse. */
export function calendarOfDivision(division: string): WorkingCalendar {
  const made = calendars.get(division) ?? createCalendar(loadBankHolidays(division as Division));
  calendars.set(division, made);
  return made;
}

/** Months need no holidays: whatever the years, nothing is said of them but the day. */
export const MONTHS = { 'months-after': addMonths, 'months-beginning-with': monthsBeginningWith };
