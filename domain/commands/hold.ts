import { formatDate } from '../calendar/civil-date.ts';
import { workingDaysLeft } from '../calendar/lateness.ts';
import { localDate, todayInWords } from '../calendar/london.ts';
import { announce } from '../milestone/milestone-state.ts';
import { isFixed, STRENGTHS } from '../milestone/strengths.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { REASON } from './fields.ts';
import { ABOVE_OWNER } from './may.ts';
import { mustBePending, toOwner } from './steps.ts';

/** A pause while somebody else's decision is awaited. A statutory due date never moves with it. */
export const hold = milestoneCommand({
  title: 'Put on hold',
  help: 'Pause it while somebody else’s decision is awaited. A date set by law, or by somebody outside the council, does not move with it.',
  fields: {
    reason: REASON,
    awaiting: { kind: 'line', label: 'Whose decision is awaited?', optional: true },
    reviewOn: {
      kind: 'date',
      toBeDone: true,
      label: 'When is the hold looked at again?',
      missing: 'Enter the date on which the hold is looked at again',
      flag: 'review',
    },
  },
  may: ABOVE_OWNER,
  verb: 'put it on hold',
  done: 'It is on hold.',
  effect: 'pause',
  entry: 'milestone-held',
  possible(milestone) {
    if (milestone.status === 'held')
      throw new Refusal('wrong-state', `"${milestone.title}" is already on hold: ${milestone.hold?.reason ?? ''}.`);
    mustBePending(milestone, 'put on hold');
  },
  step(milestone, { reason, awaiting, reviewOn }, { calendar, now }) {
    const today = localDate(now);
    if (reviewOn <= today)
      throw new Refusal(
        'wrong-date',
        `The review date ${formatDate(reviewOn)} is not in the future: ${todayInWords(now)}.`,
        'reviewOn',
      );
    const left = Math.max(0, workingDaysLeft(milestone.due, today, calendar));
    const held = {
      reason,
      reviewOn,
      since: now,
      workingDaysLeft: left,
      ...(awaiting === undefined ? {} : { awaiting }),
    };
    const text = `On hold: ${reason}. To be reviewed on ${formatDate(reviewOn)}.${isFixed(milestone) ? ` The due date is ${STRENGTHS[milestone.strength].words}, and does not move.` : ''}`;
    return announce({ ...milestone, status: 'held', hold: held }, toOwner('held', milestone, now, text));
  },
  sentence: ({ reason, reviewOn }, { who }) =>
    `put on hold by ${who} until a review on ${formatDate(reviewOn)}: ${reason}.`,
});
