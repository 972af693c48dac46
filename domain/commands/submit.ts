import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { end } from '../milestone/end.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { EVIDENCE, WHEN_DONE } from './fields.ts';
import { OWNER_AND_ABOVE } from './may.ts';
import { mustNotBeHeld, whenDoneAgain } from './steps.ts';

/** It has been sent or published: the duty is submitted, and awaits its completion. */
export const submit = milestoneCommand({
  title: 'Submit',
  help: 'Say that it has been sent or published, or hand it to whoever has to accept it. No more reminders go out.',
  fields: { on: WHEN_DONE, evidence: EVIDENCE },
  may: OWNER_AND_ABOVE,
  verb: 'submit it',
  done: 'It is submitted.',
  effect: 'meet',
  entry: 'milestone-submitted',
  possible(milestone, { now }) {
    const { status, title, submitted } = milestone;
    if (status === 'submitted')
      throw new Refusal(
        'wrong-state',
        `"${title}" was already submitted on ${formatDate(localDate(submitted?.at ?? now))}.`,
      );
    mustNotBeHeld(milestone);
  },
  step: (milestone, { on, evidence }, context) =>
    end(milestone, {
      status: 'submitted',
      at: whenDoneAgain(milestone, on, context.now),
      by: context.actor.role,
      evidence,
    }),
  sentence: (_payload, { who }) => `submitted by ${who}.`,
});
