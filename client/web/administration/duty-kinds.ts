import type { Ladder } from '../../../domain/schemas/rule-pack.ts';
import { listRulePacks, loadRulePack } from '../../files/rules.ts';

/** A kind of duty whose reminders are not the usual ones. */
export interface DutyKind {
  /** Its rule pack and its rule. */
  value: string;
  text: string;
  ladder: Ladder;
}

/** The rules that have reminders of their own. */
export function dutyKinds(): DutyKind[] {
  return listRulePacks().flatMap((id) => {
    const { title, rules } = loadRulePack(id);
    return rules.flatMap((rule): DutyKind[] =>
      rule.ladder === undefined
        ? []
        : [{ value: `${id}/${rule.id}`, text: `${rule.title} (${title})`, ladder: rule.ladder }],
    );
  });
}
