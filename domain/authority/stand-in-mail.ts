import { localDate } from '../calendar/london.ts';
import type { CouncilMail } from '../lifecycle/council-mails.ts';
import type { Envelope } from '../lifecycle/digest.ts';
import type { Authority } from '../schemas/authority.ts';
import { addresseeOf } from './addressee.ts';
import { withChannel } from './demonstration.ts';
import { rolesHeldBy } from './held-by.ts';
import { roleTitle } from './roles.ts';
import { type StandingIn, standInNews } from './standing-in.ts';

/** A mail to somebody who stands in otherwise than before. */
export interface StandInMail extends Envelope {
  of: StandingIn[];
  /** Whom to tell where they can't: the administrator's role, and the address where its mail goes. */
  administrator: { title: string; email: string };
}

const STAND_INS: CouncilMail = 'stand-ins';

/**
 * What each of those who stand in by a council's file otherwise than by an earlier one is told, one mail each.
 *
 * @param now an instant, UTC
 * @param number the file's: no two mails to the same person about the same file
 */
export function standInMails(before: Authority, after: Authority, now: string, number: number): StandInMail[] {
  const day = localDate(now);
  const { administrator } = after.chain;
  return standInNews(before, after, day).map(({ email, of }) => ({
    id: `${after.id}/${STAND_INS}/${email}/${day}/${number}`,
    authority: { id: after.id, name: after.name },
    reference: STAND_INS,
    recipient: {
      email,
      roles: rolesHeldBy(after, email).map((id) => ({ id, title: roleTitle(after, id) })),
      standsInFor: [],
    },
    day,
    n: number,
    at: now,
    ...withChannel(after, email),
    of,
    administrator: { title: roleTitle(after, administrator), email: addresseeOf(after, administrator, day).email },
  }));
}
