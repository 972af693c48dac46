import { provedPack } from './proved.ts';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import type { Framework } from '../../domain/facts/framework.ts';
import { nearestHint } from '../../domain/nearest.ts';
import type { Rule, RulePack, WorkingDayDefinition } from '../../domain/schemas/rule-pack.ts';
import { BadRequest } from '../bad-request.ts';
import { listRulePacks, loadRulePack, loadWorkingDays, resolveRules } from './rules.ts';

/** A framework as a lifecycle carries it: its rules with those of the packs it includes, and what they count by. */
export interface LoadedFramework extends Framework {
  workingDays: Record<string, WorkingDayDefinition>;
}

/** What a rule pack brings. @throws FileProblems where it, or one that it includes, can't be used */
export function frameworkOf(pack: RulePack): LoadedFramework {
  provedPack(pack);
  // What proves a rule stays with its pack: clocks don't carry it about.
  const rules = resolveRules(pack).map(({ examples: _proof, ...rule }): Rule => rule);
  return {
    rules,
    pack: {
      id: pack.id,
      version: pack.version,
      ...(pack.divisions === undefined ? {} : { divisions: pack.divisions }),
    },
    workingDays: definitionsOf(rules),
  };
}

/** The same by the name of its pack. @throws BadRequest where there is none of this name */
export function loadFramework(id: string, on?: CivilDate): LoadedFramework {
  const known = listRulePacks();
  if (!known.includes(id))
    throw new BadRequest(`There is no rule pack "${id}"${nearestHint(id, known) || '.'} See: duecourse rules list`);
  return frameworkOf(loadRulePack(id, on));
}

/** The definitions that the rules name. */
function definitionsOf(rules: Rule[]): Record<string, WorkingDayDefinition> {
  const all = loadWorkingDays();
  const named = new Set(rules.flatMap((rule) => (rule.workingDays === undefined ? [] : [rule.workingDays])));
  return Object.fromEntries(Object.entries(all).filter(([id]) => named.has(id)));
}
