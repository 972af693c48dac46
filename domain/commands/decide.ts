import { requireBody } from '../authority/bodies.ts';
import { requireRole, roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import { DECISION_FIELDS } from '../decisions/decision-fields.ts';
import { decisionMistakes } from '../decisions/decision-mistakes.ts';
import { CHOOSE_CONSTITUTION } from '../decisions/no-constitution.ts';
import { exemptionOf } from '../decisions/exemption.ts';
import { earlyEffect } from '../decisions/standing.ts';
import type { Facts } from '../facts/facts.ts';
import { record } from '../lifecycle/record.ts';
import { calendarOf } from '../lifecycle/state.ts';
import { replan } from '../lifecycle/replan.ts';
import { Refusal } from '../refusal.ts';
import type { Decision } from '../schemas/inspection.ts';
import { command } from './definition.ts';
import { MANAGERS_ONLY } from './may.ts';

/** Records an executive decision. Published, its call-in window starts; not yet published, that is the next duty. */
export const decide = command({
  subject: 'inspection',
  title: 'Record a decision',
  help: 'The record of a decision, of a body or a person. An executive one can be called in once its record is published.',
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
    const next = { ...state, facts: { ...facts, inspection } };
    const text = [
      `Decision recorded: ${decision.title}, taken on ${formatDate(decision.takenOn)}${takenByInWords(decision, facts)}, ${published}.`,
      exemptionOf(decision, facts) ?? earlyEffect(decision, next.facts, calendarOf(next)) ?? '',
    ]
      .join(' ')
      .trim();
    const recorded = record(next, now, [{ kind: 'decision-recorded', actor, text, data: { decision } }]);
    return replan(state, recorded, now, `the decision "${decision.title}" was recorded`);
  },
});

/** Who took it, and by whose delegation, where that is said. */
function takenByInWords({ takenBy, underDelegation, inConsultationWith }: Decision, { authority }: Facts): string {
  return [
    ...(takenBy === undefined ? [] : [` by ${roleTitle(authority, takenBy)}`]),
    ...(underDelegation === undefined ? [] : [` by delegation of ${underDelegation}`]),
    ...(inConsultationWith === undefined ? [] : [` in consultation with ${inConsultationWith}`]),
  ].join('');
}

/** Dates in order, an urgent one with its reasons and consent, `key` as the tests say, and names that the council knows. */
/** What is to be done about a wrong answer to whether it is a key decision, as the form has it. */
const tickOf = ({ key }: Decision): string =>
  ` ${key ? 'Leave the box unticked' : 'Tick the box'}: “${DECISION_FIELDS.key.label}”.`;

function mustMakeSense(decision: Decision, { inspection, authority, constitution }: Facts, now: string): void {
  const today = localDate(now);
  const { id, title, takenOn, publishedOn, urgent, urgencyConsent, body, properOfficer, takenBy } = decision;
  if (inspection.decisions.some((each) => each.id === id))
    throw new Refusal('duplicate', `A decision "${id}" is already recorded.`, 'id');
  if (takenOn > today)
    throw new Refusal(
      'wrong-date',
      `The decision can't have been taken on ${formatDate(takenOn)}, in the future: ${todayInWords(now)}.`,
      'takenOn',
    );
  if (publishedOn !== undefined && publishedOn > today)
    throw new Refusal(
      'wrong-date',
      `The decision can't be published on ${formatDate(publishedOn)}, in the future: ${todayInWords(now)}.`,
      'publishedOn',
    );
  if (publishedOn !== undefined && publishedOn < takenOn)
    throw new Refusal(
      'wrong-date',
      `The decision can't be published on ${formatDate(publishedOn)}, before it was taken on ${formatDate(takenOn)}.`,
      'publishedOn',
    );
  if (urgent && decision.reasons === undefined)
    throw new Refusal(
      'missing-reason',
      'An urgent decision is exempt from call-in only where its reasons are recorded.',
      'reasons',
    );
  const consent = constitution?.callIn.urgencyConsent;
  if (urgent && consent !== undefined && urgencyConsent === undefined)
    throw new Refusal(
      'missing-reason',
      `An urgent decision is exempt from call-in only with the consent of ${consent}.`,
      'urgencyConsent',
    );
  if (properOfficer !== undefined) requireRole(authority, properOfficer, 'properOfficer');
  if (takenBy !== undefined) requireRole(authority, takenBy, 'takenBy');
  if (body !== undefined) requireBody(authority, body, 'body');
  const [mistake] = decisionMistakes(decision, { authority, constitution });
  if (mistake !== undefined)
    throw new Refusal(
      mistake.field === 'effectiveFrom' ? 'wrong-date' : 'wrong-state',
      `"${title}": ${mistake.sentence}.${mistake.field === 'key' ? tickOf(decision) : ''}`,
      mistake.field,
    );
  if (constitution === null && exemptionOf(decision, { authority }) === undefined)
    throw new Refusal(
      'unknown-rule',
      `${authority.name} has no constitution on file, so the call-in window can't be worked out. ${CHOOSE_CONSTITUTION}`,
    );
}
