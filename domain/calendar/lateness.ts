import type { CivilDate } from './civil-date.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/**
 * How many working days late something is on a day: those after its due day, up to and including today. 0 on the due day, and
 * on the days off that follow it. Before it negative: minus the working days that are left. The one count of lateness, for
 * mail, pages, tables, ratings and the command line alike; the calendar is the authority's own
 * ({@link workingCalendarFor}), whichever calendar the due date was counted by.
 *
 * @throws CalendarError `invalid-date`; `out-of-range` outside the years for which holidays are known
 * @example
 * workingDaysLate('2016-06-30', '2016-07-04', calendar) // 2: Friday and Monday
 * workingDaysLate('2016-06-30', '2016-07-02', calendar) // 1: Friday; today is a Saturday
 * workingDaysLate('2016-06-30', '2016-06-28', calendar) // -2
 */
export function workingDaysLate(due: CivilDate, today: CivilDate, calendar: WorkingCalendar): number {
  return due <= today ? calendar.countWorkingDays(due, today) : 0 - calendar.countWorkingDays(today, due);
}

/**
 * How many working days are left on a day: those after today, up to and including the due day; negative when it is late by so
 * many.
 *
 * @throws CalendarError as {@link workingDaysLate}
 * @example
 * workingDaysLeft('2016-06-30', '2016-06-28', calendar) // 2
 */
export function workingDaysLeft(due: CivilDate, today: CivilDate, calendar: WorkingCalendar): number {
  return 0 - workingDaysLate(due, today, calendar);
}
