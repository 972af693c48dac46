/** Which way a measure is to go. */
export const DIRECTIONS = {
  up: 'more is better',
  down: 'less is better',
  steady: 'it is to stay at the target',
} as const;

export type Direction = keyof typeof DIRECTIONS;
