import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { decisionStanding } from '../decisions/standing.ts';
import { keyDecisionTest } from '../decisions/key-decision.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { mustBePermitted } from '../milestone/permissions.ts';
import type { Facts } from '../facts/facts.ts';
import { requireRole } from '../authority/roles.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, CommandPayload } from '../schemas/commands.ts';
import type { CallIn, Decision } from '../schemas/inspection.ts';
import {
  callInAudience,
  councilId,
  publicationId,
  reconsiderationId,
  reviewId,
  windowId,
} from '../strands/call-in-window.ts';
import type { Happening } from './record.ts';
import { record } from './record.ts';
import { replan } from './replan.ts';
import { calendarOf, type LifecycleState } from './state.ts';

/**
 * Records an executive decision. Published, its call-in window starts; not yet published, that is the next duty.
 *
 * @throws Refusal where dates make no sense, an urgent one lacks its reasons or consent, or `key` is not what the tests say
 */
export function decide(
  state: LifecycleState,
  { decision }: CommandPayload<'decide'>,
  actor: Actor,
  now: string,
): LifecycleState {
  const { facts } = state;
  mustBePermitted('decide', actor, facts);
  const today = localDate(now);
  if (facts.inspection.decisions.some((each) => each.id === decision.id))
    throw new Refusal('duplicate', `A decision "${decision.id}" is already recorded.`);
  if (decision.takenOn > today)
    throw new Refusal(
      'wrong-date',
      `The decision can't have been taken on ${formatDate(decision.takenOn)}, in the future.`,
    );
  if (decision.publishedOn !== undefined && decision.publishedOn < decision.takenOn)
    throw new Refusal(
      'wrong-date',
      `The decision can't be published on ${formatDate(decision.publishedOn)}, before it was taken on ${formatDate(decision.takenOn)}.`,
    );
  if (decision.urgent && decision.reasons === undefined)
    throw new Refusal(
      'missing-reason',
      'An urgent decision is exempt from call-in only where its reasons are recorded.',
    );
  const consent = facts.constitution?.callIn.urgencyConsent;
  if (decision.urgent && consent !== undefined && decision.urgencyConsent === undefined)
    throw new Refusal(
      'missing-reason',
      `An urgent decision is exempt from call-in only with the consent of ${consent}.`,
    );
  if (decision.properOfficer !== undefined) requireRole(facts.authority, decision.properOfficer);
  const test = keyDecisionTest(decision, facts.constitution);
  if (test !== undefined && test.key !== decision.key)
    throw new Refusal(
      'wrong-state',
      `"${decision.title}" is ${test.key ? '' : 'not '}a key decision: ${test.why}. Record it as ${test.key ? 'key' : 'not key'}.`,
    );
  if (decision.body !== undefined && !facts.authority.bodies.some((each) => each.id === decision.body))
    throw new Refusal(
      'unknown-role',
      `${facts.authority.name} has no body "${decision.body}"; its bodies are ${facts.authority.bodies.map((each) => each.id).join(', ')}.`,
    );
  if (facts.constitution === null && !decision.urgent)
    throw new Refusal(
      'unknown-rule',
      `${facts.authority.name} has no constitution on file, so the call-in window can't be worked out. Name one in the authority's file.`,
    );
  const inspection = { ...facts.inspection, decisions: [...facts.inspection.decisions, decision] };
  const text = `Decision recorded: ${decision.title}, taken on ${formatDate(decision.takenOn)}, ${decision.publishedOn === undefined ? 'not yet published' : `published on ${formatDate(decision.publishedOn)}`}${decision.urgent ? '; urgent, exempt from call-in' : ''}.`;
  const recorded = record({ ...state, facts: { ...facts, inspection } }, now, [
    { kind: 'decision-recorded', actor, text, data: { decision } },
  ]);
  return replan(recorded, now, `the decision "${decision.title}" was recorded`);
}

/**
 * Members call a decision in, while its window is open.
 *
 * @throws Refusal 'unknown-decision' | 'window-closed' | 'duplicate' | 'too-few' | 'not-permitted'
 */
