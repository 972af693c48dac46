import type { Milestone } from '../milestone/milestone.ts';
import { isEnded } from '../milestone/milestone-state.ts';
import { roleTitle } from '../authority/roles.ts';
import type { Actor } from '../commands/actor.ts';
import type { EntryKind, MilestoneRow, RegisterEntry } from './entry.ts';
import type { LifecycleState } from './state.ts';

/** What is to be recorded, before it has its number. */
export interface Happening {
  kind: EntryKind;
  text: string;
  milestone?: Milestone;
  actor?: Actor;
  data?: Record<string, unknown>;
}

/** Adds entries to what the register is to be told, numbered in the order in which they happened. */
export function record(state: LifecycleState, at: string, happenings: Happening[]): LifecycleState {
  if (happenings.length === 0) return state;
  const entries: RegisterEntry[] = happenings.map((each, index) => ({
    seq: state.seq + index + 1,
    at,
    kind: each.kind,
    milestone: each.milestone?.id ?? null,
    actor: each.actor ?? null,
    text: each.text,
    data: each.data ?? {},
    row: each.milestone === undefined ? null : rowOf(each.milestone, state, at),
  }));
  return { ...state, seq: state.seq + entries.length, unrecorded: [...state.unrecorded, ...entries] };
}

function rowOf(milestone: Milestone, state: LifecycleState, at: string): MilestoneRow {
  return {
    milestone: milestone.id,
    strand: milestone.strand,
    title: milestone.title,
    due: milestone.due,
    dueAt: milestone.dueAt,
    dueVersion: milestone.dueVersion,
    status: milestone.status,
    owner: milestone.owner,
    ownerTitle: roleTitle(state.facts.authority, milestone.owner),
    strength: milestone.strength,
    provisional: milestone.provisional,
    explanation: milestone.explanation,
    endedAt: isEnded(milestone) || milestone.status === 'submitted' ? endedAt(milestone, at) : null,
    holdReviewOn: milestone.hold?.reviewOn ?? null,
    ...(milestone.body === undefined ? {} : { body: milestone.body }),
  };
}

/** The instant a milestone was met or ended at: what a person named, else when it was recorded. */
function endedAt(milestone: Milestone, otherwise: string): string {
  return milestone.submitted?.at ?? milestone.completed?.at ?? milestone.waived?.at ?? otherwise;
}
