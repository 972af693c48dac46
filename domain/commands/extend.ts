import { bodyName, requireBody } from '../authority/bodies.ts';
import { formatDate } from '../calendar/civil-date.ts';
import { announce, setDue } from '../milestone/milestone-state.ts';
import type { Grant, Milestone } from '../milestone/milestone.ts';
import { ASKED, mustStillBeAsked } from './asked.ts';
import { milestoneCommand } from './definition.ts';
import { REASON } from './fields.ts';
import { mustBeWithinCap } from './later-dates.ts';
import { LATER_DATES } from './may.ts';
import { mustBeExtendable, mustBeLater, toOwner } from './steps.ts';

/** A later date is granted, asked for or not. The first date and each one granted stay with the duty. */
export const extend = milestoneCommand({
  title: 'Grant a later date',
  help: 'The due date moves, and its owner is told. Of a date set by law no later one can be granted.',
  fields: {
    to: { kind: 'date', toBeDone: true, label: 'New due date' },
    body: {
      kind: 'body',
      label: 'Which body agreed to it?',
      hint: 'Leave this empty if you grant it yourself.',
      optional: true,
    },
    reason: { ...REASON, label: 'Why is it granted?' },
    asked: ASKED,
  },
  may: LATER_DATES,
  verb: 'grant a later date for it',
  done: 'The due date has moved.',
  effect: 'move',
  entry: 'milestone-extended',
  possible(milestone, context) {
    mustBeExtendable(milestone);
    mustBeWithinCap(milestone, context);
  },
  step(milestone, { to, body, reason, asked }, { calendar, now, actor, facts }) {
    mustStillBeAsked(milestone, asked, facts);
    mustBeLater(milestone, to, now);
    const agreed = body === undefined ? '' : `, as ${requireBody(facts.authority, body, 'body').name} agreed`;
    const granted: Grant = {
      by: actor.role,
      at: now,
      ...(body === undefined ? {} : { body }),
      ...askedFor(milestone),
    };
    const moved = setDue(milestone, to, `it was extended${agreed}: ${reason}`, calendar, { granted });
    return announce(moved, toOwner('moved', milestone, now));
  },
  sentence({ reason, body }, { before, after, who, facts }) {
    const agreed = body === undefined ? '' : `, as ${bodyName(facts.authority, body)} agreed,`;
    return `extended by ${who}${agreed} from ${formatDate(before.due)} to ${formatDate(after.due)}: ${reason}.`;
  },
});

function askedFor({ extensionRequested: asked }: Milestone): Pick<Grant, 'asked'> {
  return asked === undefined ? {} : { asked };
}
