import { formatDate } from '../calendar/civil-date.ts';
import { decisionStanding } from '../decisions/standing.ts';
import { record } from '../lifecycle/record.ts';
import { calendarOf } from '../lifecycle/state.ts';
import { Refusal } from '../refusal.ts';
import { findDecision, withDecision } from './decision-steps.ts';
import { command } from './definition.ts';
import { WHEN } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';
import { dayOf } from './steps.ts';

/** Records a decision as implemented: never while its window is open, or a call-in of it is undecided. */
export const implement = command({
  subject: 'decision',
  title: 'Record that it is implemented',
  help: 'Not while its call-in window is open, or a call-in is undecided.',
  fields: { on: WHEN },
  may: MANAGERS_ONLY,
  verb: 'record that a decision is implemented',
  done: 'The decision is recorded as implemented.',
  entries: ['decision-implemented'],
  check(id, state, { now }) {
    const decision = findDecision(state.facts, id);
    const { title, implementedOn } = decision;
    if (implementedOn !== undefined)
      throw new Refusal('wrong-state', `"${title}" was already implemented on ${formatDate(implementedOn)}.`);
    const { from, why } = decisionStanding(decision, state.facts, calendarOf(state), now);
    if (from === null) throw new Refusal('wrong-state', `"${title}" can't be implemented: ${why}`);
  },
  apply(state, payload, { actor, now }) {
    const decision = findDecision(state.facts, payload.decision);
    const { title } = decision;
    const on = dayOf(payload.on, now, 'implemented', { earliest: decision.takenOn });
    const { from, why } = decisionStanding(decision, state.facts, calendarOf(state), now);
    if (from === null || on < from)
      throw new Refusal(
        'wrong-date',
        `"${title}" can't have been implemented on ${formatDate(on)}${from === null ? '' : `: it can be implemented from ${formatDate(from)} on`}. ${why}`,
        'on',
      );
    return record(withDecision(state, { ...decision, implementedOn: on }), now, [
      {
        kind: 'decision-implemented',
        actor,
        text: `"${title}" was implemented on ${formatDate(on)}.`,
        data: { decision: decision.id, on },
      },
    ]);
  },
});
