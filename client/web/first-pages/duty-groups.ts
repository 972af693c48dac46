import { addDays, type CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { ListedMilestone } from '../../../domain/milestone/columns.ts';
import { STATUS_GROUPS } from '../../../domain/milestone/statuses.ts';

/** Where a duty stands on its owner's page: each in the first that it belongs to. */
export type DutyGroup = 'late' | 'week' | 'asked' | 'later' | 'submitted';

/** What each is called, in the order in which they stand. */
export const DUTY_GROUPS: Record<DutyGroup, string> = {
  late: 'Late',
  week: 'Due this week',
  asked: 'Asked of you',
  later: 'Later',
  submitted: STATUS_GROUPS.awaiting.words,
};

/** Days of a week, today among them: on a Friday the week does not end with the working week. */
const WEEK = 7;

/** The last day of those that count as this week. */
export const endOfWeek = (today: CivilDate): CivilDate => addDays(today, WEEK - 1);

/**
 * What is on hold waits for nothing this week, whatever its day.
 *
 * @param isAsked somebody waits for something about it, beside its date
 */
export function groupOf(
  { standing, due }: Pick<ListedMilestone, 'standing' | 'due'>,
  { today, isAsked }: { today: CivilDate; isAsked: boolean },
): DutyGroup {
  if (standing === 'submitted') return 'submitted';
  if (standing === 'overdue') return 'late';
  if (standing !== 'held' && due <= endOfWeek(today)) return 'week';
  return isAsked ? 'asked' : 'later';
}

/** A duty with the others of its cycle that stand beside it, later than it. */
export type Folded<T> = T & { others: T[] };

/** As far as a duty has to be known to be put behind another of its cycle. */
type OfCycle = Pick<ListedMilestone, 'authority' | 'reference' | 'milestone' | 'cycle' | 'owner'>;

/** Duties of one cycle and one owner that stand in one list become one: the earliest, with the others behind it. */
export function foldCycles<T extends OfCycle>(rows: readonly T[]): Folded<T>[] {
  const cycles = new Map<string, Folded<T>>();
  for (const row of rows) {
    const key = keyOf(row);
    const first = cycles.get(key);
    if (first === undefined) cycles.set(key, { ...row, others: [] });
    else first.others.push(row);
  }
  return [...cycles.values()];
}

const keyOf = ({ authority, reference, milestone, cycle, owner }: OfCycle): string =>
  JSON.stringify([authority, reference, ...(cycle === null ? [milestone] : [cycle, owner, 'a cycle'])]);
