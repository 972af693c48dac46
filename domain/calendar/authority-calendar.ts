import { type CivilDate, compareDates } from './civil-date.ts';
import { type CalendarData, type Division, replaceClosureDays } from './calendar-data.ts';
import { type PublishedHolidays, withPublished } from './published-holidays.ts';
import { createCalendar, type WorkingCalendar } from './working-calendar.ts';

/** What of an authority's file its calendar follows from. */
export interface OwnDays {
  division: Division;
  closureDays: readonly { date: CivilDate; title: string }[];
}

/**
 * What an authority counts by: its division's bank holidays, what its administrator has approved of later ones, and the days
 * on which it is closed. A lifecycle carries it; whoever counts outside of one makes it anew, so that all count alike.
 *
 * @param bankHolidays the division's, of the years that are wanted; closure days among them are not kept
 * @param approved what was approved last; null where nothing was
 * @throws CalendarError as `withClosureDays`
 * @example
 * authorityCalendar(bankHolidays, { division, closureDays: [{ date: '2026-12-29', title: 'Christmas' }] }, null).version
 * // '2026-08-21+closures.1.i2odxl'
 */
export function authorityCalendar(
  bankHolidays: CalendarData,
  { closureDays }: OwnDays,
  approved: PublishedHolidays | null,
): CalendarData {
  return replaceClosureDays(approved === null ? bankHolidays : withPublished(bankHolidays, approved), closureDays);
}

/** The bank holidays that an authority's calendar is made from. */
export interface KnownHolidays {
  bankHolidays: CalendarData;
  approved: PublishedHolidays | null;
}

/** The same, ready to count by. Making it sorts the holidays: keep it and ask it often. */
export function workingCalendarFor(authority: OwnDays, { bankHolidays, approved }: KnownHolidays): WorkingCalendar {
  return createCalendar(authorityCalendar(bankHolidays, authority, approved));
}

/**
 * A calendar that was trimmed to an inspection's years, with the division's other years around it: what is counted for all of
 * an authority's inspections reaches further than one.
 */
export function withOtherYears(trimmed: CalendarData, bankHolidays: CalendarData, authority: OwnDays): CalendarData {
  const others = bankHolidays.holidays.filter(({ date }) => date < trimmed.from || date > trimmed.until);
  const holidays = [...trimmed.holidays, ...others].sort((a, b) => compareDates(a.date, b.date));
  const from = trimmed.from < bankHolidays.from ? trimmed.from : bankHolidays.from;
  const until = trimmed.until > bankHolidays.until ? trimmed.until : bankHolidays.until;
  return replaceClosureDays({ ...trimmed, from, until, holidays }, authority.closureDays);
}
