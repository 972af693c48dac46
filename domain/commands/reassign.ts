import { partnerOf } from '../authority/partners.ts';
import { requireRole, roleTitle } from '../authority/roles.ts';
import type { Facts } from '../facts/facts.ts';
import type { Authority } from '../schemas/authority.ts';
import { isBeside, shareWith, withBeside } from '../milestone/beside.ts';
import { announce } from '../milestone/milestone-state.ts';
import type { Announcement, Milestone } from '../milestone/milestone.ts';
import { Refusal } from '../refusal.ts';
import { milestoneCommand } from './definition.ts';
import { OPTIONAL_REASON } from './fields.ts';
import { ABOVE_OWNER } from './may.ts';
import { toOwner } from './steps.ts';

/** It belongs to another role from now on, or others are beside its owner. */
export const reassign = milestoneCommand({
  title: 'Give to somebody else',
  help: 'The new owner is told, and gets the reminders from now on. Others can be named beside the owner: they get the same reminders, and the owner stays the lead.',
  fields: {
    to: { kind: 'role', label: 'New owner', officers: true, hint: 'Left out: the owner stays.', optional: true },
    with: {
      kind: 'roles',
      label: 'Beside the owner',
      officers: true,
      hint: 'They take the place of those who are beside the owner now.',
      optional: true,
    },
    alone: { kind: 'yes', label: 'Nobody is beside the owner any more', optional: true },
    reason: OPTIONAL_REASON,
  },
  may: ABOVE_OWNER,
  verb: 'give it to somebody else',
  done: 'It has a new owner, or others beside the owner.',
  effect: 'pass-on',
  entry: 'milestone-reassigned',
  step(milestone, { to, with: roles, alone, reason }, { facts, now }) {
    const { authority } = facts;
    if (to !== undefined) mustBeForPartners(milestone, to, authority);
    if (to !== undefined) requireRole(authority, to, 'to');
    for (const role of roles ?? []) requireRole(authority, role, 'with');
    if (alone === true && roles !== undefined)
      throw new Refusal('wrong-state', 'Say who is beside the owner, or that nobody is, not both.', 'alone');
    const beside = alone === true ? [] : roles;
    if (to === undefined && beside === undefined)
      throw new Refusal('wrong-state', 'Say who the new owner is, or who is beside the owner.', 'to');
    if (to === milestone.owner && beside === undefined)
      throw new Refusal('wrong-state', `"${milestone.title}" already belongs to ${roleTitle(authority, to)}.`, 'to');
    const owned =
      to === undefined || to === milestone.owner ? milestone : passedTo(milestone, { to, reason }, facts, now);
    const after = beside === undefined ? owned : shared(owned, { beside, reason }, facts, now);
    if (after.owner === milestone.owner && besideIn(after) === besideIn(milestone))
      throw new Refusal('wrong-state', `That is how "${milestone.title}" is on file already; nothing changes.`);
    return after;
  },
  sentence: (_payload, { before, after, who, facts: { authority } }) => {
    const others = (after.beside ?? []).map((role) => roleTitle(authority, role));
    const besides =
      besideIn(before) === besideIn(after)
        ? []
        : [others.length === 0 ? 'nobody is beside the owner now' : `beside the owner now: ${others.join(', ')}`];
    const passed = before.owner === after.owner ? [] : [`passed by ${who} to ${roleTitle(authority, after.owner)}`];
    return `${[...passed, ...besides].join('; ')}${before.owner === after.owner ? `, by ${who}` : ''}.`;
  },
});

/** What the law or somebody else asks of the council is not a partner's to answer for. @throws Refusal */
function mustBeForPartners({ title, strength }: Milestone, to: string, authority: Authority): void {
  const partner = partnerOf(authority, to);
  if (partner === undefined || strength === 'commitment') return;
  throw new Refusal(
    'wrong-state',
    `"${title}" is asked of the council itself: it can’t be passed to ${partner.name}. Name its role beside the owner instead.`,
    'to',
  );
}

/** Those beside the owner, to be compared. */
const besideIn = ({ beside = [] }: Milestone): string => beside.join(' ');

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
  const moved = withBeside<Milestone>({ ...rest, owner: to, passedTo: to, announcements }, milestone.beside ?? []);
  return announce(moved, toOwner('reassigned', moved, now, text));
}

/** A duty with others beside its owner: whoever is new there is told, and what was still to be told to who is not any more goes. */
export function shared(
  milestone: Milestone,
  { beside, reason }: { beside: readonly string[]; reason?: string | undefined },
  { authority }: Pick<Facts, 'authority'>,
  now: string,
): Milestone {
  const named = shareWith(milestone, beside);
  const gone = (milestone.beside ?? []).filter((role) => !isBeside(named, role));
  const text = `You are beside ${roleTitle(authority, named.owner)} now${reason === undefined ? '' : `: ${reason}`}.`;
  const news = (named.beside ?? [])
    .filter((role) => !isBeside(milestone, role))
    .map((to): Announcement => ({ kind: 'reassigned', to, readyAt: now, urgent: false, text }));
  const left = named.announcements.filter(({ to }) => to === named.owner || !gone.includes(to));
  return announce({ ...named, announcements: left }, ...news);
}
