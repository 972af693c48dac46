import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { WITHOUT_END } from './absence.ts';
import { partnerOf } from './partners.ts';
import { findRole } from './roles.ts';
import type { Authority, Person } from '../schemas/authority.ts';

/** Where a role's notices go on a day, and why to somebody else than its holder. */
export interface Addressee {
  email: string;
  /** Nobody holds the role: it goes to whoever stands in, in the council the administrator. */
  standsIn: boolean;
  /** Its holder is away, and whoever gets it gets it until this day, the last before it goes to somebody else. */
  coversUntil?: CivilDate;
}

/**
 * Where a role's notices go on a day: its holder, or whoever gets it where nobody holds it; while that person is away their
 * delegate, or the delegate's own. Where all of them are away at once it goes to whoever gets it where nobody holds it, or,
 * where that is one of them or away too, to the first: mail is never without a reader.
 */
export function addresseeOf(authority: Authority, role: string, day: CivilDate): Addressee {
  const { email, standsIn, covers } = readerOn(authority, role, day);
  return { email, standsIn, ...(covers ? { coversUntil: lastAlike(authority, role, day) } : {}) };
}

/** Who gets a role's notices on some days, one after the other. */
export interface Reader extends Pick<Addressee, 'email' | 'standsIn'> {
  /** In place of somebody who is away. */
  covers: boolean;
  /** Who is asked in turn: the holder, their stand-in, the stand-in's own. All but the last are away. */
  asked: string[];
}

/** Who gets a role's notices from a day to another, both included: piece by piece, each with its first and its last day. */
export function readersOf(
  authority: Authority,
  role: string,
  { from, until }: { from: CivilDate; until: CivilDate },
): (Reader & { from: CivilDate; until: CivilDate })[] {
  const pieces: ReturnType<typeof readersOf> = [];
  for (let day = from; day <= until;) {
    const alike = lastAlike(authority, role, day);
    const last = alike < until ? alike : until;
    pieces.push({ ...readerOn(authority, role, day), from: day, until: last });
    day = addDays(last, 1);
  }
  return pieces;
}

/** The last day, from one on without a break, on which a role's notices go where they go on that day, for the same reason. */
function lastAlike(authority: Authority, role: string, day: CivilDate): CivilDate {
  const first = readerOn(authority, role, day);
  for (let reader = first, on = day; ;) {
    const change = nextChange(authority, reader.asked, on);
    if (change === undefined) return WITHOUT_END;
    const next = readerOn(authority, role, change);
    if (next.email !== first.email || next.covers !== first.covers) return addDays(change, -1);
    [reader, on] = [next, change];
  }
}

/** The first day after one on which somebody of these goes, or is back; undefined where there is none. */
function nextChange(authority: Authority, emails: readonly string[], day: CivilDate): CivilDate | undefined {
  return emails
    .flatMap((email) => personOf(authority, email)?.away ?? [])
    .flatMap(({ from, until }) => (until === WITHOUT_END ? [from] : [from, addDays(until, 1)]))
    .filter((each) => each > day)
    .toSorted()[0];
}

function readerOn(authority: Authority, role: string, day: CivilDate): Reader {
  const own = emailOf(authority, role);
  const others = insteadOf(authority, role).flatMap((each) => emailOf(authority, each) ?? []);
  const first = own ?? others[0] ?? '';
  const standsIn = own === undefined;
  const asked = new Set<string>();
  for (let email = first; !asked.has(email);) {
    asked.add(email);
    const away = absenceOf(authority, email, day);
    if (away === undefined) return { email, standsIn, covers: asked.size > 1, asked: [...asked] };
    email = emailOf(authority, away.delegate) ?? first;
  }
  const present = others.find((email) => absenceOf(authority, email, day) === undefined);
  const all = { standsIn, covers: present !== undefined, asked: [...asked, ...others] };
  return { email: present ?? first, ...all };
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
