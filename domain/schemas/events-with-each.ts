/**
 * Events that come with a decision or a question of their own, again with each: until there is one, nothing is amiss. They stand
 * alone, for a workflow reads no schema.
 */
export const EVENTS_WITH_EACH = [
  'decision-taken',
  'decision-published',
  'call-in-received',
  'referred-back',
  'referred-to-council',
  'question-asked',
] as const;
