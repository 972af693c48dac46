import type { Facts } from '../facts/facts.ts';
import type { Withdrawn } from '../schemas/plan.ts';
import { titlesIn } from './values.ts';

/** What stands in the place of something that was withdrawn, as a sentence after another; '' where nothing does. */
export function inPlaceOf(gone: Withdrawn | undefined, facts: Facts): string {
  if (gone?.replacedBy === undefined) return '';
  return ` In its place: ${titlesIn({ facts, plans: [facts.inspection] }, gone.what, gone.replacedBy)}.`;
}
