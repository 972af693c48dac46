import { untilInWords } from '../../../domain/authority/absence.ts';
import { addresseeOf } from '../../../domain/authority/addressee.ts';
import { heldBy } from '../../../domain/authority/held-by.ts';
import { findRole, roleTitle } from '../../../domain/authority/roles.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';

/** Those who would take work and are away on a day: until when, and who reads their mail meanwhile; a sentence each. */
export function takersAway(
  authority: Authority,
  { from, takers }: { from: string; takers: readonly string[] },
  today: CivilDate,
): string[] {
  const leaving = findRole(authority, from)?.email?.toLowerCase();
  return [...new Set(takers)].flatMap((taker) => {
    const { email, coversUntil } = addresseeOf(authority, taker, today);
    if (coversUntil === undefined) return [];
    const [title, reader] = [roleTitle(authority, taker), heldBy(authority, email)];
    const isLeaver = email === leaving ? ', whose work is being passed on,' : '';
    return [
      `${title} is away: ${reader}${isLeaver} reads their mail ${untilInWords(coversUntil)}. Choose somebody who is there, or another stand-in.`,
    ];
  });
}
