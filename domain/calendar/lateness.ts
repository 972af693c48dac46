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

/**
 * How long there is to a due day, in words, of what is not late. On the due day itself, whatever it is; where no working day
 * lies between and the day is still to come, nobody is told that it is today.
 *
 * @param left as {@link workingDaysLeft} counts
 * @example
 * timeLeft({ due: '2026-10-31', left: 0 }, '2026-10-30') // 'due before the next working day': a Saturday
 */
export function timeLeft({ due, left }: { due: CivilDate; left: number }, today: CivilDate): string {
  if (due === today) return 'due today';
  if (due < today) return 'its date has passed';
  return left > 0 ? `${workingDaysInWords(left)} left` : 'due before the next working day';
}

/**
 * So many working days, in words.
 *
 * @example
 * workingDaysInWords(1) // '1 working day'
 */
export const workingDaysInWords = (n: number): string => `${n} working day${n === 1 ? '' : 's'}`;

/**
 * How late something is, in words. What has passed its date on days off alone is late by none that count: 'late'.
 *
 * @param late as {@link workingDaysLate} counts
 * @example
 * lateInWords(2) // '2 working days late'
 */
export const lateInWords = (late: number): string => (late > 0 ? `${workingDaysInWords(late)} late` : 'late');
