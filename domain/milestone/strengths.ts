import type { Milestone } from './milestone.ts';

/** Where a date comes from, in words. */
export const STRENGTHS: Record<Milestone['strength'], { words: string }> = {
  statutory: { words: 'set by law' },
  guidance: { words: 'set by guidance' },
  constitution: { words: 'set by the council’s constitution' },
  commitment: { words: 'the council’s own promise' },
};
