import { mapTable, namesOf } from '../closed-table.ts';
import type { MilestoneStatus } from './milestone.ts';

/** What is counted as one, wherever duties are counted: on pages, in downloads, by the API, in figures, in mails. */
export type StatusGroup = 'to-do' | 'awaiting' | 'ended';

/** What each counted group is called, and what counts as it. */
export const STATUS_GROUPS: Record<StatusGroup, { words: string; meaning: string }> = {
  'to-do': {
    words: 'To do',
    meaning:
      'somebody still has to act: what is overdue and what is on hold are among it, what was submitted and waits to be accepted is not',
  },
  awaiting: {
    words: 'Submitted, waiting to be accepted',
    meaning: 'submitted, and waiting to be accepted or sent back: not done yet, but its owner is not reminded',
  },
  ended: {
    words: 'Ended',
    meaning:
      'nothing more is to be done here: done, missed, no longer applying, no longer needed, or not finished when the inspection was closed',
  },
};

/** What follows from where a milestone stands. */
interface Status {
  /** As people read it of one. */
  words: string;
  /** The same after its title, in a sentence: '"Audit" is done'. */
  stands: string;
  group: StatusGroup;
  /** What stands before the day since which it stands so, where that is shown: 'Done on …', 'No longer applies since …'. */
  dated: 'on' | 'since' | 'when closed on';
  /** Was it somebody's who need not do it any more, and nobody else's word ended it: it lapsed, or was left when its inspection was closed? */
  lapses?: true;
  /**
   * Can it be overdue? A hold stops the clock of the council's own dates only: what law or somebody outside has set is
   * overdue on hold all the same.
   */
  clock: 'runs' | 'runs where fixed' | 'stands still';
}

/** Every status, in the order in which lists show them. */
export const MILESTONE_STATUSES: Record<MilestoneStatus, Status> = {
  open: { words: 'To do', stands: 'is still to do', group: 'to-do', dated: 'since', clock: 'runs' },
  held: { words: 'On hold', stands: 'is on hold', group: 'to-do', dated: 'since', clock: 'runs where fixed' },
  submitted: { words: 'Submitted', stands: 'is submitted', group: 'awaiting', dated: 'on', clock: 'stands still' },
  completed: { words: 'Done', stands: 'is done', group: 'ended', dated: 'on', clock: 'stands still' },
  /** A round of a cycle for which a later one stands. */
  missed: { words: 'Missed', stands: 'was missed', group: 'ended', dated: 'on', clock: 'stands still' },
  waived: {
    words: 'No longer applies',
    stands: 'no longer applies',
    group: 'ended',
    dated: 'since',
    clock: 'stands still',
  },
  /** It follows from the plan no more, or what it made ready is over; of what is no action, also that its inspection was closed. */
  lapsed: {
    words: 'No longer needed',
    stands: 'is no longer needed',
    group: 'ended',
    dated: 'since',
    lapses: true,
    clock: 'stands still',
  },
  /** An action that was to be done when its inspection was closed. */
  unfinished: {
    words: 'Not finished',
    stands: 'was not finished when the inspection was closed',
    group: 'ended',
    dated: 'when closed on',
    lapses: true,
    clock: 'stands still',
  },
};

/** Has it lapsed, or was it left when its inspection was closed: nobody said that it was met, or that it no longer applies? */
export const hasLapsed = ({ status }: { status: MilestoneStatus }): boolean =>
  MILESTONE_STATUSES[status].lapses === true;

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

const groupOf = (standing: MilestoneStanding): StatusGroup =>
  standing === 'overdue' ? 'to-do' : MILESTONE_STATUSES[standing].group;

/** What lists are narrowed by, and what is counted: where a duty stands, or all that is to do, in whichever way. */
export type Counted = 'to-do' | MilestoneStanding;

/** What each is called where it is counted beside the others, and the standings that it sums. */
export const COUNTED: Record<Counted, { words: string; sums: readonly MilestoneStanding[] }> = {
  'to-do': { words: STATUS_GROUPS['to-do'].words, sums: STANDINGS.filter((each) => groupOf(each) === 'to-do') },
  ...mapTable(MILESTONE_STANDINGS, ({ words }, standing) => ({ words, sums: [standing] })),
  // A part of what is to do is not called by the name of the whole.
  open: { words: 'To do, not late', sums: ['open'] },
  // What it waits for is said wherever it is counted beside what is done.
  submitted: { words: STATUS_GROUPS.awaiting.words, sums: ['submitted'] },
};

export const COUNTED_NAMES: readonly Counted[] = namesOf(COUNTED);

/** How many there are of it, from how many stand in each way. */
export const countOf = (counts: Partial<Record<MilestoneStanding, number>>, what: Counted): number =>
  COUNTED[what].sums.reduce((sum, standing) => sum + (counts[standing] ?? 0), 0);
