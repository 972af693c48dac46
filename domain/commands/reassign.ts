import { requireRole, roleTitle } from '../authority/roles.ts';
import type { Facts } from '../facts/facts.ts';
import { announce } from '../milestone/milestone-state.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { OPTIONAL_REASON } from './fields.ts';
import { ABOVE_OWNER } from './may.ts';
import { toOwner } from './steps.ts';

/** It belongs to another role from now on. */
export const reassign = milestoneCommand({
  title: 'Give to somebody else',
  help: 'The new owner is told, and gets the reminders from now on.',
  fields: { to: { kind: 'role', label: 'New owner' }, reason: OPTIONAL_REASON },
  may: ABOVE_OWNER,
  verb: 'give it to somebody else',
  done: 'It has a new owner.',
  effect: 'pass-on',
  entry: 'milestone-reassigned',
  step(milestone, { to, reason }, { facts, now }) {
    const { authority } = facts;
    requireRole(authority, to);
    if (to === milestone.owner)
      throw new Refusal('wrong-state', `"${milestone.title}" already belongs to ${roleTitle(authority, to)}.`);
    return passedTo(milestone, { to, reason }, facts, now);
  },
  sentence: (_payload, { after, who, facts }) => `passed by ${who} to ${roleTitle(facts.authority, after.owner)}.`,
});

/** A duty in another role's hands: what its former owner promised, or was still to be told, goes; the new one is told. */
export function passedTo(
  milestone: Milestone,
  { to, reason }: { to: string; reason?: string | undefined },
  { authority }: Pick<Facts, 'authority'>,
  now: string,
): Milestone {
  const { acknowledged: _promise, ...rest } = milestone;
  const text = `Passed on from ${roleTitle(authority, milestone.owner)}${reason === undefined ? '' : `: ${reason}`}.`;
  const announcements = milestone.announcements.filter((each) => each.to !== milestone.owner);
  const moved: Milestone = { ...rest, owner: to, passedTo: to, announcements };
  return announce(moved, toOwner('reassigned', moved, now, text));
}
