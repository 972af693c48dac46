import { formatDate } from '../calendar/civil-date.ts';
import { formatInstant } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import { roleTitle } from '../authority/roles.ts';
import type { CallIn, Decision } from '../schemas/inspection.ts';
import { keyDecisionTest } from './key-decision.ts';
import { decisionStanding, type Standing } from './standing.ts';

/** The record of a decision as the executive's proforma has it: a heading and its text, in order. */
export interface RecordOfDecision {
  id: string;
  title: string;
  authority: string;
  heading: string;
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
  const body = authority.bodies.find((each) => each.id === decision.body)?.name ?? 'Executive decision';
  const callIn = inspection.callIns.find((each) => each.decision === id);
  const part = (heading: string, text: string | undefined, otherwise = 'None') => ({
    heading,
    text: text ?? otherwise,
  });
  return {
    id,
    title: decision.title,
    authority: authority.name,
    heading: `${body}, ${formatDate(decision.takenOn)}`,
    parts: [
      part('Title of item/report', decision.title),
      part('Record of the decision', decision.resolved, 'Not recorded here'),
      part('Reasons for the decision', decision.reasons, 'Not recorded here'),
      part('Alternative options considered and rejected', decision.alternatives),
      part('Declared conflicts of interest', decision.conflicts),
      part('Details of any dispensations', decision.dispensations, 'Not applicable'),
      part('Key decision', keyInWords(decision, facts)),
      part('Date and time by which call-in must be executed', callInBy(decision, standing)),
      part('Who can call in', constitution?.callIn.who, 'Not on file'),
      part(
        'What became of it',
        [standing.why, ...(callIn === undefined ? [] : [callInInWords(callIn)]), ...implemented(decision)].join(' '),
      ),
      part(
        'Proper officer',
        decision.properOfficer === undefined ? undefined : roleTitle(authority, decision.properOfficer),
        'Not recorded here',
      ),
    ],
    standing,
  };
}

function keyInWords(decision: Decision, { constitution }: Facts): string {
  const test = keyDecisionTest(decision, constitution);
  return `${decision.key ? 'Yes' : 'No'}${test === undefined ? '' : `: ${test.why}`}`;
}

function callInBy({ urgent, reasons, urgencyConsent }: Decision, { closesAt }: Standing): string {
  if (urgent)
    return `Exempt: urgent. ${reasons ?? ''}${urgencyConsent === undefined ? '' : ` Agreed by ${urgencyConsent}.`}`.trim();
  return closesAt === null ? 'Not known until the record is published' : `By no later than ${formatInstant(closesAt)}`;
}

function callInInWords({ by, receivedOn, reasons }: CallIn): string {
  return `Called in on ${formatDate(receivedOn)} by ${by}: ${reasons.replace(/\.$/, '')}.`;
}

function implemented({ implementedOn }: Decision): string[] {
  return implementedOn === undefined ? [] : [`Implemented on ${formatDate(implementedOn)}.`];
}

/** The record as Markdown. Text from people can't become markup. */
export function recordAsMarkdown({ authority, heading, parts }: RecordOfDecision): string {
  return [
    `# ${escaped(authority)}: record of decision`,
    '',
    escaped(heading),
    ...parts.flatMap((part, index) => ['', `## ${index + 1}. ${part.heading}`, '', escaped(part.text)]),
    '',
  ].join('\n');
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
}
