import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { end } from '../milestone/end.ts';
import { ASKED, mustBeSubmission } from './asked.ts';
import { milestoneCommand } from './definition.ts';
import { EVIDENCE, WHEN } from './fields.ts';
import { OWNER_ABOVE_AND_ACCEPTER } from './may.ts';
import { dayOf, toOwner, whenDone } from './steps.ts';
import { mustBeAnswerable, submittedAt, takenBy } from './submitted.ts';

/** What was submitted is accepted: by whom the plan names, or, of what went to the inspectorate, by them. It ends for good. */
export const accept = milestoneCommand({
  title: 'Accept',
  help: 'What was submitted is accepted, by you or, where it went to the inspectorate, by them. It is done.',
  fields: { on: { ...WHEN, label: 'When was it accepted?' }, evidence: EVIDENCE, asked: ASKED },
  may: OWNER_ABOVE_AND_ACCEPTER,
  verb: 'accept it',
  done: 'It is accepted.',
  effect: 'meet',
  entry: 'milestone-accepted',
  takesEnded: true,
  possible: mustBeAnswerable,
  step(milestone, { on, evidence, asked }, context) {
    const { actor, now } = context;
    mustBeSubmission(milestone, submittedAt(milestone), asked);
    const day = dayOf(on, now, 'accepted', { earliest: localDate(submittedAt(milestone) ?? now) });
    const by = takenBy(milestone, context);
    const text = `Accepted by ${by} on ${formatDate(day)}.`;
    return end(
      milestone,
      { status: 'completed', at: whenDone(day, now), by: actor.role, evidence, accepted: { on: day, by } },
      ...(actor.role === milestone.owner ? [] : [toOwner('accepted', milestone, now, text)]),
    );
  },
  sentence: (_payload, { after }) =>
    `accepted by ${after.accepted?.by ?? ''} on ${formatDate(after.accepted?.on ?? after.due)}.`,
});
