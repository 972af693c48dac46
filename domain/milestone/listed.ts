import type { CivilDate } from '../calendar/civil-date.ts';
import { workingDaysLate } from '../calendar/lateness.ts';
import { localDate } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { byDates } from '../progress/by-dates.ts';
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
    workingDaysLate: lateness(row.due, localDate(now), calendar),
    byDates: inspectionOpen ? byDates(row, now, calendar) : null,
  };
}

/** Counted as far as holidays are known: a duty of 2090 must not keep a list from being shown. */
function lateness(due: CivilDate, today: CivilDate, calendar: WorkingCalendar): number {
  const known = (date: CivilDate): CivilDate =>
    date < calendar.from ? calendar.from : date > calendar.until ? calendar.until : date;
  return workingDaysLate(known(due), known(today), calendar);
}
