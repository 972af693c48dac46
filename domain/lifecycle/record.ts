import { type MilestoneRow, rowOf } from '../milestone/columns.ts';
import { standingShown } from '../progress/standing-shown.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { roleTitle } from '../authority/roles.ts';
import type { Actor } from '../commands/actor.ts';
import type { RegisterEntry } from './entry.ts';
import type { EntryKind } from './entry-kinds.ts';
import { oneStop } from '../unstopped.ts';
import { milestoneOf } from './milestones.ts';
import type { LifecycleState } from './state.ts';

/** What is to be recorded, before it has its number. */
export interface Happening {
  kind: EntryKind;
  text: string;
  milestone?: Milestone;
  /** The id of the one that it is about, where that stays as it is. */
  about?: string;
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
    milestone: each.milestone?.id ?? each.about ?? null,
    actor: each.actor ?? null,
    text: oneStop(each.text),
    data: each.data ?? {},
    row: each.milestone === undefined ? null : rowIn(state, each.milestone, at),
  }));
  return { ...state, seq: state.seq + entries.length, unrecorded: [...state.unrecorded, ...entries] };
}

/** Lists and pages show a duty as its clock has it: put together from the plan and what is kept, not as a change left it. */
export function rowIn(state: LifecycleState, changed: Milestone, at: string): MilestoneRow {
  const milestone = milestoneOf(state, changed.id) ?? changed;
  const { authority } = state.facts;
  const ownerTitle = roleTitle(authority, milestone.owner);
  return rowOf(milestone, { ownerTitle, stands: standingShown(milestone, authority) }, at);
}
