import { findRole } from '../authority/roles.ts';
import { callInOf, type NumberedCallIn } from '../decisions/counted.ts';
import type { Facts } from '../facts/facts.ts';
import { milestoneOf, milestonesOf, withMilestones } from '../lifecycle/milestones.ts';
import { type Happening, record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { tellThrough } from '../lifecycle/tell-through.ts';
import { end } from '../milestone/end.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import { notAmong } from '../nearest.ts';
import { Refusal } from '../refusal.ts';
import type { Decision } from '../schemas/inspection.ts';
import { callInAudience, windowId } from '../strands/call-in-window.ts';
import type { Given } from './definition.ts';

/**
 * A decision that counts.
 *
 * @throws Refusal 'unknown-decision' | 'wrong-state' where it was withdrawn
 */
export function findDecision({ inspection }: Facts, id: string): Decision {
  const found = inspection.decisions.find((each) => each.id === id);
  if (found?.withdrawn !== undefined)
    throw new Refusal('wrong-state', `"${found.title}" was withdrawn: ${found.withdrawn}`);
  if (found !== undefined) return found;
  throw new Refusal(
    'unknown-decision',
    notAmong(
      'This inspection has no decision',
      id,
      inspection.decisions.map((each) => each.id),
      'Recorded',
    ),
    'decision',
  );
}

/** @throws Refusal 'wrong-state' where it has not been called in */
export function findCallIn({ inspection }: Facts, decision: Decision): NumberedCallIn {
  const found = callInOf(inspection, decision.id);
  if (found !== undefined) return found;
  throw new Refusal('wrong-state', `"${decision.title}" has not been called in.`);
}

export function withDecision(state: LifecycleState, decision: Decision): LifecycleState {
  const { inspection } = state.facts;
  const decisions = inspection.decisions.map((each) => (each.id === decision.id ? decision : each));
  return { ...state, facts: { ...state.facts, inspection: { ...inspection, decisions } } };
}

/** The state with the call-in of a decision that counts as it now is. */
export function withCallIn(state: LifecycleState, { number: _place, ...called }: NumberedCallIn): LifecycleState {
  const { inspection } = state.facts;
  const callIns = inspection.callIns.map((each) =>
    each.decision === called.decision && each.withdrawn === undefined ? called : each,
  );
  return { ...state, facts: { ...state.facts, inspection: { ...inspection, callIns } } };
}

/** What has happened to a decision, and why what follows is planned. */
type Step = Pick<Happening, 'kind' | 'text'> & { data: Record<string, unknown>; because: string };

/**
 * Records what happened to a decision, completes the duty that it meets, plans what follows and tells those who must act
 * next.
 *
 * @param before the state in which it was given; `state` has its facts changed
 * @param duty the id of the milestone that it meets
 */
export function settle(
  before: LifecycleState,
  state: LifecycleState,
  duty: string,
  { actor, now }: Given,
  { because, ...happening }: Step,
): LifecycleState {
  const open = milestoneOf(before, duty);
  const done =
    open === undefined || !isPending(open) ? undefined : end(open, { status: 'completed', at: now, by: actor.role });
  const recorded = record(done === undefined ? state : withMilestones(state, done), now, [
    { ...happening, actor, ...(done === undefined ? {} : { milestone: done }) },
  ]);
  const planned = replan(before, recorded, now, because);
  const following = milestonesOf(planned).filter((each) => before.kept[each.id] === undefined);
  const told = following.map((each) =>
    announce(each, { kind: 'decision', to: each.owner, readyAt: now, urgent: true, text: happening.text }),
  );
  return withMilestones(planned, ...told);
}

/**
 * Whoever waits for what becomes of a call-in hears of it, by the duty that it meets or by the window: whoever heard that the
 * decision was called in, who took it, who signs its record, and the owners of what is on hold because of it. Not who records it,
 * nor who has a duty of it from now on and is told of that.
 */
export function tellOutcome(
  before: LifecycleState,
  after: LifecycleState,
  decision: Decision,
  { duty, text, given: { actor, now } }: { duty: string; text: string; given: Given },
): LifecycleState {
  const { facts } = after;
  const next = milestonesOf(after).filter((each) => before.kept[each.id] === undefined);
  const toldAlready = new Set([actor.role, ...next.flatMap(({ owner, beside = [] }) => [owner, ...beside])]);
  const waiting = [
    ...callInAudience(facts),
    ...[decision.takenBy, decision.properOfficer].flatMap((role) => role ?? []),
    ...milestonesOf(after)
      .filter((each) => waitsFor(each, decision))
      .map(({ owner }) => owner),
  ];
  const roles = [...new Set(waiting)].filter(
    (role) => !toldAlready.has(role) && findRole(facts.authority, role) !== undefined,
  );
  return tellThrough(after, [duty, windowId(decision.id)], roles, {
    ...{ kind: 'call-in-outcome', readyAt: now, urgent: false, text },
  });
}

/** It is on hold, and whoever put it there has said that it is because of this decision, or of a call-in. */
function waitsFor({ status, hold }: Milestone, { title }: Decision): boolean {
  if (status !== 'held' || hold === undefined) return false;
  const said = `${hold.reason} ${hold.awaiting ?? ''}`;
  return said.toLowerCase().includes(title.toLowerCase()) || /\bcall(?:ed)?[ -]in\b/i.test(said);
}
