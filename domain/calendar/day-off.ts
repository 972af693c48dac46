import { type CivilDate, formatDate, weekday } from './civil-date.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** Why nobody works on a day; undefined where people do, or nobody knows. */
export function dayOff(day: CivilDate, calendar: WorkingCalendar): string | undefined {
  if (day < calendar.from || day > calendar.until || calendar.isWorkingDay(day)) return undefined;
  if ([0, 6].includes(weekday(day))) return 'a day of a weekend';
  const [holiday] = calendar.skippedHolidays(calendar.previousWorkingDay(day), day).filter(({ date }) => date === day);
  return holiday === undefined ? 'a day off' : holiday.title;
}

/**
 * What is remarked on a date that a person has chosen for something to be done, where nobody works on it: it is taken all the same.
 *
 * @returns undefined where it is a working day, or nobody knows
 * @example
 * onDayOff('2016-05-02', calendar)
 * // 'Monday 2 May 2016 is no working day (Early May bank holiday). The working days around it are Friday 29 April 2016 and Tuesday 3 May 2016.'
 */
export function onDayOff(day: CivilDate, calendar: WorkingCalendar): string | undefined {
  const off = dayOff(day, calendar);
  if (off === undefined) return undefined;
  const [before, after] = [calendar.previousWorkingDay(day), calendar.nextWorkingDay(day)].map(formatDate);
  return `${formatDate(day)} is no working day (${off}). The working days around it are ${before} and ${after}.`;
}
