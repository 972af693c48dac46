import type { CivilDate } from '../calendar/civil-date.ts';
import { partnerOf } from './partners.ts';
import { findRole } from './roles.ts';
import type { Authority, Person } from '../schemas/authority.ts';

/** Where a role's notices go on a day, and why to somebody else than its holder. */
export interface Addressee {
  email: string;
  /** Nobody holds the role: it goes to whoever stands in, in the council the administrator. */
  standsIn: boolean;
  /** Its holder is away until this day, the last of them: it goes to the delegate. */
  coversUntil?: CivilDate;
}

/**
 * Where a role's notices go on a day: its holder, or whoever gets it where nobody holds it; while that person is away their
 * delegate, or the delegate's own. Where all of them are away at once it goes to whoever gets it where nobody holds it, or,
 * where that is one of them or away too, to the first: mail is never without a reader.
 */
export function addresseeOf(authority: Authority, role: string, day: CivilDate): Addressee {
  const own = emailOf(authority, role);
  const others = insteadOf(authority, role).flatMap((each) => emailOf(authority, each) ?? []);
  const first = own ?? others[0] ?? '';
  const standsIn = own === undefined;
  const asked = new Set<string>();
  let coversUntil: CivilDate | undefined;
  for (let email = first; !asked.has(email);) {
    asked.add(email);
    const away = absenceOf(authority, email, day);
    if (away === undefined) return { email, standsIn, ...(coversUntil === undefined ? {} : { coversUntil }) };
    coversUntil ??= away.until;
    email = emailOf(authority, away.delegate) ?? first;
  }
  const present = others.find((email) => absenceOf(authority, email, day) === undefined);
  if (present === undefined) return { email: first, standsIn };
  return { email: present, standsIn, ...(coversUntil === undefined ? {} : { coversUntil }) };
}

/**
 * The roles that get the mail of one that nobody holds, the first first: the administrator; of a partner's the head of its
 * chain, then the council's lead for it.
 */
function insteadOf(authority: Authority, role: string): string[] {
  const partner = partnerOf(authority, role);
  const administrator = authority.chain.administrator;
  return partner === undefined ? [administrator] : [partner.chain.head, partner.lead, administrator];
}

/** The time away in which a day falls, both ends included. */
function absenceOf(authority: Authority, email: string, day: CivilDate): Person['away'][number] | undefined {
  return personOf(authority, email)?.away.find((each) => each.from <= day && day <= each.until);
}

/** How somebody wants their mail; undefined where the authority's file does not say. */
export function personOf(authority: Authority, email: string): Person | undefined {
  return authority.people?.find((each) => each.email.toLowerCase() === email);
}

function emailOf(authority: Authority, role: string): string | undefined {
  return findRole(authority, role)?.email?.toLowerCase();
}
