import type { Fields } from '../commands/fields.ts';

const line = <const L extends string>(label: L) => ({ kind: 'line', label, optional: true }) as const;

/** What the record of an executive decision says: in a file, on a form, on the command line. */
export const DECISION_FIELDS = {
  title: { kind: 'line', label: 'Title' },
  id: {
    kind: 'slug',
    label: 'Short name',
    hint: 'Small letters, digits and hyphens, for example action-plan. It is used in addresses.',
    madeOf: 'title',
    flag: '<argument>',
  },
  body: {
    kind: 'body',
    label: 'Who took it?',
    hint: 'Leave this empty if it is not one of our bodies.',
    optional: true,
  },
  takenBy: {
    kind: 'role',
    label: 'Which person took it?',
    hint: 'Leave this empty if a body took it.',
    optional: true,
  },
  underDelegation: { ...line('By whose delegation?'), hint: 'For example Cabinet, 24 November 2026, minute 12.' },
  inConsultationWith: { ...line('In consultation with whom?'), flag: 'consulted' },
  takenOn: {
    kind: 'date',
    label: 'When was it taken?',
    missing: 'Enter the date on which it was taken',
    past: true,
    flag: 'taken',
  },
  publishedOn: {
    kind: 'date',
    label: 'When was its record published?',
    hint: 'Leave this empty if it has not been yet.',
    optional: true,
    mostlyPast: true,
    flag: 'published',
  },
  publishedAt: {
    kind: 'time',
    label: 'At what time was its record published?',
    hint: 'For example 17:30. It matters where the constitution counts a late publication from the next working day.',
    optional: true,
  },
  effectiveFrom: {
    kind: 'date',
    label: 'From when does it take effect?',
    hint: 'As its record says. It is compared with the call-in window.',
    optional: true,
    flag: 'effective',
  },
  notSubjectToCallIn: {
    ...line('Why is it not subject to call-in?'),
    hint: 'Leave this empty if it is.',
    flag: 'no-call-in',
  },
  key: { kind: 'yes', label: 'It is a key decision' },
  cost: { kind: 'number', label: 'Spending or savings, in pounds', optional: true, min: 0 },
  wards: { kind: 'number', label: 'How many wards does it affect?', optional: true, min: 0 },
  resolved: line('What was decided'),
  reasons: line('Reasons for the decision'),
  alternatives: line('Alternative options considered and rejected'),
  conflicts: line('Declared conflicts of interest'),
  dispensations: line('Dispensations'),
  urgent: { kind: 'yes', label: 'It is urgent, and exempt from call-in', hint: 'Its reasons must be recorded.' },
  urgencyConsent: { ...line('Who agreed that it is urgent?'), flag: 'consent' },
  properOfficer: {
    kind: 'role',
    label: 'Proper officer',
    hint: 'Who signs the record.',
    optional: true,
    flag: 'officer',
  },
} as const satisfies Fields;
