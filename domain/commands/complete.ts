import { accepterOf } from '../acceptance/accepter.ts';
import { localDate } from '../calendar/london.ts';
import { end } from '../milestone/end.ts';
import { milestoneCommand } from './definition.ts';
import { EVIDENCE, WHEN_DONE } from './fields.ts';
import { OWNER_AND_ABOVE } from './may.ts';
import { mustNotBeHeld, whenDoneAgain } from './steps.ts';
import { mustNotAwait } from './submitted.ts';

/** It is done. */
export const complete = milestoneCommand({
  title: 'Mark as done',
  help: 'Say that it is done. No more reminders go out. Where somebody has to accept it, it is submitted to them.',
  fields: { on: WHEN_DONE, evidence: EVIDENCE },
  may: OWNER_AND_ABOVE,
  verb: 'mark it as done',
  done: 'It is marked as done. Where somebody has to accept it, they are told.',
  effect: 'meet',
  entry: 'milestone-completed',
  entryAfter: { kind: 'milestone-submitted', where: ({ status }) => status === 'submitted' },
  possible(milestone, context) {
    mustNotBeHeld(milestone);
    mustNotAwait(milestone, context);
  },
  step(milestone, { on, evidence }, { now, actor, facts }) {
    const at = whenDoneAgain(milestone, on, now);
    const accepter = accepterOf(milestone, facts.authority);
    const how = { at, by: actor.role, evidence };
    if (accepter === undefined) return end(milestone, { status: 'completed', ...how });
    // Whoever has to accept it has seen it.
    const isAccepted = actor.role === accepter.role;
    if (!isAccepted) return end(milestone, { status: 'submitted', ...how });
    return end(milestone, { status: 'completed', ...how, accepted: { on: localDate(at), by: accepter.by } });
  },
  sentence: (_payload, { who, after }) =>
    after.status === 'submitted' ? `submitted by ${who}.` : `completed by ${who}.`,
});
