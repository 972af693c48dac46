import { BUTTONS } from './buttons.ts';
import { takerOf } from '../acceptance/accepter.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { end } from '../milestone/end.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { EVIDENCE, WHEN_DONE } from './fields.ts';
import { OWNER_AND_ABOVE } from './may.ts';
import { mustNotBeHeld, whenDoneAgain } from './steps.ts';
import { handedInDone, submitMeans, waitsForAnother } from './handing-in.ts';
import { handedInWords, handIn } from './submitted.ts';

/** It has been sent, published, or handed to whoever has to accept it: it waits for their word, and is done where nobody has to say one. */
export const submit = milestoneCommand({
  title: BUTTONS.submit,
  help: 'Say that it has been sent or published, or hand it to whoever has to accept it. Where nobody has to, it is done. No more reminders go out.',
  yieldsTo: (milestone, { facts, actor }) =>
    takerOf(milestone, facts) === undefined && !waitsForAnother(milestone, facts, actor) ? 'complete' : undefined,
  means: submitMeans,
  doneOf: handedInDone,
  fields: { on: WHEN_DONE, evidence: EVIDENCE },
  may: OWNER_AND_ABOVE,
  verb: 'submit it',
  done: 'It is submitted.',
  effect: 'meet',
  entry: 'milestone-submitted',
  entryAfter: { kind: 'milestone-completed', where: ({ status }) => status === 'completed' },
  possible(milestone, { now }) {
    const { status, title, submitted } = milestone;
    if (status === 'submitted')
      throw new Refusal(
        'wrong-state',
        `"${title}" was already submitted on ${formatDate(localDate(submitted?.at ?? now))}.`,
      );
    mustNotBeHeld(milestone);
  },
  step(milestone, { on, evidence }, context) {
    const met = { at: whenDoneAgain(milestone, on, context.now), evidence };
    // What goes to the inspectorate waits for its word.
    return takerOf(milestone, context.facts) === undefined
      ? handIn(milestone, met, context)
      : end(milestone, { status: 'submitted', ...met, by: context.actor.role });
  },
  sentence: (_payload, { who, after }) => handedInWords(after, who),
});
