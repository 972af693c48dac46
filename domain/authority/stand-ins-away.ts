import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import type { Authority } from '../schemas/authority.ts';
import { capitalised } from '../words.ts';
import { absenceInWords, WITHOUT_END } from './absence.ts';
import { readersOf } from './addressee.ts';
import { heldBy, rolesHeldBy } from './held-by.ts';
import { findRole, roleTitle } from './roles.ts';

/** Days on which somebody is away and who was to stand in is away too. */
interface StandInAway {
  /** Where the stand-in is named in the file. */
  path: (string | number)[];
  /** In a sentence that says who gets the mail then. */
  text: string;
}

/** Each of them from a day on: what is over is nobody's worry. */
export function standInsAway(authority: Authority, today: CivilDate): StandInAway[] {
  return (authority.people ?? []).flatMap(({ email, away }, person) => {
    const [role] = rolesHeldBy(authority, email);
    if (role === undefined) return [];
    return away.flatMap(({ from, until, delegate }, at) => {
      const standIn = findRole(authority, delegate)?.email?.toLowerCase();
      const days = { from: from < today ? today : from, until };
      return readersOf(authority, role, days)
        .filter((reader) => reader.asked[1] === standIn && reader.email !== standIn)
        .map((reader) => ({
          path: ['people', person, 'away', at, 'delegate'],
          text: `${onDays(reader)} ${heldBy(authority, email)} is away, and ${roleTitle(authority, delegate)}, who was to stand in, is away too: what comes for ${heldBy(authority, email)} goes to ${heldBy(authority, reader.email)} (${reader.email}) then.`,
        }));
    });
  });
}

/** Those of a changed file that were not there before, a sentence each. */
export function newStandInsAway(before: Authority, after: Authority, today: CivilDate): string[] {
  const was = new Set(standInsAway(before, today).map(({ text }) => text));
  return standInsAway(after, today).flatMap(({ text }) => (was.has(text) ? [] : [text]));
}

function onDays(days: { from: CivilDate; until: CivilDate }): string {
  if (days.from === days.until) return `On ${formatDate(days.from)}`;
  return days.until === WITHOUT_END ? `${capitalised(absenceInWords(days))},` : `From ${absenceInWords(days)}`;
}
