import { namesOf } from '../closed-table.ts';
import type { MilestoneStatus } from './milestone.ts';

/** What follows from where a milestone stands. */
interface Status {
  /** As people read it. */
  words: string;
  /** Somebody still has to act. */
  pending: boolean;
  /** Nothing more is to be done. A submitted one still awaits its completion. */
  ended: boolean;
  /**
   * Can it be overdue? A hold stops the clock of the council's own dates only: what law or somebody outside has set is
   * overdue on hold all the same.
   */
  clock: 'runs' | 'runs where fixed' | 'stands still';
}

/** Every status, in the order in which lists show them. */
export const MILESTONE_STATUSES: Record<MilestoneStatus, Status> = {
  open: { words: 'To do', pending: true, ended: false, clock: 'runs' },
  held: { words: 'On hold', pending: true, ended: false, clock: 'runs where fixed' },
  submitted: { words: 'Submitted', pending: false, ended: false, clock: 'stands still' },
  completed: { words: 'Done', pending: false, ended: true, clock: 'stands still' },
  /** A round of a cycle for which a later one stands. */
  missed: { words: 'Missed', pending: false, ended: true, clock: 'stands still' },
  waived: { words: 'No longer applies', pending: false, ended: true, clock: 'stands still' },
  lapsed: { words: 'Lapsed', pending: false, ended: true, clock: 'stands still' },
};

/** Where a milestone stands at an instant: its status, or that it is overdue. */
export type MilestoneStanding = 'overdue' | MilestoneStatus;

/** What each standing is called. */
export const MILESTONE_STANDINGS: Record<MilestoneStanding, Pick<Status, 'words'>> = {
  overdue: { words: 'Overdue' },
  ...MILESTONE_STATUSES,
};

export const STANDINGS: readonly MilestoneStanding[] = namesOf(MILESTONE_STANDINGS);

/** The statuses of which something holds, in order. */
export const statusesThat = (holds: (status: Status) => boolean): MilestoneStatus[] =>
  namesOf(MILESTONE_STATUSES).filter((name) => holds(MILESTONE_STATUSES[name]));
