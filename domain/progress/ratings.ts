import { notAmong } from '../nearest.ts';
import { Refusal } from '../refusal.ts';
import type { Rating } from '../schemas/ratings.ts';

/** The ratings of a council whose file names none of its own. */
const USUAL_RATINGS: readonly Rating[] = [
  {
    ...{ id: 'red', name: 'Red', colour: 'red', counts: 'off-track' },
    meaning: 'The action is late, or its owner does not expect it to be done by its date.',
  },
  {
    ...{ id: 'amber', name: 'Amber', colour: 'amber', counts: 'at-risk' },
    meaning: 'There are difficulties that may keep it from being done by its date; what is done about them is said.',
  },
  {
    ...{ id: 'green', name: 'Green', colour: 'green', counts: 'on-track' },
    meaning: 'It goes on as planned, and will be done by its date.',
  },
  {
    ...{ id: 'complete', name: 'Complete', colour: 'blue', counts: 'done' },
    meaning: 'It is done, and there is evidence of it.',
  },
];

/** A council, as far as its ratings go. */
export interface Council {
  ratings?: readonly Rating[] | undefined;
}

/** By which names a council says how an action stands, in their order. */
export const ratingsOf = ({ ratings }: Council): readonly Rating[] => ratings ?? USUAL_RATINGS;

/** A rating by its id; undefined where the council has none of this name (any more). */
export function findRating(council: Council, id: string | undefined): Rating | undefined {
  return ratingsOf(council).find((each) => each.id === id);
}

/** @throws Refusal 'unknown-rating' */
export function mustBeRating(council: Council, id: string): Rating {
  const found = findRating(council, id);
  if (found !== undefined) return found;
  const ids = ratingsOf(council).map((each) => each.id);
  throw new Refusal('unknown-rating', notAmong('This council has no rating', id, ids, 'It has'), 'rating');
}

/** A scheme in sentences, as every report prints it. */
export const schemeInWords = (ratings: readonly Rating[]): string[] =>
  ratings.map(({ name, meaning }) => `${name}: ${meaning}`);
