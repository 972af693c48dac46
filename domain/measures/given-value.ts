/** A value of a measure as somebody gives it. */
export interface GivenValue {
  measure: string;
  value: number;
}