export function callIn(
  state: LifecycleState,
  payload: CommandPayload<'callIn'>,
  actor: Actor,
  now: string,
): LifecycleState {
  const { facts } = state;
  mustBePermitted('callIn', actor, facts);
  const called = { ...payload.callIn, receivedOn: payload.callIn.receivedOn ?? localDate(now) };
  const decision = findDecision(facts, called.decision);
  if (decision.urgent) throw new Refusal('window-closed', `"${decision.title}" was urgent and is exempt from call-in.`);
  if (facts.inspection.callIns.some((each) => each.decision === decision.id))
    throw new Refusal('duplicate', `"${decision.title}" has already been called in.`);
  const fewest = facts.constitution?.callIn.minimumMembers;
  if (fewest !== undefined && called.members !== undefined && called.members < fewest)
    throw new Refusal(
      'too-few',
      `A call-in needs ${facts.constitution?.callIn.who ?? `${fewest} members`}; here are ${called.members}.`,
    );
  const window = state.milestones[windowId(decision.id)];
  if (window === undefined || !isPending(window) || window.dueAt <= now)
    throw new Refusal('window-closed', `The call-in window of "${decision.title}" has closed.`);
  const inspection = { ...facts.inspection, callIns: [...facts.inspection.callIns, called] };
  const text = `Called in by ${called.by}: ${called.reasons}. The decision must not be implemented until scrutiny has considered it.`;
  const closed: Milestone = {
    ...window,
    status: 'completed',
    outcome: 'Called in.',
    completed: { at: now, by: actor.role },
    // What was still to be told about the window (that it was passed on, say) is not told once it is over.
    ...((facts.edition ?? 1) >= 2 ? { announcements: [] } : {}),
  };
  const recorded = record(
    { ...state, facts: { ...facts, inspection }, milestones: { ...state.milestones, [closed.id]: closed } },
    now,
    [
      {
        kind: 'call-in-received',
        milestone: closed,
        actor,
        text: `${decision.title}: ${text}`,
        data: { callIn: called },
      },
    ],
  );
  const planned = replan(recorded, now, `"${decision.title}" was called in`);
  const carrier = planned.milestones[reviewId(decision.id)] ?? closed;
  const told = announce(
    carrier,
    ...callInAudience(facts).map((to) => ({ kind: 'call-in-received' as const, to, readyAt: now, urgent: true, text })),
  );
  return { ...planned, milestones: { ...planned.milestones, [told.id]: told } };
}

/** The record of a decision has been published: its window starts to run. */
export function publishDecision(
  state: LifecycleState,
  payload: CommandPayload<'publishDecision'>,
  actor: Actor,
  now: string,
): LifecycleState {
  mustBePermitted('publishDecision', actor, state.facts);
  const decision = findDecision(state.facts, payload.decision);
  if (decision.publishedOn !== undefined)
    throw new Refusal(
      'wrong-state',
      `"${decision.title}" was already published on ${formatDate(decision.publishedOn)}.`,
    );
  const on = dayOf(payload.on, now, decision.takenOn, 'published');
  const next = withDecision(state, { ...decision, publishedOn: on });
  return settle(next, publicationId(decision.id), actor, now, {
    kind: 'decision-published',
    text: `The record of "${decision.title}" was published on ${formatDate(on)}.`,
    data: { decision: decision.id, on },
    because: `the record of "${decision.title}" was published`,
  });
}

/**
 * What scrutiny resolved on a called-in decision: no further action, back to the decision maker, or to full Council.
 *
 * @throws Refusal where it was not called in, or is resolved already
 */
export function resolveCallIn(
  state: LifecycleState,
  payload: CommandPayload<'resolveCallIn'>,
  actor: Actor,
  now: string,
): LifecycleState {
  mustBePermitted('resolveCallIn', actor, state.facts);
  const decision = findDecision(state.facts, payload.decision);
  const called = findCallIn(state.facts, decision);
  if (called.resolution !== undefined)
    throw new Refusal(
      'wrong-state',
      `Scrutiny resolved on "${decision.title}" on ${formatDate(called.resolution.on)} already.`,
    );
  const on = dayOf(payload.on, now, called.receivedOn, 'resolved');
  const { outcome, reasons } = payload;
  const resolution = { outcome, on, ...(reasons === undefined ? {} : { reasons }) };
  const says = {
    'no-further-action': 'no further action: the decision can be implemented',
    'refer-back': 'it is referred back to the decision maker',
    'refer-to-council': 'it is referred to full Council',
  }[outcome];
  return settle(withCallIn(state, { ...called, resolution }), reviewId(decision.id), actor, now, {
    kind: 'call-in-resolved',
    text: `Scrutiny considered the call-in of "${decision.title}" on ${formatDate(on)}: ${says}.${reasons === undefined ? '' : ` ${reasons}`}`,
    data: { decision: decision.id, ...resolution },
    because: `scrutiny considered the call-in of "${decision.title}": ${says}`,
  });
}

/**
 * What the decision maker, or full Council, made of a decision that was referred to them.
 *
 * @throws Refusal where it was not referred, or has been reconsidered already
 */
export function reconsider(
  state: LifecycleState,
  payload: CommandPayload<'reconsider'>,
  actor: Actor,
  now: string,
): LifecycleState {
  mustBePermitted('reconsider', actor, state.facts);
  const decision = findDecision(state.facts, payload.decision);
  const called = findCallIn(state.facts, decision);
  const { resolution } = called;
  if (resolution === undefined || resolution.outcome === 'no-further-action')
    throw new Refusal('wrong-state', `"${decision.title}" has not been referred to anybody.`);
  if (called.reconsidered !== undefined)
    throw new Refusal(
      'wrong-state',
      `"${decision.title}" was ${called.reconsidered.outcome} on ${formatDate(called.reconsidered.on)} already.`,
    );
  const on = dayOf(payload.on, now, resolution.on, 'reconsidered');
  const { outcome, reasons } = payload;
  const reconsidered = { outcome, on, ...(reasons === undefined ? {} : { reasons }) };
  const whose = resolution.outcome === 'refer-back' ? reconsiderationId(decision.id) : councilId(decision.id);
  return settle(withCallIn(state, { ...called, reconsidered }), whose, actor, now, {
    kind: 'decision-reconsidered',
    text: `"${decision.title}" was ${outcome} on ${formatDate(on)}.${reasons === undefined ? '' : ` ${reasons}`}`,
    data: { decision: decision.id, ...reconsidered },
    because: `"${decision.title}" was ${outcome}`,
  });
}

