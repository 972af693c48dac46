import type { CivilDate } from '../calendar/civil-date.ts';
import type { Words } from '../questions/words.ts';

/** How an action stands, by what its owner has said of it. */
export interface Standing {
  /** One of the council's ratings, by its id. */
  rating?: string;
  /** How much of it is done, in per cent. */
  percent?: number;
  /** The day by which its owner expects it to be done. */
  forecast?: CivilDate;
}

/** The newest report on an action, all that a lifecycle keeps of them; what it did not say stands as it was last said. */
export interface NewestReport extends Standing {
  /** The day of which it speaks. */
  on: CivilDate;
  /** The instant (UTC) at which it was given. */
  at: string;
  /** The role that gave it. */
  by: string;
  /** How many reports there have been. */
  reports: number;
  /** Its words, which the register has. */
  words?: Words;
}
