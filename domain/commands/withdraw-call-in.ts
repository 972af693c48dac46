import { roleTitle } from '../authority/roles.ts';
import { formatInstant } from '../calendar/london.ts';
import { endedMilestone } from '../lifecycle/ended.ts';
import { milestoneOf, withMilestones } from '../lifecycle/milestones.ts';
import { type Happening, record } from '../lifecycle/record.ts';
import { replan, tellingOfGone } from '../lifecycle/replan.ts';
import type { LifecycleState } from '../lifecycle/state.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { announce } from '../milestone/milestone-state.ts';
import { callInAudience, councilId, reconsiderationId, reviewId, windowId } from '../strands/call-in-window.ts';
import { findCallIn, findDecision, withCallIn } from './decision-steps.ts';
import { command } from './definition.ts';
import { REASON } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';
import { openedAgain } from './opened-again.ts';
import { unstopped } from '../unstopped.ts';

/** A call-in was recorded by mistake: what it started lapses, and a window that is not over yet runs again. */
export const withdrawCallIn = command({
  subject: 'decision',
  title: 'Withdraw the call-in',
  help: 'It was recorded by mistake, or taken back. What it started is no longer needed; where the call-in window is not over yet, it is open again to its end. Whoever was told of the call-in is told once; its record stays.',
  fields: { reason: { ...REASON, label: 'Why is it withdrawn?' } },
  may: MANAGERS_ONLY,
  verb: 'withdraw a call-in',
  done: 'The call-in is withdrawn.',
  warning: 'This can’t be taken back. While the window is open the decision can be called in anew.',
  entries: ['call-in-withdrawn'],
  check(id, { facts }) {
    findCallIn(facts, findDecision(facts, id));
  },
  apply(state, { decision: id, reason }, { actor, now }) {
    const { facts } = state;
    const decision = findDecision(facts, id);
    const called = findCallIn(facts, decision);
    const because = `the call-in of "${decision.title}" was withdrawn`;
    const who = roleTitle(facts.authority, actor.role);
    const window = runsOn(state, id, now);
    const ending =
      window === undefined ? '' : ` The call-in window is open again, until ${formatInstant(window.dueAt)}.`;
    const text = `The call-in of "${decision.title}" was withdrawn by ${who}: ${unstopped(reason)}.${ending}`;
    const happening: Happening = { kind: 'call-in-withdrawn', actor, text, data: { decision: id, reason } };
    const next = withCallIn(state, { ...called, withdrawn: reason });
    const opened = window === undefined ? next : reopened(next, window);
    const recorded = record(opened, now, [{ ...happening, ...(window === undefined ? {} : { milestone: window }) }]);
    const planned = replan(state, recorded, now, because, tellingOfGone(because));
    const followed = [reviewId, reconsiderationId, councilId].map((idOf) => idOf(id, called.number));
    return tellAudience(planned, [windowId(id), ...followed], now, text);
  },
});

/** Its window, open again, where it would not be over yet had nobody called the decision in. */
function runsOn(state: LifecycleState, decision: string, now: string): Milestone | undefined {
  const window = endedMilestone(state, windowId(decision));
  if (window === undefined || window.status !== 'completed' || window.dueAt <= now) return undefined;
  return openedAgain(window);
}

function reopened(state: LifecycleState, window: Milestone): LifecycleState {
  const ended = { ...state.ended };
  delete ended[window.id];
  return withMilestones({ ...state, ended }, window);
}

/** Whoever heard of the call-in at once hears at once that it is none, by the first of these duties that a mail can carry. */
function tellAudience(state: LifecycleState, duties: readonly string[], now: string, text: string): LifecycleState {
  const carrier = duties.flatMap((id) => milestoneOf(state, id) ?? []).find((each) => isTellable(each, state));
  if (carrier === undefined) return state;
  const kind = state.gone?.[carrier.id] === undefined ? ('decision' as const) : ('withdrawn' as const);
  const told = callInAudience(state.facts).map((to): Announcement => ({ kind, to, readyAt: now, urgent: true, text }));
  return withMilestones(state, announce(carrier, ...told));
}

/** Open again, or gone and still to be told of. */
const isTellable = ({ id, status }: Milestone, { gone }: LifecycleState): boolean =>
  status === 'open' || gone?.[id] !== undefined;
