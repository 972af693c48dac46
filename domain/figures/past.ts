import { hasLapsed } from '../milestone/statuses.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { InspectionStatus } from '../lifecycle/inspection-status.ts';
import type { MilestoneRow } from '../milestone/columns.ts';
import { isOverdue, isPending } from '../milestone/milestone-state.ts';

/** What an entry of the register says of a duty, as far as figures are counted from it. */
export interface DutyChange extends Pick<
  MilestoneRow,
  'milestone' | 'due' | 'dueAt' | 'status' | 'strength' | 'owner' | 'endedAt' | 'firstDue' | 'timesGranted' | 'theme'
> {
  /** The number of the entry in the council's chain, and in its inspection. */
  number: number;
  seq: number;
  /** When it happened, UTC. */
  at: string;
}

/** An inspection with all that had become of its duties. */
export interface InspectionPast {
  reference: string;
  startedAt: string;
  end: { at: string; status: Exclude<InspectionStatus, 'open'> } | null;
  changes: DutyChange[];
}

/** A duty with all that had become of it, oldest first. */
export interface DutyPast {
  inspection: Pick<InspectionPast, 'reference' | 'startedAt' | 'end'>;
  changes: DutyChange[];
}

/** The end of a day in London, or now where the day is not over: figures are of what was on record before it. */
export interface Moment {
  on: CivilDate;
  /** UTC. */
  until: string;
}

/**
 * Every duty as far as it was on record before an instant: what was recorded later is not there, of whatever day it speaks.
 *
 * @param until an instant, UTC
 */
export function dutiesBefore(pasts: readonly InspectionPast[], until: string): DutyPast[] {
  return pasts.flatMap(({ changes, ...rest }) => {
    if (rest.startedAt >= until) return [];
    const inspection = rest.end !== null && rest.end.at >= until ? { ...rest, end: null } : rest;
    const duties = new Map<string, DutyChange[]>();
    for (const change of changes) {
      if (change.at >= until) continue;
      const known = duties.get(change.milestone);
      if (known === undefined) duties.set(change.milestone, [change]);
      else known.push(change);
    }
    // What was made up after a backup was restored stands later in the chain than it happened.
    return [...duties.values()].map((own) => ({ inspection, changes: own.sort((a, b) => a.seq - b.seq) }));
  });
}

/** How a duty stood last. */
export function newestOf({ changes }: DutyPast): DutyChange {
  const last = changes.at(-1);
  if (last === undefined) throw new Error('a duty that no entry tells of');
  return last;
}

/** Inspections that were started by mistake are in no figure, once that has been said. */
export const isCounted = ({ inspection: { end } }: DutyPast): boolean => end?.status !== 'withdrawn';

/**
 * Was it still to be done when its inspection was closed? Closing ends whatever is, in the same moment, and undoes nothing of what
 * had become of it. What lapsed before that is no longer in the plan.
 */
export function isLeft({ inspection: { end }, changes }: DutyPast): boolean {
  const last = changes.at(-1);
  return changes.length > 1 && last !== undefined && hasLapsed(last) && end?.status === 'closed' && last.at >= end.at;
}

/** Was it left so, and late? */
export function isLeftLate(duty: DutyPast): boolean {
  const [before, last] = duty.changes.slice(-2);
  return isLeft(duty) && before !== undefined && last !== undefined && isOverdue(before, last.at);
}

/** Was somebody still to act on it: it is pending, and its inspection had not ended? */
export const isStillOpen = (duty: DutyPast): boolean => duty.inspection.end === null && isPending(newestOf(duty));

/** How a duty stood at an instant (UTC), where its inspection was open then; undefined where it was not, or nobody knew of the duty. */
export function standingBefore({ inspection, changes }: DutyPast, until: string): DutyChange | undefined {
  if (inspection.startedAt >= until || (inspection.end !== null && inspection.end.at < until)) return undefined;
  return changes.findLast(({ at }) => at < until);
}

/**
 * The first instant after another (UTC) at which a date passes that any entry tells of: until then nothing becomes late by itself.
 * Undefined where none does.
 */
export function nextDate(pasts: readonly InspectionPast[], after: string): string | undefined {
  let next: string | undefined;
  for (const { changes } of pasts)
    for (const { dueAt } of changes) if (dueAt > after && (next === undefined || dueAt < next)) next = dueAt;
  return next;
}
