import { allRoles, partnerOf } from '../../domain/authority/partners.ts';
import type { MilestoneRow } from '../../domain/milestone/columns.ts';
import { roleTitle } from '../../domain/authority/roles.ts';
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
  /** Where they hold roles of a partner's, and none of the council's: they see their own duties alone. */
  guests: Membership[];
}

/**
 * What somebody is: by the roles that the identity provider names (`<authority>/<role>`, or a group that an authority's file
 * gives for a role), else by the address that the authorities' files give for a role.
 */
export function personOf(signedIn: SignedIn, authorities: readonly Authority[]): Person {
  const named = signedIn.roles === null ? undefined : new Set(signedIn.roles);
  const email = signedIn.email.toLowerCase();
  const held = (authority: Authority, roles: readonly Role[]): Role[] =>
    roles.filter((role) =>
      named === undefined
        ? role.email?.toLowerCase() === email
        : named.has(`${authority.id}/${role.id}`) || (role.groups ?? []).some((group) => named.has(group)),
    );
  const among = named === undefined ? (withAddress(authorities).get(email) ?? []) : authorities;
  const all = among.map((authority) => ({
    authority,
    own: held(authority, authority.roles),
    // A partner's manager is none of the council's.
    partners: held(
      authority,
      (authority.partners ?? []).flatMap(({ roles }) => roles),
    ).map((role): Role => ({ ...role, title: roleTitle(authority, role.id), capacity: 'owner' })),
  }));
  const memberships = all.flatMap(({ authority, own, partners }): Membership[] =>
    own.length === 0 ? [] : [{ authority, roles: [...own, ...partners] }],
  );
  const guests = all.flatMap(({ authority, own, partners }): Membership[] =>
    own.length > 0 || partners.length === 0 ? [] : [{ authority, roles: partners }],
  );
  // A name is what the provider says it is; it stands on every page.
  return { ...signedIn, name: visible(signedIn.name), memberships, guests };
}

type ByAddress = ReadonlyMap<string, readonly Authority[]>;

const kept = new WeakMap<readonly Authority[], ByAddress>();

/** The authorities in whose files an address has a role: looked for once in the same list, which many people are looked for in. */
function withAddress(authorities: readonly Authority[]): ByAddress {
  const known = kept.get(authorities);
  if (known !== undefined) return known;
  const found = new Map<string, Authority[]>();
  for (const authority of authorities)
    for (const address of new Set(allRoles(authority).map((role) => role.email?.toLowerCase()))) {
      if (address === undefined) continue;
      const of = found.get(address);
      if (of === undefined) found.set(address, [authority]);
      else of.push(authority);
    }
  kept.set(authorities, found);
  return found;
}

/** Every role that somebody holds, by authority: the council's and partners'. */
export function rolesOf({ memberships, guests }: Person): { authority: string; role: string }[] {
  return [...memberships, ...guests].flatMap(({ authority, roles }) =>
    roles.map(({ id }) => ({ authority: authority.id, role: id })),
  );
}

/** May a partner's role look at a duty: its own, one that it is beside the owner of, or, for a manager, any of the partner's? */
export function mayLookAt(
  authority: Authority,
  role: string,
  { owner, beside }: Pick<MilestoneRow, 'owner' | 'beside'>,
): boolean {
  if (owner === role || beside.includes(role)) return true;
  const partner = partnerOf(authority, role);
  const isManager = partner?.roles.some(({ id, capacity }) => id === role && capacity === 'manager') ?? false;
  return isManager && partnerOf(authority, owner) === partner;
}

/** Has somebody no role at all, of whatever council? */
export const isNobody = ({ memberships, guests }: Person): boolean => memberships.length + guests.length === 0;

/** What somebody is in an authority; undefined where they are nothing in it. */
export function membershipIn(person: Pick<Person, 'memberships'>, authority: string): Membership | undefined {
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

/** The ids of those in which they hold a role of one of these capacities. */
export const authoritiesWith = (person: Person, capacities: readonly Capacity[]): string[] =>
  authoritiesOf(person).filter((id) => isAny(person, capacities, id));

/** The ids of the authorities that somebody may see. */
export const authoritiesOf = (person: Person): string[] => person.memberships.map((each) => each.authority.id);
