import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import { formatInstant } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import { roleTitle } from '../authority/roles.ts';
import type { CallIn, Decision } from '../schemas/inspection.ts';
import { bodyOf, exemptionOf, isExecutiveDecision } from './exemption.ts';
import { callInOf } from './counted.ts';
import { keyDecisionTest } from './key-decision.ts';
import { NO_CONSTITUTION } from './no-constitution.ts';
import { decisionStanding, type Standing } from './standing.ts';

/** A record says nothing that nobody has said: what was left blank may have been anything. */
const NOT_RECORDED = 'Not recorded';

/** The record of a decision as the executive's proforma has it: a heading and its text, in order. */
export interface RecordOfDecision {
  id: string;
  title: string;
  authority: string;
  heading: string;
  /** The day on which it was taken. */
  on: CivilDate;
  parts: { heading: string; text: string }[];
  standing: Standing;
}

/** A decision's record with what became of it; undefined where there is none of this id. */
export function recordOfDecision(
  facts: Facts,
  id: string,
  calendar: WorkingCalendar,
  now: string,
): RecordOfDecision | undefined {
  const { inspection, authority, constitution } = facts;
  const decision = inspection.decisions.find((each) => each.id === id);
  if (decision === undefined) return undefined;
  const standing = decisionStanding(decision, facts, calendar, now);
  const { takenBy, underDelegation, inConsultationWith, effectiveFrom } = decision;
  const person = takenBy === undefined ? undefined : roleTitle(authority, takenBy);
  const who = bodyOf(decision, facts)?.name ?? person ?? 'Executive decision';
  const callIn = callInOf(inspection, id) ?? calledInBefore(decision, inspection);
  const part = (heading: string, text: string | undefined) => ({ heading, text: text ?? NOT_RECORDED });
  // What most records have no place for is there only where it is said.
  const ifSaid = (heading: string, text: string | undefined) => (text === undefined ? [] : [{ heading, text }]);
  return {
    id,
    title: decision.title,
    authority: authority.name,
    heading: `${who}, ${formatDate(decision.takenOn)}`,
    on: decision.takenOn,
    parts: [
      part('Title of item/report', decision.title),
      ...ifSaid('Taken by', person),
      ...ifSaid('By delegation of', underDelegation),
      ...ifSaid('In consultation with', inConsultationWith),
      part('Record of the decision', decision.resolved),
      part('Reasons for the decision', decision.reasons),
      part('Alternative options considered and rejected', decision.alternatives),
      part('Declared conflicts of interest', decision.conflicts),
      part('Details of any dispensations', decision.dispensations),
      part('Key decision', keyInWords(decision, facts)),
      part('Date and time by which call-in must be executed', callInBy(decision, facts, standing)),
      part('Who can call in', exemptionOf(decision, facts) === undefined ? whoCanCallIn(constitution) : 'Nobody'),
      ...ifSaid('Effective from', effectiveFrom === undefined ? undefined : formatDate(effectiveFrom)),
      part('What became of it', [...becameOfIt(decision, callIn, standing), ...takenBack(decision, facts)].join(' ')),
      part(
        'Proper officer',
        decision.properOfficer === undefined ? undefined : roleTitle(authority, decision.properOfficer),
      ),
    ],
    standing,
  };
}

function keyInWords(decision: Decision, facts: Facts): string {
  const test = isExecutiveDecision(decision, facts) ? keyDecisionTest(decision, facts.constitution) : undefined;
  return `${decision.key ? 'Yes' : 'No'}${test === undefined ? '' : `: ${test.why}`}`;
}

function callInBy(decision: Decision, facts: Facts, { closesAt }: Standing): string {
  const { urgent, reasons, urgencyConsent, withdrawn } = decision;
  if (withdrawn !== undefined) return 'None: the decision was withdrawn';
  if (urgent)
    return `Exempt: urgent. ${reasons ?? ''}${urgencyConsent === undefined ? '' : ` Agreed by ${urgencyConsent}.`}`.trim();
  const exempt = exemptionOf(decision, facts);
  if (exempt !== undefined) return exempt;
  return closesAt === null ? 'Not known until the record is published' : `By no later than ${formatInstant(closesAt)}`;
}

/** What happened to it, in the order in which it happened, and what it waits for where it does. */
function becameOfIt(decision: Decision, callIn: CallIn | undefined, standing: Standing): string[] {
  const { publishedOn, publishedAt, implementedOn, urgent } = decision;
  return [
    ...(publishedOn === undefined
      ? []
      : [`Published ${publishedAt === undefined ? '' : `at ${publishedAt} `}on ${formatDate(publishedOn)}.`]),
    // That it was withdrawn is said at the end.
    ...(callIn !== undefined && !urgent
      ? callInInWords(callIn)
      : decision.withdrawn === undefined
        ? [standing.why]
        : []),
    ...(implementedOn === undefined ? [] : [`Implemented on ${formatDate(implementedOn)}.`]),
  ];
}

/** Of a decision that was withdrawn: how it had been called in stays told. */
const calledInBefore = ({ id, withdrawn }: Decision, { callIns }: Facts['inspection']): CallIn | undefined =>
  withdrawn === undefined ? undefined : callIns.find((each) => each.decision === id && each.withdrawn === undefined);

/** What of it does not count any more, and why: it stays on record. */
function takenBack({ id, withdrawn }: Decision, { inspection }: Facts): string[] {
  return [
    ...inspection.callIns.flatMap((each) =>
      each.decision !== id || each.withdrawn === undefined
        ? []
        : [
            because(
              `A call-in by ${each.by}, received on ${formatDate(each.receivedOn)}, was withdrawn`,
              each.withdrawn,
            ),
          ],
    ),
    ...(withdrawn === undefined ? [] : [because('The decision was withdrawn', withdrawn)]),
  ];
}

const RESOLVED: Record<NonNullable<CallIn['resolution']>['outcome'], string> = {
  'no-further-action': 'Scrutiny resolved that no further action is needed',
  'refer-back': 'Scrutiny referred it back to the decision maker',
  'refer-to-council': 'Scrutiny referred it to full Council',
};

/** The call-in, what scrutiny resolved, and what became of a referral. */
function callInInWords({ by, receivedOn, reasons, resolution, reconsidered }: CallIn): string[] {
  const calledIn = because(`Called in on ${formatDate(receivedOn)} by ${by}`, reasons);
  if (resolution === undefined) return [calledIn, 'Scrutiny has not considered it yet.'];
  const resolved = because(`${RESOLVED[resolution.outcome]} on ${formatDate(resolution.on)}`, resolution.reasons);
  if (resolution.outcome === 'no-further-action') return [calledIn, resolved];
  if (reconsidered === undefined) return [calledIn, resolved, 'It has not been dealt with yet.'];
  const whose = resolution.outcome === 'refer-back' ? 'The decision maker' : 'Full Council';
  const { outcome, on } = reconsidered;
  const what = outcome === 'withdrawn' ? 'withdrew' : outcome;
  return [calledIn, resolved, because(`${whose} ${what} it on ${formatDate(on)}`, reconsidered.reasons)];
}

/** A sentence with its reasons, where there are any, and one full stop. */
const because = (what: string, reasons: string | undefined): string =>
  `${what}${reasons === undefined ? '' : `: ${reasons.replace(/\.$/, '')}`}.`;

function whoCanCallIn(constitution: Facts['constitution']): string {
  if (constitution === null) return NO_CONSTITUTION;
  const { who, minimumMembers } = constitution.callIn;
  if (who !== undefined) return who;
  return minimumMembers === undefined ? 'The constitution on file does not say' : `At least ${minimumMembers} members`;
}
