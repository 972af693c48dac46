import type { CivilDate } from '../calendar/civil-date.ts';
import { workingDaysLate } from '../calendar/lateness.ts';
import { localDate } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { byDates } from '../progress/by-dates.ts';
import type { ListedMilestone, PlacedRow } from './columns.ts';
import { standingOf } from './milestone-state.ts';

/** By what a milestone's row is looked at: an instant (UTC), the authority's working days, and what it is called. */
interface Lookout {
  now: string;
  calendar: WorkingCalendar;
  authorityName: string;
}

/** What every list shows of a milestone beside what the register has of it: where it stands, and how late it is. */
export const workedOut = (
  row: PlacedRow,
  { now, calendar, authorityName }: Lookout,
): Pick<ListedMilestone, 'authorityName' | 'standing' | 'workingDaysLate' | 'byDates'> => ({
  authorityName,
  standing: standingOf(row, row.inspectionOpen, now),
  workingDaysLate: lateness(row.due, localDate(now), calendar),
  byDates: row.inspectionOpen ? byDates(row, now, calendar) : null,
});

/** A milestone as every list shows it. */
export function listedMilestone(placed: PlacedRow, by: Lookout): ListedMilestone {
  const { inspectionOpen: _open, ...row } = placed;
  return { ...row, ...workedOut(placed, by) };
}

/** Counted as far as holidays are known: a duty of 2090 must not keep a list from being shown. */
function lateness(due: CivilDate, today: CivilDate, calendar: WorkingCalendar): number {
  const known = (date: CivilDate): CivilDate =>
    date < calendar.from ? calendar.from : date > calendar.until ? calendar.until : date;
  return workingDaysLate(known(due), known(today), calendar);
}
