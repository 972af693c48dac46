import { BUTTONS } from './buttons.ts';
import { partnerOf } from '../authority/partners.ts';
import { roleTitle } from '../authority/roles.ts';
import { formatDate } from '../calendar/civil-date.ts';
import type { Facts } from '../facts/facts.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { grantsOf, timesGranted } from '../milestone/slippage.ts';
import { roleAtStep } from '../plan/ladder.ts';
import { Refusal } from '../refusal.ts';
import { someOf } from '../some-of.ts';
import type { StepContext } from './definition.ts';

/** Who grants the next later date: the owner's manager, of a partner's the council's lead for it, or the role that the council has named for more than its cap. */
export function whoGrants(milestone: Milestone, { authority }: Facts): string {
  const { laterDates } = authority;
  return laterDates !== undefined && timesGranted(milestone) >= laterDates.cap
    ? laterDates.beyond
    : (partnerOf(authority, milestone.owner)?.lead ?? roleAtStep(authority, milestone.owner, 'manager'));
}

/**
 * Past the council's cap one role alone may grant a later date. What a file says was granted before the start is taken as
 * it was.
 *
 * @throws Refusal 'too-often'
 */
export function mustBeWithinCap(
  milestone: Milestone,
  { facts, actor, onFile }: Pick<StepContext, 'facts' | 'actor' | 'onFile'>,
): void {
  const { authority } = facts;
  const { laterDates } = authority;
  if (laterDates === undefined || onFile === true || actor.role === laterDates.beyond) return;
  const grants = grantsOf(milestone);
  if (grants.length < laterDates.cap) return;
  const times = grants.length === 1 ? 'once' : `${grants.length} times`;
  const before =
    grants.length === 0
      ? `${authority.name} grants no later dates otherwise`
      : `"${milestone.title}" has been given a later date ${times} already (${someOf(grants.map(({ to }) => formatDate(to)))})`;
  throw new Refusal(
    'too-often',
    `${before}: only ${roleTitle(authority, laterDates.beyond)} may grant ${grants.length === 0 ? 'one' : 'another'}. Ask for it, by "${BUTTONS.requestExtension}" on the board or with duecourse request-extension, and they are told.`,
  );
}
