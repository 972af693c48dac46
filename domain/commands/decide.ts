import { requireBody } from '../authority/bodies.ts';
import { requireRole } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInLondon } from '../calendar/london.ts';
import { DECISION_FIELDS } from '../decisions/decision-fields.ts';
import { keyDecisionTest } from '../decisions/key-decision.ts';
import type { Facts } from '../facts/facts.ts';
import { record } from '../lifecycle/record.ts';
import { replan } from '../lifecycle/replan.ts';
import { Refusal } from '../refusal.ts';
import type { Decision } from '../schemas/inspection.ts';
import { command } from './definition.ts';
import { MANAGERS_ONLY } from './may.ts';

/** Records an executive decision. Published, its call-in window starts; not yet published, that is the next duty. */
export const decide = command({
  subject: 'inspection',
  title: 'Record a decision',
  help: 'The record of an executive decision. Its call-in window starts when the record is published.',
  fields: DECISION_FIELDS,
  may: MANAGERS_ONLY,
  verb: 'record a decision',
  done: 'The decision is recorded.',
  entries: ['decision-recorded'],
  apply(state, decision, { actor, now }) {
    const { facts } = state;
    mustMakeSense(decision, facts, now);
    const inspection = { ...facts.inspection, decisions: [...facts.inspection.decisions, decision] };
    const published =
      decision.publishedOn === undefined ? 'not yet published' : `published on ${formatDate(decision.publishedOn)}`;
    const text = `Decision recorded: ${decision.title}, taken on ${formatDate(decision.takenOn)}, ${published}${decision.urgent ? '; urgent, exempt from call-in' : ''}.`;
    const recorded = record({ ...state, facts: { ...facts, inspection } }, now, [
      { kind: 'decision-recorded', actor, text, data: { decision } },
    ]);
    return replan(state, recorded, now, `the decision "${decision.title}" was recorded`);
  },
});

/** Dates in order, an urgent one with its reasons and consent, `key` as the tests say, and names that the council knows. */
function mustMakeSense(decision: Decision, { inspection, authority, constitution }: Facts, now: string): void {
  const today = localDate(now);
  const { id, title, takenOn, publishedOn, urgent, urgencyConsent, body, properOfficer } = decision;
  if (inspection.decisions.some((each) => each.id === id))
    throw new Refusal('duplicate', `A decision "${id}" is already recorded.`);
  if (takenOn > today)
    throw new Refusal(
      'wrong-date',
      `The decision can't have been taken on ${formatDate(takenOn)}, in the future: ${todayInLondon(now)}.`,
    );
  if (publishedOn !== undefined && publishedOn > today)
    throw new Refusal(
      'wrong-date',
      `The decision can't be published on ${formatDate(publishedOn)}, in the future: ${todayInLondon(now)}.`,
    );
  if (publishedOn !== undefined && publishedOn < takenOn)
    throw new Refusal(
      'wrong-date',
      `The decision can't be published on ${formatDate(publishedOn)}, before it was taken on ${formatDate(takenOn)}.`,
    );
  if (urgent && decision.reasons === undefined)
    throw new Refusal(
      'missing-reason',
      'An urgent decision is exempt from call-in only where its reasons are recorded.',
    );
  const consent = constitution?.callIn.urgencyConsent;
  if (urgent && consent !== undefined && urgencyConsent === undefined)
    throw new Refusal(
      'missing-reason',
      `An urgent decision is exempt from call-in only with the consent of ${consent}.`,
    );
  if (properOfficer !== undefined) requireRole(authority, properOfficer);
  const test = keyDecisionTest(decision, constitution);
  if (test !== undefined && test.key !== decision.key)
    throw new Refusal(
      'wrong-state',
      `"${title}" is ${test.key ? '' : 'not '}a key decision: ${test.why}. Record it as ${test.key ? 'key' : 'not key'}.`,
    );
  if (body !== undefined) requireBody(authority, body);
  if (constitution === null && !urgent)
    throw new Refusal(
      'unknown-rule',
      `${authority.name} has no constitution on file, so the call-in window can't be worked out. Name one in the authority's file.`,
    );
}
