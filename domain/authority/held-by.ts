import type { Authority } from '../schemas/authority.ts';
import { allRoles } from './partners.ts';
import { roleTitle } from './roles.ts';

/** The roles that an address holds, the council's and partners'. */
export const rolesHeldBy = (authority: Authority, email: string): string[] =>
  allRoles(authority)
    .filter((role) => role.email?.toLowerCase() === email.toLowerCase())
    .map(({ id }) => id);

/** Somebody as people know them: by the roles that they hold. */
export const heldBy = (authority: Authority, email: string): string =>
  rolesHeldBy(authority, email)
    .map((id) => roleTitle(authority, id))
    .join(' and ');
