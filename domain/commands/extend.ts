import { formatDate } from '../calendar/civil-date.ts';
import { announce, setDue } from '../milestone/milestone-state.ts';
import { milestoneCommand } from './definition.ts';
import { REASON } from './fields.ts';
import { ABOVE_OWNER } from './may.ts';
import { mustBeExtendable, mustBeLater, toOwner } from './steps.ts';

/** A later date is granted, asked for or not. */
export const extend = milestoneCommand({
  title: 'Grant a later date',
  help: 'The due date moves, and its owner is told. A date set by law can’t be extended.',
  fields: { to: { kind: 'date', label: 'New due date' }, reason: REASON },
  may: ABOVE_OWNER,
  verb: 'extend it',
  done: 'The due date has moved.',
  effect: 'move',
  entry: 'milestone-extended',
  possible: mustBeExtendable,
  step(milestone, { to, reason }, { calendar, now }) {
    mustBeLater(milestone, to, now);
    const moved = setDue(milestone, to, `it was extended: ${reason}`, calendar);
    return announce(moved, toOwner('moved', milestone, now));
  },
  sentence: ({ reason }, { before, after, who }) =>
    `extended by ${who} from ${formatDate(before.due)} to ${formatDate(after.due)}: ${reason}.`,
});
