import type { Authority, Role } from '../schemas/authority.ts';
import type { Partner } from '../schemas/partner.ts';

/** The partner whose role this is; undefined for the council's own, and for one that is not there. */
export function partnerOf({ partners = [] }: Pick<Authority, 'partners'>, role: string): Partner | undefined {
  return partners.find(({ roles }) => roles.some(({ id }) => id === role));
}

/** Every role that may own a duty: the council's own, then the partners'. */
export function allRoles({ roles, partners = [] }: Authority): readonly Role[] {
  return [...roles, ...partners.flatMap((each) => each.roles)];
}

/**
 * Who answers in the council for a role: the role itself; for a partner's the council's lead for that partner.
 */
export function councilRoleFor(authority: Authority, role: string): string {
  return partnerOf(authority, role)?.lead ?? role;
}
