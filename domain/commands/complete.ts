import { BUTTONS } from './buttons.ts';
import { milestoneCommand } from './definition.ts';
import { EVIDENCE, WHEN_DONE } from './fields.ts';
import { OWNER_AND_ABOVE } from './may.ts';
import { mustNotBeHeld, whenDoneAgain } from './steps.ts';
import { completeMeans, handedInDone, waitsForAnother } from './handing-in.ts';
import { handedInWords, handIn, mustNotAwait } from './submitted.ts';

/** It is done. */
export const complete = milestoneCommand({
  title: BUTTONS.complete,
  help: 'Say that it is done. No more reminders go out. Where somebody has to accept it, it is submitted to them.',
  yieldsTo(milestone, { facts, actor }) {
    // What was submitted is done by being accepted.
    if (milestone.status === 'submitted') return 'accept';
    return waitsForAnother(milestone, facts, actor) ? 'submit' : undefined;
  },
  means: completeMeans,
  doneOf: handedInDone,
  fields: { on: WHEN_DONE, evidence: EVIDENCE },
  may: OWNER_AND_ABOVE,
  verb: 'mark it as done',
  done: 'It is marked as done.',
  effect: 'meet',
  entry: 'milestone-completed',
  entryAfter: { kind: 'milestone-submitted', where: ({ status }) => status === 'submitted' },
  possible(milestone, context) {
    mustNotBeHeld(milestone);
    mustNotAwait(milestone, context);
  },
  step: (milestone, { on, evidence }, context) =>
    handIn(milestone, { at: whenDoneAgain(milestone, on, context.now), evidence }, context),
  sentence: (_payload, { who, after }) => handedInWords(after, who),
});
