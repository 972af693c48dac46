import { formatDate } from '../calendar/civil-date.ts';
import { withMilestones } from '../lifecycle/milestones.ts';
import { setDue } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { askAgain } from '../rounds/run-rounds.ts';
import { milestoneCommand } from './definition.ts';
import { REASON } from './fields.ts';
import { OWNER_AND_ABOVE } from './may.ts';
import { mustBeLater } from './steps.ts';
import { mustBeRound } from './round-steps.ts';

/** Owners have longer to answer. */
export const postponeRound = milestoneCommand({
  title: 'Postpone the round',
  help: 'Owners have longer to answer. Those who have not are told of the new date, and reminded before it.',
  fields: {
    to: { kind: 'date', toBeDone: true, label: 'By when are answers to be there?', missing: 'Enter the new day' },
    reason: REASON,
  },
  may: OWNER_AND_ABOVE,
  verb: 'postpone the round',
  done: 'The round is postponed.',
  effect: 'round',
  entry: 'round-postponed',
  possible: mustBeRound,
  step(milestone, { to, reason }, { now, calendar }) {
    const { neededUntil, title } = milestone;
    mustBeLater(milestone, to, now);
    if (neededUntil !== undefined && to >= neededUntil)
      throw new Refusal(
        'wrong-date',
        `Answers by ${formatDate(to)} come too late: "${title}" is for ${formatDate(neededUntil)}.`,
        'to',
      );
    return setDue(milestone, to, reason, calendar);
  },
  sentence: ({ reason }, { before, after, who }) =>
    `postponed by ${who} from ${formatDate(before.due)} to ${formatDate(after.due)}: ${reason}.`,
  also: (state, _payload, { milestone, given }) => withMilestones(state, askAgain(milestone, state, given.now)),
});
