import type { CivilDate } from '../calendar/civil-date.ts';

/** The newest value of a measure: all that a lifecycle keeps of them, the others are in the register. */
export interface NewestValue {
  value: number;
  /** The day for which it stands. */
  on: CivilDate;
  /** The role that gave it; absent where a file did not say. */
  by?: string;
  source?: string;
  /** How many values there have been. */
  values: number;
}
