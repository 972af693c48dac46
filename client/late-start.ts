import { workingDaysLate } from '../domain/calendar/lateness.ts';
import { formatShortDate } from '../domain/calendar/civil-date.ts';
import { localDate } from '../domain/calendar/london.ts';
import { calendarOf, type LifecycleState } from '../domain/lifecycle/state.ts';
import { viewOf } from '../domain/lifecycle/view.ts';

/** Working days late from which a start is taken for a mistake: a date of another year, or an old file. */
const LONG_WORKING_DAYS = 20;

/**
 * What would be long overdue on the first day of a lifecycle, in a sentence; undefined where nothing would be.
 *
 * @param state as it would be opened
 * @param now the instant of the start, UTC
 */
export function longOverdue(state: LifecycleState, now: string): string | undefined {
  const view = viewOf(state, now);
  const today = localDate(now);
  const calendar = calendarOf(state);
  const late = view.milestones
    .filter((each) => each.overdue)
    .map(({ title, due }) => ({ title, due, days: workingDaysLate(due, today, calendar) }))
    .sort((a, b) => b.days - a.days);
  const [worst] = late;
  if (worst === undefined || worst.days < LONG_WORKING_DAYS) return undefined;
  return (
    `${late.length} of ${view.milestones.length} duties would be overdue from the first day, ` +
    `"${worst.title}" (due ${formatShortDate(worst.due)}) by ${worst.days} working days, ` +
    'and their owners and those above them would be told at the next sending time.'
  );
}
