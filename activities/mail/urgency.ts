import type { Digest, Notice } from '../../domain/lifecycle/digest.ts';

/** Where a notice's due date stands on the digest's day. `past`: its day is over, but nobody has to act (a window that closed). */
export type Standing = 'late' | 'today' | 'coming' | 'past';

const ORDER: Record<Standing, number> = { late: 0, today: 1, coming: 2, past: 3 };

export function standingOf({ overdue, due }: Notice, { day }: Digest): Standing {
  if (overdue) return 'late';
  if (due === day) return 'today';
  return due < day ? 'past' : 'coming';
}

/** The notices as a reader needs them: overdue first, the longest of all at the top; then due today; then by due instant. */
export function mostUrgentFirst(digest: Digest): Notice[] {
  return digest.notices.toSorted((a, b) => {
    const rank = ORDER[standingOf(a, digest)] - ORDER[standingOf(b, digest)];
    if (rank !== 0) return rank;
    if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
    return a.milestone < b.milestone ? -1 : 1;
  });
}
