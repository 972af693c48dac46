import { formatDate } from '../calendar/civil-date.ts';
import type { Facts } from '../facts/facts.ts';
import type { Decision } from '../schemas/inspection.ts';
import { NO_CONSTITUTION } from './no-constitution.ts';
import { callInOf } from './counted.ts';

/** Who can call a decision in, by the constitution on file: a call-in is recorded whole, and with fewer members it is not taken. */
export function callInNeeds({ constitution }: Pick<Facts, 'constitution'>): string {
  if (constitution === null) return NO_CONSTITUTION;
  const { who, minimumMembers: fewest } = constitution.callIn;
  const needed =
    who ?? (fewest === undefined ? undefined : `${fewest} ${fewest === 1 ? 'member' : 'members together'}`);
  return needed === undefined
    ? 'The constitution on file does not say who can call it in, nor how many members that takes.'
    : `To call it in takes ${needed}.`;
}

/** Who has called a decision in, or that nobody has and what that takes. @param isOpen whether its window is */
export function callInWords({ id }: Pick<Decision, 'id'>, facts: Facts, isOpen: boolean): string[] {
  const called = callInOf(facts.inspection, id);
  if (called !== undefined)
    return [
      `Called in on ${formatDate(called.receivedOn)} by ${called.by}${called.members === undefined ? '' : `, ${called.members} ${called.members === 1 ? 'member' : 'members'}`}: ${called.reasons}`,
    ];
  return isOpen ? ['Nobody has called it in so far.', callInNeeds(facts)] : [];
}
