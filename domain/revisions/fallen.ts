import { changesOf, type PlanChange } from './changes.ts';
import type { Edit } from './edits.ts';
import { itemsById, type PlanPart } from './plan-items.ts';
import type { Rebased } from './rebased.ts';
import { sameValue } from './same-value.ts';

/** The changes of a draft that fall away on the plan as it is now, by why they do. */
export interface Fallen {
  /** They are about something that others have withdrawn. */
  withdrawn: PlanChange[];
  /** Others have made the same change: the plan says it already. */
  there: PlanChange[];
}

/**
 * What of a draft is not carried over to the plan as it is now, line by line. What both have changed in their own way is no
 * part of it: of that somebody says which is to hold.
 */
export function fallenOf(
  edits: readonly Edit[],
  { base, present }: { base: PlanPart; present: PlanPart },
  { lost }: Pick<Rebased, 'lost'>,
): Fallen {
  const changes = changesOf(base, edits);
  const isLost = ({ what, id }: PlanChange): boolean => lost.some((each) => each.what === what && each.id === id);
  return {
    withdrawn: changes.filter(isLost),
    there: changes.filter((change) => !isLost(change) && isThere(change, edits, present)),
  };
}

function isThere(change: PlanChange, edits: readonly Edit[], present: PlanPart): boolean {
  const { kind, what, id } = change;
  const now = itemsById(present, what).get(id);
  if (kind === 'withdraw' || now === undefined) return kind === 'withdraw' && now === undefined;
  if (kind === 'change') return sameValue({ ...now }[change.field as never], change.to);
  return edits.some((edit) => edit.kind === 'put' && edit.what === what && sameValue(edit.item, now));
}
