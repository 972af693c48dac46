import { notAmong } from '../nearest.ts';
import { Refusal } from '../refusal.ts';
import { allRoles, partnerOf } from './partners.ts';
import type { Authority, Role } from '../schemas/authority.ts';

/** A role by its id, the council's own or a partner's. */
export function findRole(authority: Pick<Authority, 'roles' | 'partners'>, id: string): Role | undefined {
  return (
    authority.roles.find((each) => each.id === id) ?? partnerOf(authority, id)?.roles.find((each) => each.id === id)
  );
}

/**
 * The authority's role of this id.
 *
 * @param field of the command that names it; undefined where none does
 * @throws Refusal 'unknown-role' naming the roles there are
 */
export function requireRole(authority: Authority, id: string, field: string | undefined): Role {
  const role = findRole(authority, id);
  if (role !== undefined) return role;
  throw new Refusal(
    'unknown-role',
    notAmong(
      `${authority.name} has no role`,
      id,
      allRoles(authority).map((each) => each.id),
      'Its roles',
    ),
    field,
  );
}

/** The role's title as people say it, of a partner's with its name; its id where the authority no longer knows it. */
export function roleTitle(authority: Authority, id: string): string {
  const title = findRole(authority, id)?.title ?? id;
  const partner = partnerOf(authority, id);
  return partner === undefined ? title : `${title}, ${partner.name}`;
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
