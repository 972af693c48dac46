import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { ListedMilestone } from '../../../domain/milestone/columns.ts';

/** What a picture shows of a listed milestone. */
export type PicturedMilestone = Pick<
  ListedMilestone,
  | 'authority'
  | 'reference'
  | 'milestone'
  | 'strand'
  | 'title'
  | 'due'
  | 'standing'
  | 'provisional'
  | 'standIn'
  | 'ownerTitle'
> &
  Partial<Pick<ListedMilestone, 'forecast' | 'cycle' | 'dueAt' | 'endedAt'>> & {
    /** Known to its lifecycle alone; both days count. */
    hold?: { since: CivilDate; until: CivilDate };
  };

/** A day that is no working day, though it is a weekday. */
export interface DayOff {
  date: CivilDate;
  title: string;
}
