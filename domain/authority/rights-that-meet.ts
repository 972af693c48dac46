import type { Authority, Capacity, Role } from '../schemas/authority.ts';
import { CAPACITIES } from './change/words.ts';
import { isOfficer } from './officers.ts';
import { allRoles } from './partners.ts';
import { roleTitle } from './roles.ts';

/** Roles with other rights than one another, held by whoever signs in with one address, or as a member of one group. */
export interface RightsThatMeet {
  /** The last of the roles: what it names brings the rights together. */
  role: string;
  text: string;
}

/** By what somebody who signs in holds a role. */
const keysOf = ({ email, groups = [] }: Role): string[] => [
  ...(email === undefined ? [] : [email.toLowerCase()]),
  ...groups.map((group) => `the group ${group}`),
];

/**
 * Where one person would do what two roles may who were kept apart: a councillor with an officer's rights before all. Two roles
 * with the same rights are no more than one.
 */
export function rightsThatMeet(authority: Authority): RightsThatMeet[] {
  const holders = new Map<string, Role[]>();
  for (const role of allRoles(authority))
    for (const key of keysOf(role)) holders.set(key, [...(holders.get(key) ?? []), role]);
  return [...holders].flatMap(([who, roles]) => {
    const last = roles.at(-1);
    if (last === undefined || new Set(roles.map(({ capacity }) => capacity)).size < 2) return [];
    const all = roles.map((role) => `${roleTitle(authority, role.id)} (${rightsOf(role.capacity)})`).join(' and ');
    const councillor = roles.some((role) => !isOfficer(role)) && roles.some(isOfficer);
    const so = councillor ? 'a councillor would have an officer’s rights' : 'one person would have the rights of all';
    return [{ role: last.id, text: `${who} holds ${all}: ${so}. Look whether that is meant.` }];
  });
}

const rightsOf = (capacity: Capacity): string => `may ${CAPACITIES[capacity]}`;
