import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { MilestoneRow } from '../milestone/columns.ts';

/** Something that is otherwise now than it was; `was` is null where it was not known, `is` is what the record ends with. */
export interface Change {
  milestone: string;
  title: string;
  what: 'new' | 'due' | 'status' | 'owner';
  was: string | null;
  is: string;
  /** Why, in the words of the last entry about it. */
  because: string;
}

/** Milestones that are new or stand otherwise than before, in the order of the record. */
export function changesSince(
  before: readonly MilestoneRow[],
  after: readonly MilestoneRow[],
  entries: readonly RegisterEntry[],
): Change[] {
  const known = new Map(before.map((row) => [row.milestone, row]));
  return after.flatMap((row): Change[] => {
    const then = known.get(row.milestone);
    const { milestone, title } = row;
    const because = entries.findLast((entry) => entry.milestone === milestone)?.text ?? '';
    if (then === undefined) return [{ milestone, title, what: 'new', was: null, is: row.due, because }];
    const parts = [
      ['due', then.due, row.due],
      ['status', then.status, row.status],
      ['owner', then.ownerTitle, row.ownerTitle],
    ] as const;
    return parts
      .filter(([, was, is]) => was !== is)
      .map(([what, was, is]) => ({ milestone, title, what, was, is, because }));
  });
}
