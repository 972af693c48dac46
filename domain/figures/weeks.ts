import { isOverdue, isPending } from '../milestone/milestone-state.ts';
import type { DutyPast, Moment } from './past.ts';

/** How many duties were still to be done at the end of a week, and how many of these were overdue. */
export interface WeekFigures extends Moment {
  open: number;
  overdue: number;
}

export const WEEKS_RULE =
  'Each week as the record stood at its end, on Sunday at midnight: the duties still to be done in open inspections, and those of them whose date had passed. What was recorded later does not change a week that is over.';

/** @param moments in their order */
export function byWeek(duties: readonly DutyPast[], moments: readonly Moment[]): WeekFigures[] {
  const weeks = moments.map((moment): WeekFigures => ({ ...moment, open: 0, overdue: 0 }));
  for (const { inspection, changes } of duties) {
    let next = 0;
    for (const week of weeks) {
      while ((changes[next]?.at ?? week.until) < week.until) next++;
      const stood = changes[next - 1];
      if (stood === undefined || (inspection.end !== null && inspection.end.at < week.until) || !isPending(stood))
        continue;
      week.open++;
      if (isOverdue(stood, week.until)) week.overdue++;
    }
  }
  return weeks;
}

/** From the first week in which anything was on record. */
export function fromFirst(weeks: readonly WeekFigures[]): WeekFigures[] {
  const first = weeks.findIndex(({ open }) => open > 0);
  return first === -1 ? [] : weeks.slice(first);
}
