import type { Rule } from '../schemas/rule-pack.ts';
import { DEFAULT_LADDER } from './default-ladder.ts';

/** Where a duty comes from that the council has set itself. */
export const OWN_PLAN: Rule['citation'] = { cite: "The council's own improvement plan", confidence: 'U' };

/** What follows on an action, as its own plan says: that somebody accepts it, or looks at it again. */
export const followUpRule = (
  id: string,
  said: Pick<Rule, 'act' | 'roll'> & { before: number[] },
): Omit<Rule, 'title' | 'period'> => ({
  id,
  version: 1,
  strand: 'improvement-actions',
  act: said.act,
  trigger: { event: 'report-received' },
  repeats: false,
  cutOff: '24:00',
  roll: said.roll,
  strength: 'commitment',
  citation: OWN_PLAN,
  readings: [],
  nature: 'duty',
  ladder: { ...DEFAULT_LADDER, before: said.before },
});
