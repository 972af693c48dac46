import type { Happenings } from '../facts/facts.ts';
import type { Rule } from '../schemas/rule-pack.ts';

/** Is there a judgement of the grade on which a rule depends, of the area, or one of the areas, that it names? */
export function isJudgedSo({ judgements = [] }: Happenings, { area, grade }: NonNullable<Rule['onlyWhere']>): boolean {
  const areas = area === undefined ? undefined : [area].flat();
  return judgements.some(
    (each) => isSame(each.grade, grade) && (areas === undefined || areas.some((one) => isSame(each.area, one))),
  );
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
