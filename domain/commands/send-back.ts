import { formatDate } from '../calendar/civil-date.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import { takerOf } from '../acceptance/accepter.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { announce, setDue } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { ASKED, mustBeSubmission } from './asked.ts';
import { milestoneCommand } from './definition.ts';
import { REASON, WHEN } from './fields.ts';
import { OWNER_ABOVE_AND_ACCEPTER } from './may.ts';
import { dayOf, toOwner } from './steps.ts';
import { mustBeAnswerable, submittedAt, takenBy } from './submitted.ts';
import { unstopped } from '../unstopped.ts';

/** More is a slip of the keyboard. */
const MAX_RETURNS = 20;

/** What was submitted is not accepted: it is open again, by a new date; the submission stays on record. */
export const sendBack = milestoneCommand({
  title: 'Send back',
  help: 'What was submitted is not accepted: it is to be done again by a new date. Its owner is told why. A date that the inspectorate sets can’t be extended here.',
  fields: {
    reason: REASON,
    to: { kind: 'date', toBeDone: true, label: 'By when is it to be submitted again?', missing: 'Enter the new date' },
    on: { ...WHEN, label: 'When was it sent back?' },
    asked: ASKED,
  },
  may: OWNER_ABOVE_AND_ACCEPTER,
  verb: 'send it back',
  done: 'It is sent back, and open again.',
  effect: 'reopen',
  entry: 'milestone-returned',
  takesEnded: true,
  possible(milestone, context) {
    mustBeAnswerable(milestone, context);
    if ((milestone.returned?.length ?? 0) >= MAX_RETURNS)
      throw new Refusal(
        'too-large',
        `"${milestone.title}" has been sent back ${MAX_RETURNS} times, and no more can be kept.`,
      );
  },
  step(milestone, { reason, to, on, asked }, context) {
    const { now, calendar, facts } = context;
    const at = submittedAt(milestone) ?? now;
    mustBeSubmission(milestone, at, asked);
    const day = dayOf(on, now, 'sent back', { earliest: localDate(at) });
    const taker = takerOf(milestone, facts);
    mustBeDoable(to, day, taker === undefined, now);
    const by = takenBy(milestone, context);
    const { submitted, completed, accepted: _accepted, outcome: _outcome, ...rest } = milestone;
    const submittedBy = (submitted ?? completed)?.by ?? milestone.owner;
    const opened: Milestone = {
      ...rest,
      status: 'open',
      returned: [...(milestone.returned ?? []), { submittedAt: at, submittedBy, on: day, by, reason }],
    };
    const moved = setDue(
      opened,
      to,
      `${by} sent it back: ${unstopped(reason)}`,
      calendar,
      taker === undefined ? {} : { by: taker },
    );
    const text = `Sent back by ${by} on ${formatDate(day)}: ${unstopped(reason)}. It is to be submitted again by ${formatDate(to)}.`;
    return announce({ ...moved, announcements: [] }, toOwner('sent-back', moved, now, text));
  },
  sentence: ({ reason, to }, { after }) => {
    const last = after.returned?.at(-1);
    return `sent back by ${last?.by ?? ''} on ${formatDate(last?.on ?? to)}, to be submitted again by ${formatDate(to)}: ${unstopped(reason)}.`;
  },
});

/** A date of our own is still to come; one that the inspectorate has set is what it is, but not before they set it. */
function mustBeDoable(to: string, day: string, isOurs: boolean, now: string): void {
  if (isOurs && to <= localDate(now))
    throw new Refusal('wrong-date', `The new date ${formatDate(to)} is not in the future: ${todayInWords(now)}.`, 'to');
  if (to < day)
    throw new Refusal(
      'wrong-date',
      `It can't be due again on ${formatDate(to)}, before it was sent back on ${formatDate(day)}.`,
      'to',
    );
}
