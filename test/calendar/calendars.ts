import type { CalendarData, Division } from '../../domain/calendar/working-calendar.ts';
import { createCalendar, divisions } from '../../domain/calendar/working-calendar.ts';
import type { BankHolidayFeed } from '../../domain/calendar/holidays.ts';
import { calendarFromFeed } from '../../domain/calendar/holidays.ts';
import { CalendarError } from '../../domain/calendar/calendar-error.ts';
import bankHolidays from '../../rules/bank-holidays/bank-holidays.json' with { type: 'json' };
import sources from '../../rules/bank-holidays/sources.json' with { type: 'json' };

/** The feed this repository ships, with its sidecar. */
export const feed: BankHolidayFeed = { ...bankHolidays, ...sources };

export const dataFor = (division: Division): CalendarData => calendarFromFeed(feed, division);

export const england = createCalendar(dataFor('england-and-wales'));
export const scotland = createCalendar(dataFor('scotland'));
export const northernIreland = createCalendar(dataFor('northern-ireland'));

/** 2006 to 2040. */
export const allYears = Array.from({ length: 35 }, (_, index) => 2006 + index);

export const everyDivisionAndYear = divisions.flatMap((division) => allYears.map((year) => ({ division, year })));

/** The error a call throws, as its code and sentence; 'nothing' where it throws none. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof CalendarError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'nothing';
}
