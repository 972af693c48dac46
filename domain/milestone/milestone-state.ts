import type { Announcement, Milestone, PlannedMilestone } from './milestone.ts';
import { MILESTONE_STATUSES, type MilestoneStanding } from './statuses.ts';

/** A planned milestone at the moment a lifecycle takes it on. */
export function open(planned: PlannedMilestone): Milestone {
  return { ...planned, status: 'open', dueVersion: 1, told: {}, announcements: [] };
}

/** Nothing more is to be done about it. A submitted one still awaits its completion, but no reminder. */
export function isEnded(milestone: Pick<Milestone, 'status'>): boolean {
  return MILESTONE_STATUSES[milestone.status].ended;
}

/** Somebody still has to act. */
export function isPending(milestone: Pick<Milestone, 'status'>): boolean {
  return MILESTONE_STATUSES[milestone.status].pending;
}

/**
 * Late at an instant (UTC): still to be done, and the cut-off has passed. A hold stops the clock of the council's
 * own dates only: a statutory duty on hold is overdue all the same.
 */
export function isOverdue(milestone: Pick<Milestone, 'status' | 'strength' | 'dueAt'>, now: string): boolean {
  if (milestone.dueAt > now) return false;
  const { clock } = MILESTONE_STATUSES[milestone.status];
  return clock === 'runs' || (clock === 'runs where statutory' && milestone.strength === 'statutory');
}

/** Where it stands at an instant (UTC), in an inspection that is open or not: in one that has ended nothing is late. */
export function standingOf(
  milestone: Pick<Milestone, 'status' | 'strength' | 'dueAt'>,
  inspectionOpen: boolean,
  now: string,
): MilestoneStanding {
  return inspectionOpen && isOverdue(milestone, now) ? 'overdue' : milestone.status;
}

/** Adds something to be told, once for each recipient role: a later one of the same kind takes the place of an earlier. */
export function announce(milestone: Milestone, ...announcements: Announcement[]): Milestone {
  const replaced = milestone.announcements.filter(
    (old) => !announcements.some((each) => each.kind === old.kind && each.to === old.to),
  );
  return { ...milestone, announcements: [...replaced, ...announcements] };
}

/** The due date moves: notices start again from here, and say where from and why. */
export function moveDue(
  milestone: Milestone,
  to: Pick<PlannedMilestone, 'due' | 'dueAt' | 'provisional' | 'explanation' | 'stricter'>,
  because: string,
): Milestone {
  const { stricter: _previous, extensionRequested: _asked, ...rest } = milestone;
  return {
    ...rest,
    due: to.due,
    dueAt: to.dueAt,
    provisional: to.provisional,
    explanation: to.explanation,
    ...(to.stricter === undefined ? {} : { stricter: to.stricter }),
    dueVersion: milestone.dueVersion + 1,
    movedFrom: { due: milestone.due, because },
    missed: false,
    told: {},
  };
}
