import { hasLapsed } from '../milestone/statuses.ts';
import { instantAt, localTime } from '../calendar/london.ts';
import { isOverdue, isPending } from '../milestone/milestone-state.ts';
import { isAction } from '../progress/standing-shown.ts';
import { type DutyChange, type DutyPast, isCounted, isLeftLate, newestOf } from './past.ts';
import type { Quarter } from './periods.ts';

/** What had become of the duties that fell due in a quarter. */
export interface OnTime extends Quarter {
  onTime: number;
  late: number;
  notDone: number;
  /** Of how many duties the first date fell in it and has passed, and how many of these were done by it. */
  firstDue: number;
  byFirstDate: number;
}

/** What stands on the page about them. */
export const ON_TIME_RULE =
  'Of the duties whose date fell in the quarter and has passed: done before their date was over, done after it, or not done; what was late when its inspection was closed stays not done. What no longer applies, is on hold by the council’s own choice, was submitted and waits to be accepted within the council, or passes by itself (a window that closes) is not counted; once it is accepted, the day on which it was submitted counts. “By first date” asks the same of the duties whose first date, before any later one was granted, fell in the quarter: a later date changes nothing of it.';

/**
 * What had become, by what was on record before an instant, of what fell due in each quarter.
 *
 * @param until an instant, UTC
 */
export function onTimeByQuarter(duties: readonly DutyPast[], quarters: readonly Quarter[], until: string): OnTime[] {
  const counted = quarters.map((quarter): OnTime => ({
    ...quarter,
    onTime: 0,
    late: 0,
    notDone: 0,
    firstDue: 0,
    byFirstDate: 0,
  }));
  const quarterOf = (date: string) => counted.find(({ from, until: last }) => date >= from && date <= last);
  for (const duty of duties.filter(isCounted)) {
    const change = newestOf(duty);
    const became = becameOf(duty, change, until);
    const quarter = quarterOf(change.due);
    if (became !== null && quarter !== undefined) quarter[became]++;
    const first = asFirst(change);
    const byFirst = becameOf(duty, first, until);
    const firstQuarter = quarterOf(first.due);
    if (byFirst === null || firstQuarter === undefined) continue;
    firstQuarter.firstDue++;
    if (byFirst === 'onTime') firstQuarter.byFirstDate++;
  }
  return counted;
}

function becameOf(duty: DutyPast, change: DutyChange, until: string): 'onTime' | 'late' | 'notDone' | null {
  const { end } = duty.inspection;
  const { status, dueAt, endedAt } = change;
  const pending = isPending(change);
  if (isLeftLate(duty)) return 'notDone';
  if (dueAt > until || status === 'waived' || hasLapsed(change)) return null;
  // A duty that nobody had to meet any more when its day came.
  if (pending && end !== null && end.at < dueAt) return null;
  if (pending) return isOverdue(change, until) ? 'notDone' : null;
  if (status === 'missed' || endedAt === null) return 'notDone';
  // What goes to somebody outside the council has been met by its submission.
  if (status === 'submitted' && isAction({ id: change.milestone })) return null;
  // Nobody does anything at the very instant: it passed by itself.
  if (endedAt === newestOf(duty).dueAt) return null;
  return endedAt < dueAt ? 'onTime' : 'late';
}

/** As it would stand had nobody granted a later date: at the same hour of its first. A date set earlier than the first was never put off. */
function asFirst(change: DutyChange): DutyChange {
  const { due, dueAt, firstDue } = change;
  if (firstDue >= due) return change;
  const hour = dueAt === instantAt(due, '24:00') ? '24:00' : localTime(dueAt);
  return { ...change, due: firstDue, dueAt: instantAt(firstDue, hour) };
}

/** How many there were in all. */
export const dueIn = ({ onTime, late, notDone }: OnTime): number => onTime + late + notDone;

/** A share in whole per cent; null where there is nothing to have a share of. */
export const percentOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part * 100) / whole);
