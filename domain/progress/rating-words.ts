/** The colours that a rating may have, each as a word: print and screen readers know no other. */
export const RATING_COLOURS = {
  red: 'red',
  amber: 'amber, between yellow and orange',
  yellow: 'yellow',
  green: 'green',
  blue: 'blue',
  purple: 'purple',
  grey: 'grey',
} as const;

export type RatingColour = keyof typeof RATING_COLOURS;

/** What a rating counts as, whatever a council calls it. */
export const COUNTS = {
  done: 'there is nothing left to do',
  'on-track': 'it will be done by its date',
  'at-risk': 'it may not be done by its date',
  'off-track': 'it is late, or will be',
} as const;

export type Counts = keyof typeof COUNTS;
