import { keptOf, join } from '../milestone/join.ts';
import type { KeptMilestone, Milestone } from '../milestone/milestone.ts';
import { isEnded } from '../milestone/milestone-state.ts';
import { instantOfEnd } from '../milestone/end.ts';
import { milestoneOf, plannedOf } from './milestones.ts';
import { calendarOf, type EndedMilestone, type LifecycleState } from './state.ts';

/** What is kept of a milestone that is put away: how it ended, and what a person had set, should it be opened again. */
export function endedOf(milestone: Milestone, otherwise: string): EndedMilestone {
  const { status, due, completed, waived } = milestone;
  const { dueVersion, moves, passedTo, sharedWith, returned, progress } = keptOf(milestone);
  const marks = {
    ...(dueVersion === undefined ? {} : { dueVersion }),
    ...(moves === undefined ? {} : { moves }),
    ...(passedTo === undefined ? {} : { passedTo }),
    ...(returned === undefined ? {} : { returned }),
    ...(progress === undefined ? {} : { progress }),
    ...(sharedWith === undefined ? {} : { sharedWith }),
  };
  const { by } = completed ?? waived ?? {};
  return {
    ...{ status, due, endedAt: instantOfEnd(milestone) ?? otherwise },
    ...(by === undefined ? {} : { by }),
    ...(Object.keys(marks).length === 0 ? {} : { marks }),
  };
}

/**
 * One that has ended, whole, whether it is put away or not; undefined where there is none of this id that has, or where
 * it no longer follows from the facts, as an occurrence does whose cycle has gone on without it.
 */
export function endedMilestone(state: LifecycleState, id: string): Milestone | undefined {
  const inHand = milestoneOf(state, id);
  if (inHand !== undefined) return isEnded(inHand) ? inHand : undefined;
  const ended = state.ended[id];
  const planned = plannedOf(state).get(id);
  if (ended === undefined || planned === undefined) return undefined;
  const { status, due, marks } = ended;
  const kept: KeptMilestone = { due, status, ...marks };
  return join(planned, kept, calendarOf(state));
}
