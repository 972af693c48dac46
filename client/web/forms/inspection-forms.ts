import type { CommandForm } from './command-form.ts';
import { only } from './command-form.ts';
import type { Field } from './form.ts';

const WHEN: Field = {
  name: 'on',
  kind: 'date',
  label: 'When was it?',
  hint: 'Leave this empty if it was today.',
  optional: true,
};
const REASONS: Field = { name: 'reasons', kind: 'line', label: 'Reasons', optional: true };
const withDecision = (values: object, decision: string) => ({ ...values, decision });
const optionalLine = (name: string, label: string, hint?: string): Field => ({
  name,
  kind: 'line',
  label,
  optional: true,
  ...(hint === undefined ? {} : { hint }),
});

/** What a person can do to an inspection, its decisions and its questions. */
export const INSPECTION_FORMS: CommandForm[] = [
  {
    name: 'close',
    title: 'Close the inspection',
    explain: 'Say that the council’s response to this inspection has ended. Duties set by law must be met first.',
    fields: [
      {
        name: 'reason',
        kind: 'line',
        label: 'Why is it closed?',
        missing: 'Say why it is closed',
        hint: 'This goes on record.',
      },
    ],
    payload: (values) => values,
    done: 'The inspection is closed.',
    warning: 'This can’t be taken back: no more reminders go out, and nothing more can be done to it.',
  },
  {
    name: 'correct',
    title: 'Correct the dates of the report',
    explain: 'What is not yet met is worked out again. Its owners are told once; the old dates stay on record.',
    fields: [
      { name: 'received', kind: 'date', label: 'Report received', optional: true },
      { name: 'published', kind: 'date', label: 'Report published', optional: true },
      { name: 'reason', kind: 'line', label: 'Why?', missing: 'Say why', hint: 'This goes on record.' },
    ],
    payload: (values) => values,
    done: 'The dates are corrected.',
  },
  {
    name: 'decide',
    title: 'Record a decision',
    explain: 'The record of an executive decision. Its call-in window starts when the record is published.',
    fields: [
      { name: 'title', kind: 'line', label: 'Title' },
      {
        name: 'id',
        kind: 'line',
        label: 'Short name',
        hint: 'Small letters, digits and hyphens, for example action-plan. It is used in addresses.',
      },
      {
        name: 'body',
        kind: 'choice',
        label: 'Who took it?',
        optional: true,
        choices: ({ authority }) => [
          { value: '', text: 'Not one of our bodies' },
          ...authority.bodies.map((body) => ({ value: body.id, text: body.name })),
        ],
      },
      { name: 'takenOn', kind: 'date', label: 'When was it taken?', missing: 'Enter the date on which it was taken' },
      {
        name: 'publishedOn',
        kind: 'date',
        label: 'When was its record published?',
        hint: 'Leave this empty if it has not been yet.',
        optional: true,
      },
      { name: 'key', kind: 'yes', label: 'It is a key decision' },
      { name: 'cost', kind: 'number', label: 'Spending or savings, in pounds', optional: true },
      { name: 'wards', kind: 'number', label: 'How many wards does it affect?', optional: true },
      optionalLine('resolved', 'What was decided'),
      optionalLine('reasons', 'Reasons for the decision'),
      optionalLine('alternatives', 'Alternative options considered and rejected'),
      optionalLine('conflicts', 'Declared conflicts of interest'),
      optionalLine('dispensations', 'Dispensations'),
      { name: 'urgent', kind: 'yes', label: 'It is urgent, and exempt from call-in' },
      optionalLine('urgencyConsent', 'Who agreed that it is urgent?'),
      {
        name: 'properOfficer',
        kind: 'choice',
        label: 'Proper officer',
        optional: true,
        choices: ({ authority }) => [
          { value: '', text: 'Not recorded' },
          ...authority.roles.map((role) => ({ value: role.id, text: role.title })),
        ],
      },
    ],
    payload: (values) => ({ decision: values }),
    done: 'The decision is recorded.',
  },
  {
    name: 'publishDecision',
    title: 'Record that it is published',
    explain: 'The call-in window starts with the day on which the record was published.',
    fields: [WHEN],
    payload: withDecision,
    done: 'Its call-in window has begun.',
  },
  {
    name: 'callIn',
    title: 'Call the decision in',
    explain: 'Scrutiny members stop the decision until it has been looked at.',
    fields: [
      { name: 'by', kind: 'line', label: 'Who calls it in?', missing: 'Enter who calls it in' },
      { name: 'members', kind: 'number', label: 'How many members?', optional: true },
      { name: 'reasons', kind: 'line', label: 'Why?', missing: 'Say why' },
      {
        name: 'receivedOn',
        kind: 'date',
        label: 'When was the call-in received?',
        hint: 'Leave this empty if it was today.',
        optional: true,
      },
    ],
    payload: (values, decision) => ({ callIn: { ...values, decision } }),
    done: 'The decision is called in.',
  },
  {
    name: 'resolveCallIn',
    title: 'Record what scrutiny resolved',
    explain: 'What the scrutiny body made of the call-in.',
    fields: [
      {
        name: 'outcome',
        kind: 'choice',
        label: 'Outcome',
        choices: () => [
          { value: 'no-further-action', text: 'No further action: the decision stands' },
          { value: 'refer-back', text: 'Referred back to the decision maker' },
          { value: 'refer-to-council', text: 'Referred to full Council' },
        ],
      },
      WHEN,
      REASONS,
    ],
    payload: withDecision,
    done: 'The outcome is recorded.',
  },
  {
    name: 'reconsider',
    title: 'Record what became of it',
    explain: 'What the decision maker, or full Council, made of the decision that was referred.',
    fields: [
      {
        name: 'outcome',
        kind: 'choice',
        label: 'Outcome',
        choices: () => [
          { value: 'confirmed', text: 'Confirmed' },
          { value: 'amended', text: 'Amended' },
          { value: 'withdrawn', text: 'Withdrawn' },
        ],
      },
      WHEN,
      REASONS,
    ],
    payload: withDecision,
    done: 'The outcome is recorded.',
  },
  {
    name: 'implement',
    title: 'Record that it is implemented',
    explain: 'Not while its call-in window is open, or a call-in is undecided.',
    fields: [WHEN],
    payload: withDecision,
    done: 'The decision is recorded as implemented.',
  },
  {
    name: 'ask',
    title: 'Ask a question',
    explain:
      'A member’s question. It goes to the director with a date by which it is to be answered; the answer goes to all members.',
    fields: [
      { name: 'by', kind: 'line', label: 'Who asks?', missing: 'Enter who asks', hint: 'Not shown in the record.' },
      { name: 'text', kind: 'text', label: 'Question' },
    ],
    payload: (values) => only(values, 'by', 'text'),
    done: 'The question is recorded, and the director is told.',
  },
  {
    name: 'answer',
    title: 'Answer the question',
    explain: 'The answer goes to all members with the next briefing.',
    fields: [{ name: 'text', kind: 'text', label: 'Answer' }],
    payload: (values, question) => ({ ...values, question }),
    done: 'The answer is recorded.',
  },
];