/**
 * Records a decision as implemented: never while its window is open, or a call-in of it is undecided.
 *
 * @throws Refusal with the day from which it can be, where that is known
 */
export function implement(
  state: LifecycleState,
  payload: CommandPayload<'implement'>,
  actor: Actor,
  now: string,
): LifecycleState {
  mustBePermitted('implement', actor, state.facts);
  const decision = findDecision(state.facts, payload.decision);
  if (decision.implementedOn !== undefined)
    throw new Refusal(
      'wrong-state',
      `"${decision.title}" was already implemented on ${formatDate(decision.implementedOn)}.`,
    );
  const on = dayOf(payload.on, now, decision.takenOn, 'implemented');
  const standing = decisionStanding(decision, state.facts, calendarOf(state), now);
  if (standing.from === null)
    throw new Refusal('wrong-state', `"${decision.title}" can't be implemented: ${standing.why}`);
  if (on < standing.from)
    throw new Refusal(
      'wrong-date',
      `"${decision.title}" can't have been implemented on ${formatDate(on)}: it can be from ${formatDate(standing.from)} on. ${standing.why}`,
    );
  return record(withDecision(state, { ...decision, implementedOn: on }), now, [
    {
      kind: 'decision-implemented',
      actor,
      text: `"${decision.title}" was implemented on ${formatDate(on)}.`,
      data: { decision: decision.id, on },
    },
  ]);
}

/** Records what happened, completes the duty that it meets, plans what follows and tells those who must act next. */
function settle(
  state: LifecycleState,
  duty: string,
  actor: Actor,
  now: string,
  { because, ...happening }: Pick<Happening, 'kind' | 'text'> & { data: Record<string, unknown>; because: string },
): LifecycleState {
  const open = state.milestones[duty];
  const done: Milestone | undefined =
    open === undefined || !isPending(open)
      ? undefined
      : { ...open, status: 'completed', completed: { at: now, by: actor.role }, announcements: [] };
  const milestones = done === undefined ? state.milestones : { ...state.milestones, [done.id]: done };
  const recorded = record({ ...state, milestones }, now, [
    { ...happening, actor, ...(done === undefined ? {} : { milestone: done }) },
  ]);
  const planned = replan(recorded, now, because);
  const following = Object.values(planned.milestones).filter((each) => state.milestones[each.id] === undefined);
  const told = following.map((each) =>
    announce(each, { kind: 'decision', to: each.owner, readyAt: now, urgent: true, text: happening.text }),
  );
  return {
    ...planned,
    milestones: { ...planned.milestones, ...Object.fromEntries(told.map((each) => [each.id, each])) },
  };
}

function findDecision({ inspection }: Facts, id: string): Decision {
  const found = inspection.decisions.find((each) => each.id === id);
  if (found !== undefined) return found;
  throw new Refusal(
    'unknown-decision',
    `There is no decision "${id}" in this inspection. Recorded: ${inspection.decisions.map((each) => each.id).join(', ') || 'none'}.`,
  );
}

function findCallIn({ inspection }: Facts, decision: Decision): CallIn {
  const found = inspection.callIns.find((each) => each.decision === decision.id);
  if (found !== undefined) return found;
  throw new Refusal('wrong-state', `"${decision.title}" has not been called in.`);
}

function withDecision(state: LifecycleState, decision: Decision): LifecycleState {
  const { inspection } = state.facts;
  const decisions = inspection.decisions.map((each) => (each.id === decision.id ? decision : each));
  return { ...state, facts: { ...state.facts, inspection: { ...inspection, decisions } } };
}

function withCallIn(state: LifecycleState, called: CallIn): LifecycleState {
  const { inspection } = state.facts;
  const callIns = inspection.callIns.map((each) => (each.decision === called.decision ? called : each));
  return { ...state, facts: { ...state.facts, inspection: { ...inspection, callIns } } };
}

/** The day that a person names, or today; not before what it follows, and not in the future. */
function dayOf(on: string | undefined, now: string, earliest: string, what: string): string {
  const day = on ?? localDate(now);
  if (day > localDate(now))
    throw new Refusal('wrong-date', `It can't have been ${what} on ${formatDate(day)}, in the future.`);
  if (day < earliest)
    throw new Refusal(
      'wrong-date',
      `It can't have been ${what} on ${formatDate(day)}, before ${formatDate(earliest)}.`,
    );
  return day;
}
