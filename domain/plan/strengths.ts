import type { Rule } from '../schemas/rule-pack.ts';

export type Strength = Rule['strength'];

/** Who has set a date, as people read it. */
export const STRENGTHS: Record<Strength, string> = {
  statutory: 'set by law',
  guidance: 'set by guidance',
  constitution: 'set by the council’s constitution',
  commitment: 'the council’s own promise',
};
