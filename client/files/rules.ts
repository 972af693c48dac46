import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import type { CivilDate } from '../../domain/calendar/civil-date.ts';
import { packageRoot } from '../../platform/package-root.ts';
import { isProgramsFolder, ownRulesFolder } from '../../platform/own-rules.ts';
import { type ConstitutionFile, constitution } from '../../domain/schemas/constitution.ts';
import {
  type PackRule,
  type RulePack,
  rulePack,
  type WorkingDayDefinition,
  workingDayDefinitions,
} from '../../domain/schemas/rule-pack.ts';
import { FileProblems } from './file-problems.ts';
import { YamlFile } from './yaml-file.ts';

/** What comes with the program. */
const folder = (...parts: string[]): string => join(packageRoot(), 'rules', ...parts);

/** Folders of rules: the program's, then the council's own where it has one. */
function folders(): { path: string; own: boolean }[] {
  const own = ownRulesFolder();
  const program = { path: folder(), own: false };
  return own === undefined ? [program] : [program, { path: own, own: true }];
}

/** Each kind stands in a folder of its name. */
export type Kind = 'packs' | 'constitutions';

/** What is said of one that is called like one of the program's. */
export const comesWithProgram = (id: string): string =>
  `"${id}" comes with duecourse: give the council’s own another id, and the file its name`;

/** One version of a pack or a constitution, in a file named after it. */
interface Version {
  version: number;
  file: string;
  /** It is the council's own. */
  own: boolean;
}

/** Whether a file, in a folder of rules that is not the program's, is called like one that comes with it: then it is used nowhere. */
export function shadowsProgram(kind: Kind, id: string, path: string): boolean {
  if (isProgramsFolder(dirname(dirname(resolve(path))))) return false;
  return (
    versionsOf(kind)
      .get(id)
      ?.some(({ own }) => !own) === true
  );
}

/** The ids of the packs there are. */
export function listRulePacks(): string[] {
  return idsIn('packs');
}

export function listConstitutions(): string[] {
  return idsIn('constitutions');
}

/** Is it the council's own, rather than one that comes with the program? */
export function isOwn(kind: Kind, id: string): boolean {
  return versionsOf(kind).get(id)?.[0]?.own === true;
}

/** A kind's files by id, each with its versions, newest first: `ID.yaml` holds version 1, `ID.v2.yaml` version 2. */
function versionsOf(kind: Kind): Map<string, Version[]> {
  const found = new Map<string, Version[]>();
  for (const { path, own } of folders())
    for (const name of namesIn(join(path, kind))) {
      const { id, number = '1' } = /^(?<id>[a-z0-9-]+)(\.v(?<number>[2-9]|[1-9]\d+))?\.yaml$/.exec(name)?.groups ?? {};
      if (id === undefined) continue;
      const file = join(path, kind, name);
      const known = found.get(id) ?? [];
      found.set(
        id,
        [...known, { version: Number(number), file, own }].sort((a, b) => b.version - a.version),
      );
    }
  return found;
}

const namesIn = (path: string): string[] => (existsSync(path) ? readdirSync(path) : []);

function idsIn(kind: Kind): string[] {
  return [...versionsOf(kind).keys()].sort();
}

const parsed = new Map<string, { written: number; file: YamlFile; read: unknown }>();

/** A file as its schema has it; read again only where it has been written since: pages ask for all of them at once. */
function parsedOnce<T>(path: string, schema: z.ZodType<T>): { file: YamlFile; read: T } {
  const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const known = parsed.get(path);
  if (known?.written === written) return { file: known.file, read: known.read as T };
  const file = YamlFile.read(path);
  const read = file.parse(schema);
  parsed.set(path, { written, file, read });
  return { file, read };
}

/** One version as it was read: where from, with the places in it, and what it says. */
interface Read<T> {
  path: string;
  file: YamlFile;
  read: T;
}

/** Every version of what is there, newest first; each file must hold what it is named after. */
function readVersions<T extends InForce>(kind: Kind, id: string, schema: z.ZodType<T>): Read<T>[] {
  const there = versionsOf(kind).get(id);
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
  mustNotShadow(id, there);
  const versions = there.map(({ version, file: path }) => {
    const { file, read } = parsedOnce(path, schema);
    if (read.id !== id)
      throw new FileProblems([file.problem(['id'], `expected "${id}", after which the file is named`)]);
    if (read.version !== version)
      throw new FileProblems([file.problem(['version'], `expected ${version}, after which the file is named`)]);
    return { path, file, read };
  });
  mustNotOverlap(versions);
  return versions;
}

/** A council's own may not be called like one that comes with the program: nobody could tell which counts. */
function mustNotShadow(id: string, versions: readonly Version[]): void {
  const own = versions.find((each) => each.own);
  if (own !== undefined && versions.some((each) => !each.own))
    throw new FileProblems([YamlFile.read(own.file).problem(['id'], comesWithProgram(id))]);
}

