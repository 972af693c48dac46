import type { Inspection } from '../schemas/inspection.ts';
import { OWN_READING } from '../schemas/own-reading.ts';
import type { Reading, Rule } from '../schemas/rule-pack.ts';

type Chosen = NonNullable<Inspection['readings']>[number];

/** What an inspection has chosen for a rule of its own framework, or of an instrument's; undefined: the rule's own counts. */
export const chosenFor = (
  { readings = [] }: Pick<Inspection, 'readings'>,
  rule: string,
  instrument: string | undefined,
): Chosen | undefined => readings.find((each) => each.rule === rule && each.instrument === instrument);

/** A rule by one of its other readings: its number and source stand in the rule's place, and the rule's own among the others. */
export function readBy<R extends Pick<Rule, 'period' | 'citation' | 'readings' | 'roll'>>(rule: R, id: string): R {
  const chosen = rule.readings.find((each) => each.id === id);
  if (chosen === undefined) return rule;
  const { period, citation, roll } = rule;
  const own: Reading = { id: OWN_READING, period, citation, roll };
  return {
    ...rule,
    period: chosen.period,
    citation: chosen.citation,
    roll: chosen.roll ?? roll,
    readings: [own, ...rule.readings.filter((each) => each !== chosen)],
  };
}
