import { formatDate } from '../calendar/civil-date.ts';
import { announce, isPending } from '../milestone/milestone-state.ts';
import { mustBePermitted } from '../milestone/permissions.ts';
import { requireRole, roleTitle } from '../authority/roles.ts';
import type { Actor, CommandPayload } from '../schemas/commands.ts';
import { record } from './record.ts';
import type { LifecycleState } from './state.ts';

/**
 * A mail that nobody got is sent again: not to the letter, which would speak of days long past, but by telling again
 * what of it is still to be done, at the next moment within sending hours.
 *
 * @throws Refusal 'unknown-role' | 'not-permitted'
 */
export function resend(
  state: LifecycleState,
  { messageId, to, milestones, day }: CommandPayload<'resend'>,
  actor: Actor,
  now: string,
): LifecycleState {
  const { authority } = state.facts;
  mustBePermitted('resend', actor, state.facts);
  for (const role of to) requireRole(authority, role);
  const text = `An earlier mail about this, of ${formatDate(day)}, could not be delivered.`;
  const pending = milestones.flatMap((id) => {
    const milestone = state.milestones[id];
    return milestone !== undefined && isPending(milestone) ? [milestone] : [];
  });
  const told = pending.map((milestone) => {
    // Of the roles that the address holds, the one this is about.
    const role = to.find((each) => each === milestone.owner) ?? to[0] ?? milestone.owner;
    return announce(milestone, { kind: 'resent', to: role, readyAt: now, urgent: true, text });
  });
  const whom = to.map((role) => roleTitle(authority, role)).join(', ');
  const next = { ...state.milestones, ...Object.fromEntries(told.map((each) => [each.id, each])) };
  return record({ ...state, milestones: next }, now, [
    {
      kind: 'mail-resent',
      actor,
      text:
        told.length === 0
          ? `The undeliverable mail of ${formatDate(day)} to ${whom} is settled: nothing in it is still to be done.`
          : `The undeliverable mail of ${formatDate(day)} to ${whom} is sent again: ${told.length} of ${milestones.length} notices are still to be done.`,
      data: { messageId, milestones: told.map((each) => each.id) },
    },
  ]);
}
