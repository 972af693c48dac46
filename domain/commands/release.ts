import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import { workingDaysInWords } from '../calendar/lateness.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import { setByOthers } from '../milestone/join.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { announce, setDue } from '../milestone/milestone-state.ts';
import { isFixed, STRENGTHS } from '../milestone/strengths.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { OPTIONAL_REASON } from './fields.ts';
import { ABOVE_OWNER } from './may.ts';
import { toOwner } from './steps.ts';

/** Working days in a year: a release gives no more. */
const MAX_WORKING_DAYS = 250;

/** A hold ends: a date of the council's own goes on with the working days that were left. */
export const release = milestoneCommand({
  title: 'Take off hold',
  help: 'Its clock goes on with the working days that were left, or with as many as you say.',
  fields: {
    reason: { ...OPTIONAL_REASON, label: 'Why is it taken off hold?' },
    workingDays: {
      kind: 'number',
      label: 'Working days from today',
      hint: 'Leave this empty to go on with those that were left. A date set by law, or by somebody outside the council, does not move.',
      optional: true,
      min: 0,
      max: MAX_WORKING_DAYS,
    },
  },
  may: ABOVE_OWNER,
  verb: 'take it off hold',
  done: 'It is off hold.',
  effect: 'pause',
  entry: 'milestone-released',
  possible({ title, status, hold }) {
    if (status !== 'held' || hold === undefined)
      throw new Refusal('wrong-state', `"${title}" is not on hold; it ${MILESTONE_STATUSES[status].stands}.`);
  },
  step(milestone, { reason, workingDays }, { calendar, now }) {
    const { hold, ...rest } = milestone;
    const others = setByOthers(milestone);
    if (isFixed(milestone) && workingDays !== undefined)
      throw new Refusal(
        'statutory-date',
        `"${milestone.title}" is ${STRENGTHS[milestone.strength].words}: its due date, ${formatDate(milestone.due)}, never moves with a hold.`,
        'workingDays',
      );
    if (others !== undefined && workingDays !== undefined)
      throw new Refusal(
        'statutory-date',
        `${others} set the due date of "${milestone.title}", ${formatDate(milestone.due)}: it never moves with a hold.`,
        'workingDays',
      );
    const announcements = milestone.announcements.filter((each) => each.kind !== 'held' && each.kind !== 'review-due');
    const opened: Milestone = { ...rest, status: 'open', announcements };
    const told = toOwner('released', milestone, now, `No longer on hold${reason === undefined ? '' : `: ${reason}`}.`);
    const left = hold?.workingDaysLeft ?? 0;
    const n = workingDays ?? left;
    const due = calendar.addWorkingDays(localDate(now), n);
    const stays =
      isFixed(milestone) ||
      others !== undefined ||
      due === milestone.due ||
      (workingDays === undefined && (left === 0 || due <= milestone.due));
    if (stays) return announce(opened, told);
    const because = `it was on hold (${hold?.reason ?? ''}) and was released with ${workingDaysInWords(n)} to go`;
    return announce(setDue(opened, due, because, calendar), told);
  },
  sentence: (_payload, { after, who }) => `released by ${who}; due ${formatDate(after.due)}.`,
});
