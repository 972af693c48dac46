/** Why a fact that a rule waits for is not asked for any more. It stands alone, for a workflow reads no schema. */
export type RulingOut = 'none' | 'unknown';

/** More of one inspection are a slip. */
export const MAX_RULED_OUT = 100;

/** What is answered on a form, and how it is said of the fact. */
export const RULED_OUT: Record<RulingOut, { answer: string; words: string }> = {
  none: { answer: 'There was none', words: 'there was none' },
  unknown: { answer: 'It is not known', words: 'it is not known' },
};
