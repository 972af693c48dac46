const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long is waited after each try that failed; after the last of them there is one more try: three days in all. */
export const WAITS_MS: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  20 * HOUR_MS,
];

/**
 * How long is waited before the next try.
 *
 * @param tries how often it has been tried by now
 * @returns undefined where it is given up
 */
export const waitAfter = (tries: number): number | undefined => WAITS_MS[tries - 1];

/** So many tries that failed one after the other, and the address rests: the others wait meanwhile, uncounted. */
export const RESTS_AFTER = 5;
/** How long an address rests, at most. */
export const MAX_REST_MS = 30 * MINUTE_MS;
