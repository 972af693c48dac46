import { formatDate } from '../calendar/civil-date.ts';
import { exemptionOf } from '../decisions/exemption.ts';
import { callInOf } from '../decisions/counted.ts';
import { milestoneOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import { end } from '../milestone/end.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import type { CallIn } from '../schemas/inspection.ts';
import { callInAudience, reviewId, windowId } from '../strands/call-in-window.ts';
import { unstopped } from '../unstopped.ts';
import { findDecision } from './decision-steps.ts';
import { command } from './definition.ts';
import { WHEN } from './fields.ts';
import { dayOf } from './steps.ts';

/** Members call a decision in, while its window is open. */
export const callIn = command({
  subject: 'decision',
  title: 'Call the decision in',
  help: 'Scrutiny members stop the decision until it has been looked at.',
  fields: {
    by: {
      kind: 'line',
      label: 'Who calls it in?',
      missing: 'Enter who calls it in',
      flag: 'members',
      themselves: 'member',
    },
    members: { kind: 'number', label: 'How many members?', optional: true, min: 1, max: 200, flag: 'count' },
    reasons: { kind: 'line', label: 'Why?', missing: 'Say why' },
    receivedOn: { ...WHEN, label: 'When was the call-in received?', flag: 'received' },
  },
  may: { capacities: ['member', 'administrator'] },
  verb: 'call a decision in',
  done: 'The decision is called in.',
  entries: ['call-in-received'],
  check(id, state, { now }) {
    const decision = findDecision(state.facts, id);
    const { title, publishedOn } = decision;
    const exempt = exemptionOf(decision, state.facts);
    if (exempt !== undefined) throw new Refusal('window-closed', `"${title}" can't be called in. ${exempt}`);
    if (publishedOn === undefined)
      throw new Refusal(
        'wrong-state',
        `The record of "${title}" has not been published, so its call-in window has not begun.`,
      );
    const earlier = callInOf(state.facts.inspection, id);
    if (earlier !== undefined)
      throw new Refusal(
        'duplicate',
        `"${title}" has already been called in by ${earlier.by} on ${formatDate(earlier.receivedOn)}: ${unstopped(earlier.reasons)}.`,
      );
    openWindow(state, id, title, now);
  },
  apply(state, payload, { actor, now }) {
    const { facts } = state;
    const decision = findDecision(facts, payload.decision);
    const called: CallIn = {
      ...payload,
      receivedOn: dayOf(payload.receivedOn, now, 'called in', { earliest: decision.publishedOn, field: 'receivedOn' }),
    };
    mustBeEnough(called.members, state);
    const callIns = [...facts.inspection.callIns, called];
    const text = `Called in by ${called.by}: ${called.reasons}. The decision must not be implemented until scrutiny has considered it.`;
    const window = openWindow(state, decision.id, decision.title, now);
    const closed = end(window, { status: 'completed', at: now, by: actor.role, outcome: 'Called in.' });
    const next = { ...state, facts: { ...facts, inspection: { ...facts.inspection, callIns } } };
    const recorded = record(withMilestones(next, closed), now, [
      {
        kind: 'call-in-received',
        milestone: closed,
        actor,
        text: `${decision.title}: ${text}`,
        data: { callIn: called, title: decision.title },
      },
    ]);
    const planned = replan(state, recorded, now, `"${decision.title}" was called in`);
    const number = callInOf(planned.facts.inspection, decision.id)?.number;
    const carrier = milestoneOf(planned, reviewId(decision.id, number)) ?? closed;
    const audience = callInAudience(facts).map((to) => ({
      kind: 'call-in-received' as const,
      ...{ to, readyAt: now, urgent: true, text },
    }));
    return withMilestones(planned, announce(carrier, ...audience));
  },
});

/** @throws Refusal 'window-closed' */
function openWindow(state: LifecycleState, decision: string, title: string, now: string): Milestone {
  const window = milestoneOf(state, windowId(decision));
  if (window === undefined || !isPending(window) || window.dueAt <= now)
    throw new Refusal('window-closed', `The call-in window of "${title}" has closed.`);
  return window;
}

function mustBeEnough(members: number | undefined, { facts }: LifecycleState): void {
  const { minimumMembers: fewest, who } = facts.constitution?.callIn ?? {};
  if (fewest !== undefined && members !== undefined && members < fewest)
    throw new Refusal('too-few', `A call-in needs ${who ?? `${fewest} members`}; here are ${members}.`, 'members');
}
