import type { Payload } from '@temporalio/common';
import type { Authority } from '../../../domain/schemas/authority.ts';
import { authorityOfPayload, isEncrypted } from '../../../platform/encryption/payload-codec.ts';
import { isAny, type Person } from '../people.ts';
import { notYours } from '../problems.ts';

/**
 * Refuses payloads that somebody may not read. An authority's are for its administrators: which authority's a payload is
 * stands beside it, bound to it by the encryption. What is of no authority in particular is for those who administer
 * every one that is known here.
 *
 * @throws PageProblem 403
 */
export function mustBeReadableBy(
  person: Person,
  payloads: readonly Payload[],
  authorities: readonly Authority[],
): void {
  mustBeReader(person);
  const all = () => authorities.every(({ id }) => isAny(person, ['administrator'], id));
  for (const payload of payloads) {
    if (!isEncrypted(payload)) continue;
    const authority = authorityOfPayload(payload);
    if (authority === undefined ? !all() : !isAny(person, ['administrator'], authority))
      throw notYours('Some of this belongs to a council that you don’t administer.');
  }
}

/** Whoever reads payloads at all. @throws PageProblem 403 */
export function mustBeReader(person: Person): void {
  if (!isAny(person, ['administrator'])) throw notYours('Only administrators read what Temporal keeps.');
}
