import type { CivilDate } from '../calendar/civil-date.ts';

/** What was done, and is to be asked about again: a fact, from which a duty to answer follows. */
export interface Holding {
  /** The duty that was done, by its id. */
  milestone: string;
  /** How often it had been done by then, from 1. */
  round: number;
  /** The day on which it was done. */
  on: CivilDate;
  /** So many months after that. */
  months: number;
  /** The role that is asked. */
  askedOf: string;
}

/** The id of the duty to say whether it still holds. Two hyphens: no short name of a person's has them. */
export const holdingId = ({ milestone, round, months }: Pick<Holding, 'milestone' | 'round' | 'months'>): string =>
  `${holdingsOf(milestone)}${round}-after-${months}`;

/** What the ids of all such duties about one begin with. */
export const holdingsOf = (milestone: string): string => `${milestone}--sustained-`;

/** Does it ask whether another still holds? */
export const isHolding = ({ id }: { id: string }): boolean => id.includes('--sustained-');

/** The id of the duty that such a one is about. */
export const askedAbout = ({ id }: { id: string }): string => id.slice(0, id.indexOf('--sustained-'));
