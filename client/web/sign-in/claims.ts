import { z } from 'zod';
import type { SignedIn } from '../../../register/sign-ins.ts';
import { NotLetIn } from './not-let-in.ts';

/** What an identity provider says of somebody, by the names of claims. */
export type Claims = Partial<Record<string, unknown>>;

export interface ClaimNames {
  /** The claim that holds the address by which they are known here; `email` where the operator names none. */
  emailClaim: string | undefined;
  /**
   * The claims that list roles, by commas, each value `<authority>/<role>` or a group that an authority's file gives for a role;
   * undefined where roles follow from the addresses in the authorities' files.
   */
  rolesClaim: string | undefined;
}

const EMAIL = 'email';
const VERIFIED = 'email_verified';
/** SMTP's own limit. */
const address = z.email().max(254);

/** Some providers say it in text. */
const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** Are there claims that the provider's page of information may still give? */
export function lacksClaims(claims: Claims, { emailClaim = EMAIL, rolesClaim }: ClaimNames): boolean {
  const wanted = [emailClaim, ...(emailClaim === EMAIL ? [VERIFIED] : [])];
  const listing = listsOf(rolesClaim);
  return (
    wanted.some((name) => claims[name] === undefined) ||
    (listing.length > 0 && listing.every((name) => claims[name] === undefined))
  );
}

/**
 * Who the provider says has signed in. An address counts only where the provider says that it has verified it; that of a
 * claim which the operator has named counts by that, unless the provider says that it has not verified them.
 *
 * @throws NotLetIn 403
 */
export function signedInBy(claims: Claims, { emailClaim = EMAIL, rolesClaim }: ClaimNames): SignedIn {
  const email = address.safeParse(claims[emailClaim]);
  const verified = claims[VERIFIED];
  const why = !email.success
    ? claims[emailClaim] === undefined
      ? `there is no claim ${emailClaim}`
      : `the claim ${emailClaim} is no email address`
    : isTrue(verified) || (verified === undefined && emailClaim !== EMAIL)
      ? undefined
      : `the claim ${VERIFIED} ${verified === undefined ? 'is missing' : 'is not true'}`;
  if (!email.success || why !== undefined)
    throw new NotLetIn(
      403,
      'Your council’s sign-in did not give a confirmed email address. Tell whoever runs duecourse: its log says what was missing.',
      `${why ?? ''}; the claims are ${namesOf(claims)}`,
    );
  const { name } = claims;
  return {
    email: email.data.toLowerCase(),
    name: typeof name === 'string' && name !== '' ? name : email.data,
    roles: rolesClaim === undefined ? null : listsOf(rolesClaim).flatMap((claim) => rolesIn(claims, claim)),
  };
}

const listsOf = (rolesClaim: string | undefined): string[] =>
  (rolesClaim ?? '').split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));

/**
 * What one claim lists.
 *
 * @throws NotLetIn where the provider leaves it out because it is too long, as Microsoft Entra does of more than 200 groups: to
 *   let somebody in with fewer roles than they hold would look as if something had been taken from them
 */
function rolesIn(claims: Claims, claim: string): string[] {
  const given = claims[claim];
  if (Array.isArray(given)) return given.filter((role): role is string => typeof role === 'string');
  if (!isLeftOut(claims, claim)) return [];
  throw new NotLetIn(
    403,
    'You are in more groups than your council’s sign-in tells. Tell whoever runs duecourse: app roles in place of groups have no such limit.',
    `the claim ${claim} is left out, because its list is too long (_claim_names)`,
  );
}

function isLeftOut(claims: Claims, claim: string): boolean {
  const elsewhere = claims['_claim_names'];
  return (
    (typeof elsewhere === 'object' && elsewhere !== null && Object.hasOwn(elsewhere, claim)) ||
    (claim === 'groups' && isTrue(claims['hasgroups']))
  );
}

const namesOf = (claims: Claims): string => Object.keys(claims).toSorted().join(', ');
