import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../activities/package-root.ts';
import { type BankHolidayFeed, calendarFromFeed } from '../../domain/calendar/holidays.ts';
import type { CalendarData, Division } from '../../domain/calendar/working-calendar.ts';
import { type Constitution, constitution } from '../../domain/schemas/constitution.ts';
import { type Rule, type RulePack, rulePack } from '../../domain/schemas/rule-pack.ts';
import { YamlFile } from './yaml-file.ts';

const folder = (...parts: string[]): string => join(packageRoot(), 'rules', ...parts);

/** The ids of the packs there are. */
export function listRulePacks(): string[] {
  return idsIn('packs');
}

export function listConstitutions(): string[] {
  return idsIn('constitutions');
}

function idsIn(kind: string): string[] {
  return readdirSync(folder(kind))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** One pack as its file says it; its includes are not resolved. */
export function loadRulePack(id: string): RulePack {
  return YamlFile.read(folder('packs', `${id}.yaml`)).parse(rulePack);
}

/** A pack's rules with those of the packs it includes; its own rule stands where an included one has the same id. */
export function resolveRules(pack: RulePack, path: string[] = []): Rule[] {
  if (path.includes(pack.id)) throw new Error(`the packs ${[...path, pack.id].join(' → ')} include each other in a circle`);
  const own = new Set(pack.rules.map((rule) => rule.id));
  const included = pack.include.flatMap((id) => resolveRules(loadRulePack(id), [...path, pack.id]));
  return [...pack.rules, ...included.filter((rule) => !own.has(rule.id))];
}

export function loadConstitution(id: string): Constitution {
  return YamlFile.read(folder('constitutions', `${id}.yaml`)).parse(constitution);
}

/** The bank holidays of a division, 2006 to 2040; those after the published years are projected. */
export function loadBankHolidays(division: Division): CalendarData {
  const read = (name: string): object => JSON.parse(readFileSync(folder('bank-holidays', name), 'utf8')) as object;
  return calendarFromFeed({ ...read('bank-holidays.json'), ...read('sources.json') } as BankHolidayFeed, division);
}
