import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import { isOverdue } from '../../domain/milestone/milestone-state.ts';
import type { MilestoneListing } from '../../register/reads.ts';

/** Where a milestone of the register stands at an instant (UTC); in an inspection that has ended nothing is late. */
export function standingOf(milestone: MilestoneListing, inspection: string, now: string): string {
  const late =
    inspection === 'open' &&
    isOverdue(
      {
        status: milestone.status,
        dueAt: milestone.dueAt,
        strength: milestone.strength === 'statutory' ? 'statutory' : 'guidance',
      },
      now,
    );
  return late ? 'overdue' : milestone.status;
}

/** The evidence that somebody gave with a change, from its entry in the record. */
export function evidenceIn({ data }: Pick<RegisterEntry, 'data'>): string | undefined {
  const { evidence } = data;
  return typeof evidence === 'string' ? evidence : undefined;
}
