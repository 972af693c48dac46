import type { BoardMilestone } from '../../../register/board-reads.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';

/** A milestone as a picture shows it. */
export interface PicturedMilestone {
  id: string;
  href: string;
  strand: string;
  title: string;
  due: CivilDate;
  status: string;
  overdue: boolean;
  provisional: boolean;
  owner: string;
  /** Both days count. */
  hold?: { since: CivilDate; until: CivilDate };
}

type Listed = Pick<
  BoardMilestone,
  'authority' | 'reference' | 'milestone' | 'strand' | 'title' | 'due' | 'status' | 'provisional' | 'ownerTitle'
> & { standing: string };

/** A milestone of a list as a picture shows it; a hold is known to its lifecycle alone. */
export function pictured(each: Listed): PicturedMilestone {
  return {
    id: each.milestone,
    href: `/inspections/${inspectionRef(each.authority, each.reference)}/milestones/${each.milestone}`,
    strand: each.strand,
    title: each.title,
    due: each.due,
    status: each.status,
    overdue: each.standing === 'overdue',
    provisional: each.provisional,
    owner: each.ownerTitle,
  };
}

/** A day that is no working day, though it is a weekday. */
export interface DayOff {
  date: CivilDate;
  title: string;
}

/** Where a milestone stands: told by shape, colour and word. */
export type Mark = 'overdue' | 'open' | 'held' | 'submitted' | 'completed' | 'waived' | 'lapsed';

export function markOf({ status, overdue }: Pick<PicturedMilestone, 'status' | 'overdue'>): Mark {
  return overdue ? 'overdue' : (status as Mark);
}
