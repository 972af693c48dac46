import { formatDate } from '../calendar/civil-date.ts';
import { announce } from '../milestone/milestone-state.ts';
import { answeredAlready, ASKED, mustStillBeAsked } from './asked.ts';
import { milestoneCommand } from './definition.ts';
import { REASON } from './fields.ts';
import { ON_LATER_DATES } from './may.ts';
import { toOwner } from './steps.ts';

/** A later date that was asked for is not granted. */
export const declineExtension = milestoneCommand({
  title: 'Decline the later date',
  help: 'The due date stays, and its owner is told why.',
  fields: { reason: { ...REASON, label: 'Why is it declined?' }, asked: ASKED },
  may: ON_LATER_DATES,
  verb: 'decline a later date for it',
  done: 'The later date is declined.',
  effect: 'move',
  entry: 'extension-declined',
  possible(milestone, { facts }) {
    if (milestone.extensionRequested === undefined) throw answeredAlready(milestone, facts);
  },
  step(milestone, { reason, asked }, { now, actor, facts }) {
    mustStillBeAsked(milestone, asked, facts);
    const { extensionRequested: _request, ...rest } = milestone;
    const extensionDeclined = { by: actor.role, at: now };
    const announcements = milestone.announcements.filter((each) => each.kind !== 'extension-requested');
    const text = `A later date was declined: ${reason}. It stays due on ${formatDate(milestone.due)}.`;
    return announce({ ...rest, extensionDeclined, announcements }, toOwner('extension-declined', milestone, now, text));
  },
  sentence: ({ reason }, { who }) => `a later date was declined by ${who}: ${reason}.`,
});
