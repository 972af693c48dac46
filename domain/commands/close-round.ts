import { withMilestones } from '../lifecycle/milestones.ts';
import { record } from '../lifecycle/record.ts';
import { closeRound as closed } from '../rounds/run-rounds.ts';
import { isEnded } from '../milestone/milestone-state.ts';
import { command } from './definition.ts';
import { endedAlready } from './ended-already.ts';
import { REASON } from './fields.ts';
import { findMilestone } from './find-milestone.ts';
import { OWNER_AND_ABOVE } from './may.ts';
import { mustBeRound } from './round-steps.ts';

/** A round is over before its day: nobody is asked any more, and who has not answered is on record. */
export const closeRound = command({
  subject: 'milestone',
  title: 'Close the round',
  help: 'Nobody is asked any more. Who has not answered is named in the next update, and their managers are not told.',
  fields: { reason: REASON },
  may: OWNER_AND_ABOVE,
  verb: 'close the round',
  done: 'The round is closed.',
  entries: ['round-closed'],
  duty: (about, state) => findMilestone(state, about),
  check(about, state) {
    const milestone = findMilestone(state, about);
    mustBeRound(milestone);
    if (isEnded(milestone)) throw endedAlready(state.facts, milestone);
  },
  apply(state, { milestone, reason }, { actor, now }) {
    const round = findMilestone(state, milestone);
    const step = closed(round, state, { at: now, by: actor.role, telling: 'nobody', reason });
    return record(withMilestones(state, step.milestone), now, [{ ...step, actor }]);
  },
});
