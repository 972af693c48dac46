import { untilInWords } from '../../../domain/authority/absence.ts';
import { capitalised } from '../../../domain/words.ts';
import { addresseeOf } from '../../../domain/authority/addressee.ts';
import { findRole, roleTitle } from '../../../domain/authority/roles.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { WorkingCalendar } from '../../../domain/calendar/working-calendar.ts';
import { LADDER_WORDS } from '../../../domain/milestone/ladder-words.ts';
import { DEFAULT_LADDER } from '../../../domain/plan/default-ladder.ts';
import { rungsReached } from '../../../domain/plan/ladder.ts';
import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Ladder } from '../../../domain/schemas/rule-pack.ts';

/** Somebody who would be told something of a duty, on a day. */
export interface Hearing {
  on: CivilDate;
  /** What they would be told. */
  what: string;
  role: string;
  email: string;
  /** Why that address: the role's holder, or who stands in for them, and until when. */
  why: string;
}

const USUAL: Ladder = { ...DEFAULT_LADDER, before: [...DEFAULT_LADDER.before], after: [...DEFAULT_LADDER.after] };

/** Working days after the due day up to which it is shown: by then everybody has heard once. */
const LAST = DEFAULT_LADDER.inform;

/**
 * Who would hear what, and when, of a duty of a role's that nobody does.
 *
 * @throws CalendarError `out-of-range` where bank holidays are not known so far
 */
export function whoHears(
  authority: Authority,
  { owner, due, ladder = USUAL }: { owner: string; due: CivilDate; ladder?: Ladder | undefined },
  calendar: WorkingCalendar,
): Hearing[] {
  const until = calendar.addWorkingDays(due, LAST);
  return rungsReached({ due, owner, ladder }, until, authority, calendar)
    .map(({ on, kind, workingDays, to }) => ({
      on,
      what: capitalised(LADDER_WORDS[kind].toCome(workingDays, { on, due })),
      role: roleTitle(authority, to),
      ...readerOf(authority, to, on),
    }))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function readerOf(authority: Authority, role: string, day: CivilDate): Pick<Hearing, 'email' | 'why'> {
  const { email, standsIn, coversUntil } = addresseeOf(authority, role, day);
  const held = findRole(authority, role)?.email;
  if (standsIn) return { email, why: 'nobody holds the role' };
  return {
    email,
    why: coversUntil === undefined ? 'holds the role' : `stands in for ${held ?? ''} ${untilInWords(coversUntil)}`,
  };
}
