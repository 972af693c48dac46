import { formatDate } from '../calendar/civil-date.ts';
import { DECISION_FIELDS } from '../decisions/decision-fields.ts';
import { Refusal } from '../refusal.ts';
import { publicationId } from '../strands/call-in-window.ts';
import { findDecision, settle, withDecision } from './decision-steps.ts';
import { command } from './definition.ts';
import { WHEN } from './fields.ts';
import { MANAGERS_ONLY } from './may.ts';
import { dayOf } from './steps.ts';

/** The record of a decision has been published: its window starts to run. */
export const publishDecision = command({
  subject: 'decision',
  title: 'Record that it is published',
  help: 'The call-in window starts with the day on which the record was published.',
  fields: { on: WHEN, at: DECISION_FIELDS.publishedAt },
  may: MANAGERS_ONLY,
  verb: 'record that a decision is published',
  done: 'Its call-in window has begun.',
  entries: ['decision-published'],
  check(id, { facts }) {
    const { publishedOn, title } = findDecision(facts, id);
    if (publishedOn !== undefined)
      throw new Refusal('wrong-state', `"${title}" was already published on ${formatDate(publishedOn)}.`);
  },
  apply(state, payload, given) {
    const decision = findDecision(state.facts, payload.decision);
    const on = dayOf(payload.on, given.now, 'published', { earliest: decision.takenOn });
    const next = withDecision(state, {
      ...{ ...decision, publishedOn: on },
      ...(payload.at === undefined ? {} : { publishedAt: payload.at }),
    });
    return settle(state, next, publicationId(decision.id), given, {
      kind: 'decision-published',
      text: `The record of "${decision.title}" was published ${payload.at === undefined ? '' : `at ${payload.at} `}on ${formatDate(on)}.`,
      data: {
        decision: decision.id,
        title: decision.title,
        on,
        ...(payload.at === undefined ? {} : { at: payload.at }),
      },
      because: `the record of "${decision.title}" was published`,
    });
  },
});
