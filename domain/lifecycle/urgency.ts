import type { CivilDate } from '../calendar/civil-date.ts';
import { overOf } from '../milestone/notice-kinds.ts';
import type { NoticeLine } from './digest.ts';

/**
 * Where a notice's due date stands on the digest's day. `past`: its day is over, but nobody has to act (a window that closed);
 * `gone`: whatever its day, it is over, here or for its reader.
 */
export type Standing = 'late' | 'today' | 'coming' | 'past' | 'gone';

const ORDER: Record<Standing, number> = { late: 0, today: 1, coming: 2, past: 3, gone: 4 };

export function standingOf(line: Pick<NoticeLine, 'kind' | 'ended' | 'overdue' | 'due'>, day: CivilDate): Standing {
  const { overdue, due } = line;
  if (overOf(line) !== undefined) return 'gone';
  if (overdue) return 'late';
  if (due === day) return 'today';
  return due < day ? 'past' : 'coming';
}

/**
 * The order in which a reader needs notices on a day: overdue first, the longest of all at the top; then due today; then by
 * due instant.
 */
export function byUrgency(day: CivilDate) {
  return (a: NoticeLine, b: NoticeLine): number => {
    const rank = ORDER[standingOf(a, day)] - ORDER[standingOf(b, day)];
    if (rank !== 0) return rank;
    if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
    return a.milestone < b.milestone ? -1 : 1;
  };
}
