import type { Authority } from '../schemas/authority.ts';
import { allRoles, councilRoleFor } from './partners.ts';
import { managerOf } from './roles.ts';

/**
 * The roles that some roles look after: they themselves, all who answer to them, however far below, and the partners' for whom
 * one of these answers in the council.
 */
export function serviceOf(authority: Authority, roles: readonly string[]): Set<string> {
  const isBelow = (role: string): boolean => {
    // The line above it, as far as it goes: a file with a circle in it is from before such were refused.
    const seen = new Set<string>();
    for (let at: string | undefined = role; at !== undefined && !seen.has(at); at = managerOf(authority, at)?.id) {
      if (roles.includes(at)) return true;
      seen.add(at);
    }
    return false;
  };
  return new Set(
    allRoles(authority).flatMap(({ id }) => (isBelow(id) || isBelow(councilRoleFor(authority, id)) ? [id] : [])),
  );
}
