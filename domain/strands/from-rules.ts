import { milestonesFromRules } from '../plan/from-rules.ts';
import type { StrandName } from '../schemas/rule-pack.ts';
import { missed, refusesNothing, type Strand } from './strand.ts';

/** A strand whose milestones follow from its rules and the council's commitments alone. */
export function strandFromRules(name: StrandName, shown: Pick<Strand, 'title' | 'lane'>): Strand {
  return {
    name,
    ...shown,
    milestones: (facts, calendar, options) => milestonesFromRules(name, facts, calendar, options),
    refuses: refusesNothing,
    atCutOff: missed,
  };
}
