import { formatDate } from '../calendar/civil-date.ts';
import { CALL_IN_OUTCOMES, type CallInOutcome } from '../decisions/outcomes.ts';
import { Refusal } from '../refusal.ts';
import { reviewId } from '../strands/call-in-window.ts';
import { findCallIn, findDecision, settle, tellOutcome, withCallIn } from './decision-steps.ts';
import { command } from './definition.ts';
import { REASONS, WHEN } from './fields.ts';
import { dayOf } from './steps.ts';

const SAYS: Record<CallInOutcome, string> = {
  'no-further-action': 'no further action: the decision can be implemented',
  'refer-back': 'it is referred back to the decision maker',
  'refer-to-council': 'it is referred to full Council',
};

/** What scrutiny resolved on a called-in decision: no further action, back to the decision maker, or to full Council. */
export const resolveCallIn = command({
  subject: 'decision',
  title: 'Record what scrutiny resolved',
  help: 'What the scrutiny body made of the call-in. Whoever waits for it is told: who decided, who watches the window, and whose duties are on hold because of it.',
  fields: { outcome: { kind: 'choice', label: 'Outcome', choices: CALL_IN_OUTCOMES }, on: WHEN, reasons: REASONS },
  may: { capacities: ['member', 'manager', 'administrator'] },
  verb: 'record what scrutiny resolved',
  done: 'The outcome is recorded.',
  entries: ['call-in-resolved'],
  check(id, { facts }) {
    const decision = findDecision(facts, id);
    const { resolution } = findCallIn(facts, decision);
    if (resolution !== undefined)
      throw new Refusal(
        'wrong-state',
        `Scrutiny resolved on "${decision.title}" on ${formatDate(resolution.on)} already: ${SAYS[resolution.outcome]}.`,
      );
  },
  apply(state, { outcome, reasons, ...payload }, given) {
    const decision = findDecision(state.facts, payload.decision);
    const called = findCallIn(state.facts, decision);
    const on = dayOf(payload.on, given.now, 'resolved', { earliest: called.receivedOn });
    const resolution = { outcome, on, ...(reasons === undefined ? {} : { reasons }) };
    const next = withCallIn(state, { ...called, resolution });
    const duty = reviewId(decision.id, called.number);
    const text = `Scrutiny considered the call-in of "${decision.title}" on ${formatDate(on)}: ${SAYS[outcome]}.${reasons === undefined ? '' : ` ${reasons}`}`;
    const settled = settle(state, next, duty, given, {
      ...{ kind: 'call-in-resolved', text },
      data: { decision: decision.id, ...resolution },
      because: `scrutiny considered the call-in of "${decision.title}": ${SAYS[outcome]}`,
    });
    return tellOutcome(state, settled, decision, { duty, text, given });
  },
});
