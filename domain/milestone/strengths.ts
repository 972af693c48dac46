import { namesOf } from '../closed-table.ts';
import type { Milestone } from './milestone.ts';

type Strength = Milestone['strength'];

/** Where a date comes from, in words; and whether it stands whatever the council does: nobody there may put it off. */
export const STRENGTHS: Record<Strength, { words: string; fixed: boolean }> = {
  statutory: { words: 'set by law', fixed: true },
  imposed: { words: 'set by somebody outside the council', fixed: true },
  guidance: { words: 'set by guidance', fixed: false },
  constitution: { words: 'set by the council’s constitution', fixed: false },
  commitment: { words: 'the council’s own promise', fixed: false },
};

/** A hold does not move its date, nor does anybody in the council: the law or somebody outside has set it. */
export const isFixed = ({ strength }: { strength: Strength }): boolean => STRENGTHS[strength].fixed;

/** Those that stand, by name. */
export const FIXED_STRENGTHS: readonly Strength[] = namesOf(STRENGTHS).filter((name) => STRENGTHS[name].fixed);
