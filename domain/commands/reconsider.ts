import { formatDate } from '../calendar/civil-date.ts';
import type { NumberedCallIn } from '../decisions/counted.ts';
import { RECONSIDERATIONS } from '../decisions/outcomes.ts';
import { Refusal } from '../refusal.ts';
import type { CallIn } from '../schemas/inspection.ts';
import { councilId, reconsiderationId } from '../strands/call-in-window.ts';
import { findCallIn, findDecision, settle, tellOutcome, withCallIn } from './decision-steps.ts';
import { command } from './definition.ts';
import { REASONS, WHEN } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';
import { dayOf } from './steps.ts';

/** What the decision maker, or full Council, made of a decision that was referred to them. */
export const reconsider = command({
  subject: 'decision',
  title: 'Record what became of it',
  help: 'What the decision maker, or full Council, made of the decision that was referred. Whoever waits for it is told.',
  fields: { outcome: { kind: 'choice', label: 'Outcome', choices: RECONSIDERATIONS }, on: WHEN, reasons: REASONS },
  may: MANAGERS_ONLY,
  verb: 'record what became of a referred decision',
  done: 'The outcome is recorded.',
  entries: ['decision-reconsidered'],
  check(id, { facts }) {
    const decision = findDecision(facts, id);
    const { reconsidered } = referred(findCallIn(facts, decision), decision.title);
    if (reconsidered !== undefined)
      throw new Refusal(
        'wrong-state',
        `"${decision.title}" was ${reconsidered.outcome} on ${formatDate(reconsidered.on)} already.`,
      );
  },
  apply(state, { outcome, reasons, ...payload }, given) {
    const decision = findDecision(state.facts, payload.decision);
    const { resolution, ...called } = referred(findCallIn(state.facts, decision), decision.title);
    const on = dayOf(payload.on, given.now, 'reconsidered', { earliest: resolution.on });
    const reconsidered = { outcome, on, ...(reasons === undefined ? {} : { reasons }) };
    const idOf = resolution.outcome === 'refer-back' ? reconsiderationId : councilId;
    const duty = idOf(decision.id, called.number);
    const next = withCallIn(state, { ...called, resolution, reconsidered });
    const text = `"${decision.title}" was ${outcome} on ${formatDate(on)}.${reasons === undefined ? '' : ` ${reasons}`}`;
    const settled = settle(state, next, duty, given, {
      ...{ kind: 'decision-reconsidered', text },
      data: { decision: decision.id, ...reconsidered },
      because: `"${decision.title}" was ${outcome}`,
    });
    return tellOutcome(state, settled, decision, { duty, text, given });
  },
});

/** A call-in that scrutiny has referred to somebody. @throws Refusal 'wrong-state' */
function referred(
  called: NumberedCallIn,
  title: string,
): NumberedCallIn & { resolution: NonNullable<CallIn['resolution']> } {
  const { resolution } = called;
  if (resolution === undefined || resolution.outcome === 'no-further-action')
    throw new Refusal('wrong-state', `"${title}" has not been referred to anybody.`);
  return { ...called, resolution };
}
