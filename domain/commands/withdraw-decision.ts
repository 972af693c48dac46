import { roleTitle } from '../authority/roles.ts';
import { callInOf } from '../decisions/counted.ts';
import { record } from '../lifecycle/record.ts';
import { replan, tellingOfGone } from '../lifecycle/replan.ts';
import { reviewId } from '../strands/call-in-window.ts';
import { findDecision, tellOutcome, withDecision } from './decision-steps.ts';
import { command } from './definition.ts';
import { REASON } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';

/** A decision was recorded by mistake: what it started lapses, its record stays. */
export const withdrawDecision = command({
  subject: 'decision',
  title: 'Withdraw the decision',
  help: 'It was recorded by mistake. What it started is no longer needed, and whoever owns that is told once; its record stays, marked as withdrawn.',
  fields: { reason: REASON },
  may: MANAGERS_ONLY,
  verb: 'withdraw a decision',
  done: 'The decision is withdrawn.',
  warning: 'This can’t be taken back. If the decision was taken after all, record it under another short name.',
  entries: ['decision-withdrawn'],
  check(id, { facts }) {
    findDecision(facts, id);
  },
  apply(state, { decision: id, reason }, { actor, now }) {
    const decision = findDecision(state.facts, id);
    const because = `the decision "${decision.title}" was withdrawn`;
    const text = `The decision "${decision.title}" was withdrawn by ${roleTitle(state.facts.authority, actor.role)}: ${reason}`;
    const recorded = record(withDecision(state, { ...decision, withdrawn: reason }), now, [
      {
        kind: 'decision-withdrawn',
        actor,
        text,
        data: { decision: id, reason },
      },
    ]);
    const planned = replan(state, recorded, now, because, tellingOfGone(because));
    const called = callInOf(state.facts.inspection, id);
    if (called === undefined) return planned;
    return tellOutcome(state, planned, decision, { duty: reviewId(id, called.number), text, given: { actor, now } });
  },
});
