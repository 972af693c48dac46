import { rolesHeldBy } from '../authority/held-by.ts';
import type { Authority } from '../schemas/authority.ts';
import { isPermitted, OWNER_AND_ABOVE } from './may.ts';

/**
 * May whoever reads a role's mail in place of its holder act on what that role owns? Standing in gives no right to it: their own
 * roles do, or don't.
 *
 * @param email the stand-in's address
 */
export const standInMayAct = (authority: Authority, email: string, owner: string): boolean =>
  rolesHeldBy(authority, email).some((role) =>
    isPermitted(OWNER_AND_ABOVE, { id: email, role }, { authority }, { owner }),
  );
