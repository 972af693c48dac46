import { requireRole, roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { milestoneOf, withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import { command } from './definition.ts';
import { MANAGERS_ONLY } from './may.ts';

/**
 * A mail that nobody got is sent again: not to the letter, which would speak of days long past, but by telling again
 * what of it is still to be done, at the next moment within sending hours. `messageId` names the lost mail in the register.
 */
export const resend = command({
  subject: 'inspection',
  title: 'Send undeliverable mail again',
  help: 'What of it is still to be done is told again, at the next moment within sending hours.',
  fields: {
    messageId: { kind: 'messageId', label: 'The lost mail' },
    to: { kind: 'roles', label: 'The roles that it went to' },
    milestones: { kind: 'milestones', label: 'What it spoke of' },
    day: { kind: 'date', label: 'When was it sent?', past: true },
  },
  may: MANAGERS_ONLY,
  verb: 'send undeliverable mail again',
  done: 'It is sent again.',
  entries: ['mail-resent'],
  form: { aside: 'the page of undeliverable mail has its button, and knows what each mail was about' },
  cli: { aside: '`duecourse resend` finds the lost mails itself' },
  api: { aside: 'what a lost mail was about is known to the register, not to whoever asks' },
  apply(state, { messageId, to, milestones, day }, { actor, now }) {
    const { authority } = state.facts;
    for (const role of to) requireRole(authority, role, 'to');
    const text = `An earlier mail about this, of ${formatDate(day)}, could not be delivered.`;
    const pending = milestones.flatMap((id) => {
      const milestone = milestoneOf(state, id);
      return milestone !== undefined && isPending(milestone) ? [milestone] : [];
    });
    const told = pending.map((milestone) => {
      // Of the roles that the address holds, the one this is about.
      const role = to.find((each) => each === milestone.owner) ?? to[0] ?? milestone.owner;
      return announce(milestone, { kind: 'resent', to: role, readyAt: now, urgent: true, text });
    });
    const whom = to.map((role) => roleTitle(authority, role)).join(', ');
    return record(withMilestones(state, ...told), now, [
      {
        kind: 'mail-resent',
        actor,
        text:
          told.length === 0
            ? `The undeliverable mail of ${formatDate(day)} to ${whom} is settled: nothing in it is still to be done.`
            : `The undeliverable mail of ${formatDate(day)} to ${whom} is sent again: ${told.length} of ${milestones.length} notices are still to be done.`,
        data: { messageId, milestones: told.map((each) => each.id) },
      },
    ]);
  },
});
