import { formatDate } from '../calendar/civil-date.ts';
import { announce } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { REASON } from './fields.ts';
import { ON_LATER_DATES } from './may.ts';
import { toOwner } from './steps.ts';

/** A later date that was asked for is not granted. */
export const declineExtension = milestoneCommand({
  title: 'Decline the later date',
  help: 'The due date stays, and its owner is told why.',
  fields: { reason: REASON },
  may: ON_LATER_DATES,
  verb: 'decline a later date for it',
  done: 'The later date is declined.',
  effect: 'move',
  entry: 'extension-declined',
  possible({ title, extensionRequested }) {
    if (extensionRequested === undefined)
      throw new Refusal('wrong-state', `Nobody has asked for a later date for "${title}".`);
  },
  step(milestone, { reason }, { now }) {
    const { extensionRequested: _request, ...rest } = milestone;
    const announcements = milestone.announcements.filter((each) => each.kind !== 'extension-requested');
    const text = `A later date was declined: ${reason}. It stays due on ${formatDate(milestone.due)}.`;
    return announce({ ...rest, announcements }, toOwner('extension-declined', milestone, now, text));
  },
  sentence: ({ reason }, { who }) => `a later date was declined by ${who}: ${reason}.`,
});
