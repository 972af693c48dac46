import { findRole } from '../authority/roles.ts';
import { localDate } from '../calendar/london.ts';
import type { Facts } from '../facts/facts.ts';
import { replan } from '../lifecycle/replan.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import type { Sustained } from '../schemas/sustained.ts';
import { type Holding, holdingsOf } from './holding.ts';
import { actionWith } from '../plan/action-duty.ts';

/**
 * Once an action is done it is to be asked about again, where the plan or the council says so; once it is open again it is
 * not. `now` is an instant, UTC.
 */
export function followCompletion(state: LifecycleState, duty: Milestone, now: string): LifecycleState {
  const before = (state.facts.holding ?? []).some((each) => each.milestone === duty.id);
  if (isPending(duty)) return before ? without(state, duty, now) : state;
  return duty.status === 'completed' && !before ? withHolding(state, duty, now) : state;
}

function withHolding(state: LifecycleState, duty: Milestone, now: string): LifecycleState {
  const { facts } = state;
  const named = sustainedNamed(duty.id, facts);
  if (named === undefined || named.after.length === 0) return state;
  const askedOf =
    named.askedOf !== undefined && findRole(facts.authority, named.askedOf) !== undefined ? named.askedOf : duty.owner;
  const about = {
    milestone: duty.id,
    round: nextRound(state, duty.id),
    on: localDate(duty.completed?.at ?? now),
    askedOf,
  };
  const holding: Holding[] = [...(facts.holding ?? []), ...named.after.map((months) => ({ ...about, months }))];
  return replan(state, { ...state, facts: { ...facts, holding } }, now, `"${duty.title}" is done`);
}

/** Rounds before it have ended, and are put away, under the number of their round. */
function nextRound({ ended, kept }: LifecycleState, milestone: string): number {
  const first = holdingsOf(milestone);
  const rounds = [...Object.keys(ended), ...Object.keys(kept)].flatMap((id) =>
    id.startsWith(first) ? [Number.parseInt(id.slice(first.length), 10)] : [],
  );
  return 1 + Math.max(0, ...rounds);
}

function without(state: LifecycleState, duty: Milestone, now: string): LifecycleState {
  const { holding = [], ...facts } = state.facts;
  const left = holding.filter((each) => each.milestone !== duty.id);
  const next = { ...state, facts: left.length === 0 ? facts : { ...facts, holding: left } };
  return replan(state, next, now, `"${duty.title}" is open again`);
}

/** When an action is asked about once it is done: as it says itself, or as the council's file does for all. */
function sustainedNamed(milestone: string, { inspection, authority }: Facts): Sustained | undefined {
  const action = actionWith(inspection, milestone);
  return action === undefined ? undefined : (action.sustained ?? authority.sustained);
}
