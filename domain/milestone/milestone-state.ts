import type { CivilDate } from '../calendar/civil-date.ts';
import { instantAt } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { explainMoves, setByOthers } from './join.ts';
import type { Announcement, DateMove, Milestone, PlannedMilestone } from './milestone.ts';
import { NOTICE_KINDS } from './notice-kinds.ts';
import { MILESTONE_STATUSES, type MilestoneStanding } from './statuses.ts';
import { isFixed } from './strengths.ts';
import { oneStop } from '../unstopped.ts';
import { strictCount } from '../plan/ladder.ts';

/** A planned milestone at the moment a lifecycle takes it on. */
export function open(planned: PlannedMilestone): Milestone {
  return { ...planned, status: 'open', dueVersion: 1, moves: [], told: {}, announcements: [] };
}

/** The name of the cycle that it is an occurrence of; undefined for what comes once. */
export function cycleOf({ id, occurrence }: Pick<PlannedMilestone, 'id' | 'occurrence'>): string | undefined {
  return occurrence === undefined ? undefined : id.slice(0, -`-${occurrence}`.length);
}

/** Is it of the group `ended`? */
export function isEnded(milestone: Pick<Milestone, 'status'>): boolean {
  return MILESTONE_STATUSES[milestone.status].group === 'ended';
}

/** Is it of the group `to-do`? */
export function isPending(milestone: Pick<Milestone, 'status'>): boolean {
  return MILESTONE_STATUSES[milestone.status].group === 'to-do';
}

/**
 * Late at an instant (UTC): still to be done, and the cut-off has passed. A hold stops the clock of the council's
 * own dates only: what law or somebody outside has set is overdue on hold all the same.
 */
export function isOverdue(milestone: Pick<Milestone, 'status' | 'strength' | 'dueAt'>, now: string): boolean {
  if (milestone.dueAt > now) return false;
  const { clock } = MILESTONE_STATUSES[milestone.status];
  return clock === 'runs' || (clock === 'runs where fixed' && isFixed(milestone));
}

/** Where it stands at an instant (UTC), in an inspection that is open or not: in one that has ended nothing is late. */
export function standingOf(
  milestone: Pick<Milestone, 'status' | 'strength' | 'dueAt'>,
  inspectionOpen: boolean,
  now: string,
): MilestoneStanding {
  return inspectionOpen && isOverdue(milestone, now) ? 'overdue' : milestone.status;
}

/**
 * Adds something to be told, once for each recipient role: a later one of the same kind takes the place of an earlier. What
 * the owner is told of their duty, those beside them are told too.
 */
export function announce(milestone: Milestone, ...given: Announcement[]): Milestone {
  const named = new Set(given.map(({ kind, to }) => `${kind} ${to}`));
  const announcements = given
    .map(withOneStop)
    .flatMap((each) => [
      each,
      ...(each.to === milestone.owner && NOTICE_KINDS[each.kind].shared === true ? (milestone.beside ?? []) : [])
        .filter((to) => !named.has(`${each.kind} ${to}`))
        .map((to) => ({ ...each, to })),
    ]);
  const replaced = milestone.announcements.filter(
    (old) => !announcements.some((each) => each.kind === old.kind && each.to === old.to),
  );
  return { ...milestone, announcements: [...replaced, ...announcements] };
}

/** What is told, with one full stop where somebody's own words end in one. */
export const withOneStop = (given: Announcement): Announcement =>
  given.text === undefined ? given : { ...given, text: oneStop(given.text) };

/** Who has been told of the stricter date: where that stays where it was, nobody is told of it again. */
function toldOfStricter(milestone: Milestone): Milestone['told'] {
  const last = strictCount(milestone) - 1;
  if (last < 0) return {};
  return Object.fromEntries(Object.entries(milestone.told).map(([to, rung]) => [to, Math.min(rung, last)]));
}

/** The due date moves: notices start again from here, and say where from and why. A later date asked for is asked no more. */
export function moveDue(
  milestone: Milestone,
  to: Pick<PlannedMilestone, 'due' | 'dueAt' | 'provisional' | 'explanation' | 'stricter'>,
  because: string,
): Milestone {
  const { stricter: _previous, extensionRequested: _request, ...rest } = milestone;
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
    told: to.stricter?.due === milestone.stricter?.due ? toldOfStricter(milestone) : {},
    announcements: milestone.announcements.filter((each) => each.kind !== 'extension-requested'),
  };
}

/**
 * A person sets the due date: from then on the planner's own does not count.
 *
 * @param how who set it, where that is nobody of the council; who granted it, where somebody did
 */
export function setDue(
  milestone: Milestone,
  due: CivilDate,
  because: string,
  calendar: WorkingCalendar,
  how: Pick<DateMove, 'by' | 'granted'> = {},
): Milestone {
  const { due: from, cutOff, moves } = milestone;
  const dueAt = instantAt(due, cutOff);
  const move: DateMove = { from, to: due, because, ...how };
  const explanation = explainMoves(milestone.explanation, [move], cutOff);
  const moved = moveDue(milestone, { due, dueAt, provisional: calendar.isProvisional(due), explanation }, because);
  const after = { ...moved, moves: [...moves, move] };
  return { ...after, extendable: milestone.extendable && setByOthers(after) === undefined };
}
