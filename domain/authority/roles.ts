import { Refusal } from '../refusal.ts';
import type { Authority, Role } from '../schemas/authority.ts';
import { someOf } from '../some-of.ts';

export function findRole(authority: Authority, id: string): Role | undefined {
  return authority.roles.find((each) => each.id === id);
}

/**
 * The authority's role of this id.
 *
 * @throws Refusal 'unknown-role' naming the roles there are
 */
export function requireRole(authority: Authority, id: string): Role {
  const role = findRole(authority, id);
  if (role !== undefined) return role;
  throw new Refusal(
    'unknown-role',
    `${authority.name} has no role "${id}"; its roles are ${someOf(authority.roles.map((each) => each.id))}.`,
  );
}

/** The role's title as people say it; its id where the authority no longer knows it. */
export function roleTitle(authority: Authority, id: string): string {
  return findRole(authority, id)?.title ?? id;
}

/**
 * The role that another answers to; undefined where it answers to nobody, or where the line comes back to it: somebody
 * below is no manager, and nobody is their own. Files with such a circle are refused; a council's from before may have one.
 */
export function managerOf(authority: Authority, id: string): Role | undefined {
  const manager = findRole(authority, findRole(authority, id)?.reportsTo ?? '');
  const seen = new Set<string>();
  for (let above = manager; above !== undefined && !seen.has(above.id);) {
    if (above.id === id) return undefined;
    seen.add(above.id);
    above = findRole(authority, above.reportsTo ?? '');
  }
  return manager;
}
