import { hasLapsed } from '../milestone/statuses.ts';
import { type CivilDate, daysBetween } from '../calendar/civil-date.ts';
import { mapTable, namesOf } from '../closed-table.ts';
import type { MilestoneStatus } from '../milestone/milestone.ts';
import { type DutyChange, type DutyPast, isCounted, isLeft, newestOf } from './past.ts';

/** How far a date has moved. */
export type Distance = 'not' | 'month' | 'quarter' | 'beyond';

export const DISTANCES: Record<Distance, { words: string; days: number }> = {
  not: { words: 'Not moved', days: 0 },
  month: { words: 'Up to a month later', days: 31 },
  quarter: { words: 'One to three months later', days: 92 },
  beyond: { words: 'More than three months later', days: Number.POSITIVE_INFINITY },
};

/** A duty whose date is later than it first was. */
export interface MovedDuty {
  reference: string;
  milestone: string;
  /** The entry that tells of it last. */
  number: number;
  firstDue: CivilDate;
  due: CivilDate;
  days: number;
  timesGranted: number;
  status: MilestoneStatus;
}

export interface MovedDates {
  duties: number;
  byDistance: Record<Distance, number>;
  /** How many duties were granted a later date once, twice, three times or more. */
  byTimes: { once: number; twice: number; more: number };
  /** Of those that moved, in days. */
  averageDays: number | null;
  /** The farthest first. */
  farthest: MovedDuty[];
}

export const MOVED_RULE =
  'First date is the date before the council granted a later one; a date that law, a corrected fact or somebody outside sets anew counts as a first date. Counted are all duties whose date lies in these years or after them and that still apply, done or not, or were still to be done when their inspection was closed.';

/** How often, and how far, dates were moved: of the duties due from a day on. */
export function movedDates(duties: readonly DutyPast[], from: CivilDate, longest: number): MovedDates {
  const newest = duties
    .filter((duty) => isCounted(duty) && (stillApplies(newestOf(duty)) || isLeft(duty)))
    .map((duty) => ({ ...newestOf(duty), reference: duty.inspection.reference }))
    .filter(({ due }) => due >= from);
  const dated = newest.map((change): MovedDuty => {
    const { reference, milestone, number, firstDue, due, timesGranted, status } = change;
    const days = Math.max(0, daysBetween(firstDue, due));
    return { reference, milestone, number, firstDue, due, days, timesGranted, status };
  });
  const moved = dated.filter(({ days }) => days > 0);
  const times = (matches: (n: number) => boolean): number => dated.filter((each) => matches(each.timesGranted)).length;
  const byDistance = mapTable(DISTANCES, () => 0);
  for (const { days } of dated) byDistance[distanceOf(days)]++;
  return {
    duties: dated.length,
    byDistance,
    byTimes: { once: times((n) => n === 1), twice: times((n) => n === 2), more: times((n) => n > 2) },
    averageDays: moved.length === 0 ? null : Math.round(moved.reduce((sum, { days }) => sum + days, 0) / moved.length),
    farthest: moved.toSorted((a, b) => b.days - a.days || a.number - b.number).slice(0, longest),
  };
}

const stillApplies = ({ status }: DutyChange): boolean => status !== 'waived' && !hasLapsed({ status });

const distanceOf = (days: number): Distance =>
  namesOf(DISTANCES).find((name) => days <= DISTANCES[name].days) ?? 'beyond';
