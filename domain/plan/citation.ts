import type { Citation, Confidence } from '../schemas/common.ts';

/** How sure a source is, as people read it; and whether anybody but the council itself stands behind it. */
export const CONFIDENCES: Record<Confidence, { words: string; verified: boolean }> = {
  H: { words: 'the primary text was read', verified: true },
  M: { words: 'a secondary source was read', verified: true },
  L: { words: 'not verified', verified: false },
  U: { words: "the council's own statement", verified: false },
};

/** A citation with how sure it is: 'SI 2007/462 reg 3 (the primary text was read)'. */
export function citationSentence({ cite, confidence }: Citation): string {
  return `${cite} (${CONFIDENCES[confidence].words})`;
}
