import type { CivilDate } from '../../calendar/civil-date.ts';
import { addDays } from '../../calendar/civil-date.ts';
import type { Authority, Channel, Person, Role } from '../../schemas/authority.ts';
import { allRoles, partnerOf } from '../partners.ts';
import { findRole } from '../roles.ts';

/** An authority's file with something of its people changed: nothing else of it is another. */

/** The organisation's roles, the council's or the partner's, are put in the place of what they were. */
function withRoles(authority: Authority, role: string, change: (roles: readonly Role[]) => Role[]): Authority {
  const partner = partnerOf(authority, role);
  if (partner === undefined) return { ...authority, roles: change(authority.roles) };
  const partners = (authority.partners ?? []).map((each) =>
    each.id === partner.id ? { ...each, roles: change(each.roles) as typeof each.roles } : each,
  );
  return { ...authority, partners };
}

/** Who it is that an address now is of: the same person as before, or another. */
export type Holder = 'same' | 'other';

/**
 * A role with other words: what is undefined is taken out. Where the same person has another address, it is changed wherever
 * they have it; where it is another person, what was said of the one before goes with them, once they hold nothing more.
 */
export function withRole(authority: Authority, role: Role, holder: Holder): Authority {
  const before = findRole(authority, role.id)?.email?.toLowerCase();
  const changed = withRoles(authority, role.id, (roles) => roles.map((each) => (each.id === role.id ? role : each)));
  if (before === undefined || before === role.email?.toLowerCase()) return changed;
  return holder === 'same' && role.email !== undefined
    ? withAddress(changed, before, role.email)
    : withoutStrangers(changed);
}

/** A person's address wherever they have it. */
function withAddress(authority: Authority, before: string, after: string): Authority {
  const renamed = <R extends { email?: string | undefined }>(each: R): R =>
    each.email?.toLowerCase() === before ? { ...each, email: after } : each;
  const changed: Authority = {
    ...authority,
    roles: authority.roles.map(renamed),
    ...(authority.partners === undefined
      ? {}
      : { partners: authority.partners.map((each) => ({ ...each, roles: each.roles.map(renamed) })) }),
    ...(authority.webhooks === undefined
      ? {}
      : {
          webhooks: authority.webhooks.map((each) =>
            each.person?.toLowerCase() === before ? { ...each, person: after } : each,
          ),
        }),
  };
  const isListed = (authority.people ?? []).some(({ email }) => email.toLowerCase() === after.toLowerCase());
  return isListed ? withoutStrangers(changed) : withPeople(changed, (authority.people ?? []).map(renamed));
}

/** Of those who hold no role any more nothing is said: neither how they get mail nor when they are away. */
function withoutStrangers(authority: Authority): Authority {
  const held = new Set(allRoles(authority).map(({ email }) => email?.toLowerCase()));
  return withPeople(
    authority,
    (authority.people ?? []).filter(({ email }) => held.has(email.toLowerCase())),
  );
}

function withPeople(authority: Authority, people: readonly Person[]): Authority {
  const { people: before, ...rest } = authority;
  return before === undefined && people.length === 0 ? rest : { ...rest, people: [...people] };
}

/** One more role: of a partner's where one is named, after those that are there. */
export function withNewRole(authority: Authority, role: Role, partner?: string): Authority {
  if (partner === undefined) return { ...authority, roles: [...authority.roles, role] };
  const { capacity } = role;
  const own = { ...role, capacity: capacity === 'manager' ? capacity : ('owner' as const) };
  return {
    ...authority,
    partners: (authority.partners ?? []).map((each) =>
      each.id === partner ? { ...each, roles: [...each.roles, own] } : each,
    ),
  };
}

export function withoutRole(authority: Authority, role: string): Authority {
  return withoutStrangers(withRoles(authority, role, (roles) => roles.filter(({ id }) => id !== role)));
}

export type Away = Person['away'][number];

/** Somebody is away, beside what is said of them already. */
export function withAway(authority: Authority, email: string, away: Away): Authority {
  return withPerson(authority, email, (person) => ({
    ...person,
    away: [...person.away, away].toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  }));
}

/** They are back on a day: what began earlier ends the day before it, and what would begin later is taken out. */
export function withAwayEnded(authority: Authority, email: string, which: CivilDate, back: CivilDate): Authority {
  return withPerson(authority, email, (person) => ({
    ...person,
    away: person.away.flatMap((each) => {
      if (each.from !== which) return [each];
      return each.from < back ? [{ ...each, until: addDays(back, -1) }] : [];
    }),
  }));
}

/** How often they want mail, and on which day where that is once a week. */
export function withDigest(
  authority: Authority,
  email: string,
  wanted: Pick<Person, 'digest' | 'weeklyOn'>,
): Authority {
  return withPerson(authority, email, (person) => ({ ...person, ...wanted }));
}

/** By which channel their mail leaves; undefined: by the council's. */
export function withOwnChannel(authority: Authority, email: string, channel: Channel | undefined): Authority {
  return withPerson(authority, email, ({ channel: _before, ...person }) => ({
    ...person,
    ...(channel === undefined ? {} : { channel }),
  }));
}

function withPerson(authority: Authority, email: string, change: (person: Person) => Person): Authority {
  const people = authority.people ?? [];
  const isTheirs = (each: Person) => each.email.toLowerCase() === email.toLowerCase();
  const usual: Person = { email, digest: 'daily', weeklyOn: 'monday', away: [] };
  return people.some(isTheirs)
    ? { ...authority, people: people.map((each) => (isTheirs(each) ? change(each) : each)) }
    : { ...authority, people: [...people, change(usual)] };
}