/** Of one day there is one version: nobody could tell which counts. */
function mustNotOverlap(versions: readonly Read<InForce>[]): void {
  versions.forEach(({ file, read }, index) => {
    const other = versions.slice(index + 1).find(({ read: { valid } }) => overlap(valid, read.valid));
    if (other !== undefined)
      throw new FileProblems([
        file.problem(
          ['valid'],
          `versions ${other.read.version} and ${read.version} of "${read.id}" are in force on the same days: end the older one (\`valid.until\`) before the newer begins`,
        ),
      ]);
  });
}

const overlap = (one: InForce['valid'], other: InForce['valid']): boolean =>
  one.from <= (other.until ?? '9999-12-31') && other.from <= (one.until ?? '9999-12-31');

/**
 * A pack as its file says it; its includes are not resolved. The newest version that was in force on a day; the newest of all where
 * none was, or no day is named.
 *
 * @throws FileProblems where there is none of this id, or a file of it is wrong
 */
export function loadRulePack(id: string, on?: CivilDate): RulePack {
  return inForce(readVersions('packs', id, rulePack), on);
}

/**
 * A pack by its id, in its newest version, or in the one named: 'ilacs-2018.v1'.
 *
 * @throws FileProblems as {@link loadRulePack}
 */
export function packNamed(name: string): RulePack {
  const { id = name, version } = /^(?<id>[a-z0-9-]+)\.v(?<version>\d+)$/.exec(name)?.groups ?? {};
  const found =
    version === undefined ? undefined : versionsOfPack(id).find(({ read }) => read.version === Number(version));
  return found?.read ?? loadRulePack(version === undefined ? id : name);
}

/** Every version of a pack with its file, newest first. @throws FileProblems as {@link loadRulePack} */
export const versionsOfPack = (id: string): Read<RulePack>[] => readVersions('packs', id, rulePack);

/** The same of a constitution. */
export const versionsOfConstitution = (id: string): Read<ConstitutionFile>[] =>
  readVersions('constitutions', id, constitution);

interface InForce {
  id: string;
  version: number;
  valid: { from: CivilDate; until?: CivilDate | undefined };
}

function inForce<T extends InForce>(versions: readonly { read: T }[], on: CivilDate | undefined): T {
  const then = versions.find(
    ({ read: { valid } }) => on !== undefined && on >= valid.from && (valid.until === undefined || on <= valid.until),
  );
  const [newest] = versions;
  if (newest === undefined) throw new Error('a pack or constitution without a version');
  return (then ?? newest).read;
}

/**
 * A pack's rules with those of the packs it includes; its own rule stands where an included one has the same id.
 *
 * @throws FileProblems where packs include each other in a circle, or one that is not there
 */
export function resolveRules(pack: RulePack, path: string[] = []): PackRule[] {
  const through = [...path, pack.id];
  const own = new Set(pack.rules.map((rule) => rule.id));
  const included = pack.include.flatMap((id, index) => {
    const refuse = (sentence: string) =>
      new FileProblems(
        readVersions('packs', pack.id, rulePack).flatMap(({ file, read }) =>
          read.version === pack.version ? [file.problem(['include', index], sentence)] : [],
        ),
      );
    if (through.includes(id)) throw refuse(`the packs ${[...through, id].join(' → ')} include each other in a circle`);
    if (!listRulePacks().includes(id)) throw refuse(`expected one of the rule packs: ${listRulePacks().join(', ')}`);
    return resolveRules(loadRulePack(id), through);
  });
  // Two included packs may bring the same rule: the first stands.
  const rules = new Map([...included.filter((rule) => !own.has(rule.id)).reverse()].map((rule) => [rule.id, rule]));
  return [...pack.rules, ...[...rules.values()].reverse()];
}

/**
 * A constitution: the newest version that was in force on a day; the newest of all where none was, or no day is named.
 *
 * @throws FileProblems where there is none of this id, or a file of it is wrong
 */
export function loadConstitution(id: string, on?: CivilDate): ConstitutionFile {
  return inForce(readVersions('constitutions', id, constitution), on);
}

/** What a constitution is called; its id where its file is wrong, or there no more: a council's own may be taken away. */
export function constitutionTitle(id: string): string {
  try {
    return loadConstitution(id).title;
  } catch (error) {
    if (error instanceof FileProblems) return id;
    throw error;
  }
}

/** The file of working-day definitions in a folder of rules. */
const WORKING_DAYS = 'working-days.yaml';

/**
 * What instruments call a working day, by id.
 *
 * @throws FileProblems where a file is wrong, or a council's own is called like one that comes with the program
 */
export function loadWorkingDays(): Record<string, WorkingDayDefinition> {
  const known: Record<string, WorkingDayDefinition> = {};
  for (const { path, own } of folders()) {
    const name = join(path, WORKING_DAYS);
    if (own && !existsSync(name)) continue;
    const { file, read } = parsedOnce(name, workingDayDefinitions);
    read.definitions.forEach((each, index) => {
      if (known[each.id] !== undefined)
        throw new FileProblems([
          file.problem(
            ['definitions', index, 'id'],
            `"${each.id}" comes with duecourse: give the council’s own another id`,
          ),
        ]);
      known[each.id] = each;
    });
  }
  return known;
}
