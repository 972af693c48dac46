import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { packageRoot } from '../../platform/package-root.ts';
import { type BankHolidayFeed, calendarFromFeed } from '../../domain/calendar/holidays.ts';
import type { CalendarData, Division } from '../../domain/calendar/working-calendar.ts';
import { type Constitution, constitution } from '../../domain/schemas/constitution.ts';
import {
  type Rule,
  type RulePack,
  rulePack,
  type WorkingDayDefinition,
  workingDayDefinitions,
} from '../../domain/schemas/rule-pack.ts';
import { FileProblems } from './file-problems.ts';
import { YamlFile } from './yaml-file.ts';

const folder = (...parts: string[]): string => join(packageRoot(), 'rules', ...parts);

/** The ids of the packs there are. */
export function listRulePacks(): string[] {
  return idsIn('packs');
}

export function listConstitutions(): string[] {
  return idsIn('constitutions');
}

/** A kind's files by id, each in its newest version: `ID.yaml` holds version 1, `ID.v2.yaml` version 2. */
function newest(kind: string): Map<string, { version: number; file: string }> {
  const found = new Map<string, { version: number; file: string }>();
  for (const name of readdirSync(folder(kind))) {
    const { id, number = '1' } = /^(?<id>[a-z0-9-]+)(\.v(?<number>\d+))?\.yaml$/.exec(name)?.groups ?? {};
    if (id !== undefined && Number(number) > (found.get(id)?.version ?? 0))
      found.set(id, { version: Number(number), file: folder(kind, name) });
  }
  return found;
}

function idsIn(kind: string): string[] {
  return [...newest(kind).keys()].sort();
}

const parsed = new Map<string, { written: number; file: YamlFile; read: unknown }>();

/** A file as its schema has it; read again only where it has been written since: pages ask for all of them at once. */
function parsedOnce<T>(path: string, schema: z.ZodType<T>): { file: YamlFile; read: T } {
  const written = statSync(path).mtimeMs;
  const known = parsed.get(path);
  if (known?.written === written) return { file: known.file, read: known.read as T };
  const file = YamlFile.read(path);
  const read = file.parse(schema);
  parsed.set(path, { written, file, read });
  return { file, read };
}

/** Reads the newest version; the file must hold what it is named after. */
function readNewest<T extends { id: string; version: number }>(
  kind: string,
  id: string,
  schema: z.ZodType<T>,
): { file: YamlFile; read: T } {
  const there = newest(kind).get(id);
  if (there === undefined)
    throw new FileProblems([
      {
        file: `rules/${kind}/${id}.yaml`,
        line: 1,
        column: 1,
        path: '',
        found: 'no such file',
        expected: `expected one of ${idsIn(kind).join(', ')}`,
      },
    ]);
  const { version } = there;
  const { file, read } = parsedOnce(there.file, schema);
  if (read.id !== id) throw new FileProblems([file.problem(['id'], `expected "${id}", after which the file is named`)]);
  if (read.version !== version)
    throw new FileProblems([file.problem(['version'], `expected ${version}, after which the file is named`)]);
  return { file, read };
}

/**
 * The newest version of a pack as its file says it; its includes are not resolved.
 *
 * @throws FileProblems where there is none of this id, or its file is wrong
 */
export function loadRulePack(id: string): RulePack {
  return readNewest('packs', id, rulePack).read;
}

/**
 * A pack's rules with those of the packs it includes; its own rule stands where an included one has the same id.
 *
 * @throws FileProblems where packs include each other in a circle, or one that is not there
 */
export function resolveRules(pack: RulePack, path: string[] = []): Rule[] {
  const through = [...path, pack.id];
  const own = new Set(pack.rules.map((rule) => rule.id));
  const included = pack.include.flatMap((id, index) => {
    const refuse = (sentence: string) =>
      new FileProblems([readNewest('packs', pack.id, rulePack).file.problem(['include', index], sentence)]);
    if (through.includes(id)) throw refuse(`the packs ${[...through, id].join(' → ')} include each other in a circle`);
    if (!listRulePacks().includes(id)) throw refuse(`expected one of the rule packs: ${listRulePacks().join(', ')}`);
    return resolveRules(loadRulePack(id), through);
  });
  // Two included packs may bring the same rule: the first stands.
  const rules = new Map([...included.filter((rule) => !own.has(rule.id)).reverse()].map((rule) => [rule.id, rule]));
  return [...pack.rules, ...[...rules.values()].reverse()];
}

/**
 * The newest version of a constitution.
 *
 * @throws FileProblems where there is none of this id, or its file is wrong
 */
export function loadConstitution(id: string): Constitution {
  return readNewest('constitutions', id, constitution).read;
}

/**
 * What instruments call a working day, by id.
 *
 * @throws FileProblems where the file is wrong
 */
export function loadWorkingDays(): Record<string, WorkingDayDefinition> {
  const { definitions } = parsedOnce(folder('working-days.yaml'), workingDayDefinitions).read;
  return Object.fromEntries(definitions.map((each) => [each.id, each]));
}

const bankHolidays = new Map<Division, CalendarData>();

/** The bank holidays of a division, 2006 to 2040; those after the published years are projected. Read once. */
export function loadBankHolidays(division: Division): CalendarData {
  const known = bankHolidays.get(division) ?? readBankHolidays(division);
  bankHolidays.set(division, known);
  return known;
}

function readBankHolidays(division: Division): CalendarData {
  const read = (name: string): object => JSON.parse(readFileSync(folder('bank-holidays', name), 'utf8')) as object;
  return calendarFromFeed({ ...read('bank-holidays.json'), ...read('sources.json') } as BankHolidayFeed, division);
}
