import type { CivilDate } from '../calendar/civil-date.ts';

/** A value of a measure as a lifecycle keeps it. */
export interface KeptValue {
  value: number;
  /** The day for which it stands. */
  on: CivilDate;
  /** The role that gave it; absent where a file did not say. */
  by?: string;
  source?: string;
}

/** The newest value of a measure. */
export interface NewestValue extends KeptValue {
  /** How many values there have been. */
  values: number;
}

/** All that a lifecycle keeps of a measure's values: the newest, and some before it, should that be taken back. */
export interface KeptValues extends NewestValue {
  /** In the order of their days; the register has all of them. Absent where there is none. */
  earlier?: KeptValue[];
}
