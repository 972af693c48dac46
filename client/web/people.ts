import { visible } from '../../domain/hidden-characters.ts';
import type { SignedIn } from '../../register/sign-ins.ts';
import type { Authority, Capacity, Role } from '../../domain/schemas/authority.ts';

/** What somebody is in one authority. */
export interface Membership {
  authority: Authority;
  roles: Role[];
}

/** Somebody who has signed in, with what they are where. Nobody sees the work of an authority they are nothing in. */
export interface Person extends SignedIn {
  memberships: Membership[];
}

/**
 * What somebody is: by the roles that the identity provider names (`<authority>/<role>`), else by the address that the
 * authorities' files give for a role.
 */
export function personOf(signedIn: SignedIn, authorities: readonly Authority[]): Person {
  const named = signedIn.roles === null ? undefined : new Set(signedIn.roles);
  const email = signedIn.email.toLowerCase();
  const memberships = authorities.flatMap((authority): Membership[] => {
    const roles = authority.roles.filter((role) =>
      named === undefined ? role.email?.toLowerCase() === email : named.has(`${authority.id}/${role.id}`),
    );
    return roles.length === 0 ? [] : [{ authority, roles }];
  });
  // A name is what the provider says it is; it stands on every page.
  return { ...signedIn, name: visible(signedIn.name), memberships };
}

/** What somebody is in an authority; undefined where they are nothing in it. */
export function membershipIn(person: Person, authority: string): Membership | undefined {
  return person.memberships.find((each) => each.authority.id === authority);
}

/** Do they hold a role of one of these capacities, in this authority or (where none is given) in any? */
export function isAny(person: Person, capacities: readonly Capacity[], authority?: string): boolean {
  return person.memberships.some(
    (each) =>
      (authority === undefined || each.authority.id === authority) &&
      each.roles.some((role) => capacities.includes(role.capacity)),
  );
}

/** The ids of the authorities that somebody may see. */
export const authoritiesOf = (person: Person): string[] => person.memberships.map((each) => each.authority.id);
