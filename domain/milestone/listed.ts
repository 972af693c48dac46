import type { CivilDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { ListedMilestone, PlacedRow } from './columns.ts';
import { standingOf } from './milestone-state.ts';

/**
 * A milestone as every list shows it, from what the register has of it: where it stands, and how late it is.
 *
 * @param now an instant, UTC
 * @param calendar the authority's working days
 */
export function listedMilestone(
  { inspectionOpen, ...row }: PlacedRow,
  { now, calendar, authorityName }: { now: string; calendar: WorkingCalendar; authorityName: string },
): ListedMilestone {
  return {
    ...row,
    authorityName,
    standing: standingOf(row, inspectionOpen, now),
    workingDaysLate: workingDaysLate(row.due, localDate(now), calendar),
  };
}

/**
 * Working days after the due day, up to and with today; before it, those still to come, with a minus: due on Friday, it
 * is 1 on Monday and -1 on Thursday. Counted as far as holidays are known: a duty of 2090 must not keep a list from being
 * shown.
 */
export function workingDaysLate(due: CivilDate, today: CivilDate, calendar: WorkingCalendar): number {
  const known = (date: CivilDate): CivilDate =>
    date < calendar.from ? calendar.from : date > calendar.until ? calendar.until : date;
  return due <= today
    ? calendar.countWorkingDays(known(due), known(today))
    : 0 - calendar.countWorkingDays(known(today), known(due));
}
