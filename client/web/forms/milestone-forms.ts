import type { MilestoneView } from '../../../domain/lifecycle/view.ts';
import { mustBePermitted } from '../../../domain/milestone/permissions.ts';
import type { Milestone } from '../../../domain/milestone/milestone.ts';
import type { Facts } from '../../../domain/facts/facts.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { CommandName } from '../../../domain/schemas/commands.ts';
import { windowId } from '../../../domain/strands/call-in-window.ts';
import { QUESTION_RULE } from '../../../domain/strands/member-briefings.ts';
import type { Membership } from '../people.ts';
import type { CommandForm } from './command-form.ts';
import type { Field } from './form.ts';

const WHEN: Field = {
  name: 'on',
  kind: 'date',
  label: 'When was it done?',
  hint: 'Leave this empty if it was today.',
  optional: true,
};
const EVIDENCE: Field = {
  name: 'evidence',
  kind: 'line',
  label: 'Link to the evidence',
  hint: 'For example the address of the minutes or of the report.',
  optional: true,
};
const reason = (label = 'Why?', optional = false): Field => ({
  name: 'reason',
  kind: 'line',
  label,
  missing: 'Say why',
  hint: 'This goes on record.',
  ...(optional ? { optional } : {}),
});

const withMilestone = (values: object, milestone: string) => ({ ...values, milestone });

/** What a person can do to a milestone, in the order in which they are likely to want it. */
export const MILESTONE_FORMS: CommandForm[] = [
  {
    name: 'submit',
    title: 'Submit',
    explain: 'Say that it has been sent or published. No more reminders go out.',
    fields: [WHEN, EVIDENCE],
    payload: withMilestone,
    done: 'It is submitted.',
  },
  {
    name: 'complete',
    title: 'Mark as done',
    explain: 'Say that it is done. No more reminders go out.',
    fields: [WHEN, EVIDENCE],
    payload: withMilestone,
    done: 'It is marked as done.',
  },
  {
    name: 'acknowledge',
    title: 'Say that you are on it',
    explain: 'Promise a date. The chain is not told until that date has passed. A date set by law keeps its reminders.',
    fields: [
      {
        name: 'promisedOn',
        kind: 'date',
        label: 'When will it be done?',
        missing: 'Enter the date by which it will be done',
      },
      { name: 'note', kind: 'line', label: 'A note', optional: true },
    ],
    payload: withMilestone,
    done: 'Your promise is on record.',
  },
  {
    name: 'requestExtension',
    title: 'Ask for a later date',
    explain: 'Your manager is told, and grants or declines it. Until then the date stays.',
    fields: [
      { name: 'to', kind: 'date', label: 'Which date do you ask for?', missing: 'Enter the date that you ask for' },
      reason(),
    ],
    payload: withMilestone,
    done: 'Your request is on record, and your manager is told.',
  },
  {
    name: 'extend',
    title: 'Grant a later date',
    explain: 'The due date moves, and its owner is told. A date set by law can’t be extended.',
    fields: [{ name: 'to', kind: 'date', label: 'New due date' }, reason()],
    payload: withMilestone,
    done: 'The due date has moved.',
  },
  {
    name: 'declineExtension',
    title: 'Decline the later date',
    explain: 'The due date stays, and its owner is told why.',
    fields: [reason()],
    payload: withMilestone,
    done: 'The later date is declined.',
  },
  {
    name: 'hold',
    title: 'Put on hold',
    explain: 'Pause it while somebody else’s decision is awaited. A date set by law does not move with it.',
    fields: [
      reason(),
      { name: 'awaiting', kind: 'line', label: 'Whose decision is awaited?', optional: true },
      {
        name: 'reviewOn',
        kind: 'date',
        label: 'When is the hold looked at again?',
        missing: 'Enter the date on which the hold is looked at again',
      },
    ],
    payload: withMilestone,
    done: 'It is on hold.',
  },
  {
    name: 'release',
    title: 'Take off hold',
    explain: 'Its clock goes on with the working days that were left, or with as many as you say.',
    fields: [
      reason('Why?', true),
      {
        name: 'workingDays',
        kind: 'number',
        label: 'Working days from today',
        hint: 'Leave this empty to go on with those that were left. A date set by law does not move.',
        optional: true,
      },
    ],
    payload: withMilestone,
    done: 'It is off hold.',
  },
  {
    name: 'reassign',
    title: 'Give to somebody else',
    explain: 'The new owner is told, and gets the reminders from now on.',
    fields: [
      {
        name: 'to',
        kind: 'choice',
        label: 'New owner',
        choices: ({ authority }) => authority.roles.map((role) => ({ value: role.id, text: role.title })),
      },
      reason('Why?', true),
    ],
    payload: withMilestone,
    done: 'It has a new owner.',
  },
  {
    name: 'waive',
    title: 'Record that it no longer applies',
    explain: 'Nobody is reminded of it any more.',
    fields: [reason()],
    payload: withMilestone,
    done: 'It is on record that it no longer applies.',
    warning: 'This can’t be taken back.',
  },
];

/** What the workflow would take of somebody in this state: what makes no sense is not offered. */
export function offered(m: MilestoneView, facts: Facts, membership: Membership): CommandForm[] {
  const pending = m.status === 'open' || m.status === 'held';
  // A window closes of itself, a question is met by its answer, a decision's steps by what happened.
  const byItself = m.decision !== undefined || m.rule.id === QUESTION_RULE;
  const window = m.decision !== undefined && m.id === windowId(m.decision);
  const makesSense: Partial<Record<CommandName, boolean>> = {
    submit: m.status === 'open' && !byItself,
    complete: (m.status === 'open' || m.status === 'submitted') && !byItself,
    acknowledge: pending && !window,
    requestExtension: pending && m.extendable && m.extensionRequested === undefined,
    extend: pending && m.extendable,
    declineExtension: m.extensionRequested !== undefined,
    hold: m.status === 'open' && !window,
    release: m.status === 'held',
    reassign: pending && !window,
    waive: pending,
  };
  const forms = MILESTONE_FORMS.filter(
    (form) => makesSense[form.name] === true && actingRole(membership, facts, form.name, m).permitted,
  );
  // Who may grant a later date does not ask for one.
  return forms.some((form) => form.name === 'extend')
    ? forms.filter((form) => form.name !== 'requestExtension')
    : forms;
}

/** In which of their roles somebody acts: the first that may; else their first, and the workflow says why not. */
export function actingRole(
  membership: Membership,
  facts: Facts,
  command: CommandName,
  milestone?: MilestoneView,
): { role: string; permitted: boolean } {
  const subject = milestone === undefined ? undefined : (milestone as unknown as Milestone);
  const may = membership.roles.find((role) => {
    try {
      mustBePermitted(command, { id: 'board', role: role.id }, facts, subject);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  });
  return { role: (may ?? membership.roles[0])?.id ?? '', permitted: may !== undefined };
}
