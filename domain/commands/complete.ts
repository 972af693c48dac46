import { end } from '../milestone/end.ts';
import { milestoneCommand } from './definition.ts';
import { EVIDENCE, WHEN_DONE } from './fields.ts';
import { OWNER_AND_ABOVE } from './may.ts';
import { mustNotBeHeld, whenDone } from './steps.ts';

/** It is done. */
export const complete = milestoneCommand({
  title: 'Mark as done',
  help: 'Say that it is done. No more reminders go out.',
  fields: { on: WHEN_DONE, evidence: EVIDENCE },
  may: OWNER_AND_ABOVE,
  verb: 'complete it',
  done: 'It is marked as done.',
  effect: 'meet',
  entry: 'milestone-completed',
  possible: mustNotBeHeld,
  step: (milestone, { on, evidence }, context) =>
    end(milestone, { status: 'completed', at: whenDone(on, context.now), by: context.actor.role, evidence }),
  sentence: (_payload, { who }) => `completed by ${who}.`,
});
