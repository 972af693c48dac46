import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { canonical } from '../../register/chain.ts';
import { isCivilDate } from '../../domain/calendar/civil-date.ts';
import { type CalendarData, withClosureDays } from '../../domain/calendar/working-calendar.ts';
import { type Authority, authority as authoritySchema } from '../../domain/schemas/authority.ts';
import type { Constitution } from '../../domain/schemas/constitution.ts';
import { type Inspection, inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import type { Rule, RulePack, WorkingDayDefinition } from '../../domain/schemas/rule-pack.ts';
import { nearest } from '../../domain/nearest.ts';
import { BadRequest } from '../bad-request.ts';
import { type FileProblem, FileProblems } from './file-problems.ts';
import {
  listConstitutions,
  listRulePacks,
  loadBankHolidays,
  loadConstitution,
  loadRulePack,
  loadWorkingDays,
  resolveRules,
} from './rules.ts';
import { type DataPath, YamlFile } from './yaml-file.ts';

export interface LoadedInspection {
  inspection: Inspection;
  authority: Authority;
  rules: Rule[];
  pack: { id: string; version: number };
  /** The definitions of a working day that the rules name. */
  workingDays: Record<string, WorkingDayDefinition>;
  constitution: Constitution | undefined;
  calendar: CalendarData;
  /** Of what the file says, its authority left out: however it is laid out, the same content has the same. SHA-256, hexadecimal. */
  fileHash: string;
}

/** The schema of the whole file: the inspection, and its authority by a path relative to the file, or written out. */
export const inspectionFile = inspectionSchema.safeExtend({ authority: z.union([z.string().min(1), authoritySchema]) });

const NO_AUTHORITY = 'expected the path of an authority file, or an authority written out';

/**
 * Reads an inspection file with everything it refers to.
 *
 * @throws FileProblems with file, line and column of everything that is wrong; nothing is half read
 */
export function loadInspectionFile(path: string, options: { received?: string } = {}): LoadedInspection {
  const file = YamlFile.read(path);
  let authority: Authority;
  try {
    authority = loadAuthority(file, path);
  } catch (error) {
    throw error instanceof FileProblems ? new FileProblems([...error.problems, ...wrongBeside(file)]) : error;
  }
  return loadInspection(file, authority, options);
}

/** What is wrong with the inspection itself, where its authority can't be used: all is said at once. */
function wrongBeside(file: YamlFile): FileProblem[] {
  try {
    file.without('authority').parse(inspectionSchema);
    return [];
  } catch (error) {
    if (error instanceof FileProblems) return error.problems;
    throw error;
  }
}

/**
 * The same of a file that was read, for an authority that is known: what the file says of its authority is not looked at.
 *
 * @throws FileProblems
 */
export function loadInspection(
  file: YamlFile,
  authority: Authority,
  options: { received?: string } = {},
): LoadedInspection {
  const own = file.without('authority');
  const inspection = withReceived(own.parse(inspectionSchema), options.received);
  const pack = loadPack(file, inspection);
  const rules = resolveRules(pack);
  const workingDays = definitionsOf(rules);
  const problems = [
    ...checkRoles(file, inspection, authority),
    ...checkBodies(file, inspection, authority),
    ...checkCommitments(file, inspection, rules),
    ...checkYears(file, inspection, pack),
    ...checkDivision(file, rules, workingDays, authority),
  ];
  if (problems.length > 0) throw new FileProblems(problems);
  return {
    inspection,
    authority,
    rules,
    pack: { id: pack.id, version: pack.version },
    workingDays,
    constitution: authority.constitution === undefined ? undefined : loadConstitution(authority.constitution),
    calendar: withClosureDays(loadBankHolidays(authority.division), authority.closureDays),
    fileHash: hashOfContent(own.data, options.received),
  };
}

/** Over what was written, not what a schema made of it: a later release, with more defaults, makes the same of a file. */
function hashOfContent(data: unknown, received: string | undefined): string {
  return createHash('sha256')
    .update(canonical(received === undefined ? data : { data, received }))
    .digest('hex');
}

/**
 * Reads an authority file.
 *
 * @throws FileProblems with file, line and column of everything that is wrong
 */
export function loadAuthorityFile(path: string): Authority {
  const file = YamlFile.read(path);
  return checkAuthority(file, file.parse(authoritySchema), []);
}

function loadAuthority(file: YamlFile, path: string): Authority {
  const written =
    typeof file.data === 'object' && file.data !== null && 'authority' in file.data ? file.data.authority : undefined;
  if (typeof written === 'object' && written !== null)
    return checkAuthority(file, file.parse(authoritySchema, ['authority']), ['authority']);
  if (typeof written !== 'string') throw new FileProblems([file.problem(['authority'], NO_AUTHORITY)]);
  const own = resolve(dirname(path), written);
  if (!existsSync(own))
    throw new FileProblems([file.problem(['authority'], `${NO_AUTHORITY}; there is no file ${own}`)]);
  return loadAuthorityFile(own);
}

/** Its constitution must be there, and its closure days lie within the years that are known. */
function checkAuthority(file: YamlFile, authority: Authority, at: DataPath): Authority {
  const { from, until } = loadBankHolidays(authority.division);
  const outside = authority.closureDays.flatMap(({ date }, index) =>
    date >= from && date <= until
      ? []
      : [
          file.problem(
            [...at, 'closureDays', index, 'date'],
            `expected a date from ${from} to ${until}, for which the bank holidays are known`,
          ),
        ],
  );
  if (outside.length > 0) throw new FileProblems(outside);
  return checkConstitution(file, authority, at);
}

function checkConstitution(file: YamlFile, authority: Authority, at: DataPath): Authority {
  if (authority.constitution === undefined || listConstitutions().includes(authority.constitution)) return authority;
  throw new FileProblems([
    file.problem([...at, 'constitution'], `expected one of rules/constitutions: ${listConstitutions().join(', ')}`),
  ]);
}

function withReceived(inspection: Inspection, received: string | undefined): Inspection {
  if (received === undefined) return inspection;
  if (!isCivilDate(received))
    throw new BadRequest(
      `The report can't have been received on "${received}": expected a date that exists, written YYYY-MM-DD.`,
    );
  if (received < inspection.fieldwork.until)
    throw new BadRequest(
      `The report can't have been received on ${received}, before the inspection ended on ${inspection.fieldwork.until}.`,
    );
  // The file's time of receipt belongs to the file's own date, not to this one.
  const { receivedAt, ...report } = inspection.report;
  return { ...inspection, report: { ...report, received } };
}

function loadPack(file: YamlFile, inspection: Inspection): RulePack {
  if (listRulePacks().includes(inspection.framework)) return loadRulePack(inspection.framework);
  throw new FileProblems([
    file.problem(['framework'], `expected one of the rule packs: ${listRulePacks().join(', ')}`),
  ]);
}

/** Every role the file names must be one of its authority's. */
function checkRoles(file: YamlFile, inspection: Inspection, authority: Authority): FileProblem[] {
  const named: [DataPath, string | undefined][] = [
    ...Object.entries(inspection.owners).map(([strand, role]): [DataPath, string | undefined] => [
      ['owners', strand],
      role,
    ]),
    ...inspection.themes.map((each, index): [DataPath, string | undefined] => [
      ['themes', index, 'officer'],
      each.officer,
    ]),
    ...inspection.actions.map((each, index): [DataPath, string | undefined] => [
      ['actions', index, 'owner'],
      each.owner,
    ]),
    ...inspection.commitments.map((each, index): [DataPath, string | undefined] => [
      ['commitments', index, 'owner'],
      each.owner,
    ]),
    ...inspection.happened.flatMap((each, index): [DataPath, string | undefined][] => [
      [['happened', index, 'by'], each.by],
      [['happened', index, 'owner'], each.owner],
    ]),
  ];
  return notAmong(
    file,
    named,
    authority.roles.map((role) => role.id),
    `a role of ${authority.name}`,
  );
}

function checkBodies(file: YamlFile, inspection: Inspection, authority: Authority): FileProblem[] {
  const named: [DataPath, string | undefined][] = [
    ...inspection.commitments.map((each, index): [DataPath, string | undefined] => [
      ['commitments', index, 'body'],
      each.body,
    ]),
    ...inspection.decisions.map((each, index): [DataPath, string | undefined] => [
      ['decisions', index, 'body'],
      each.body,
    ]),
    ...(inspection.approvals ?? []).map((each, index): [DataPath, string] => [['approvals', index, 'body'], each.body]),
  ];
  return notAmong(
    file,
    named,
    authority.bodies.map((body) => body.id),
    `a body of ${authority.name}`,
  );
}

/** The definitions that the rules name. */
function definitionsOf(rules: Rule[]): Record<string, WorkingDayDefinition> {
  const all = loadWorkingDays();
  const named = new Set(rules.flatMap((rule) => (rule.workingDays === undefined ? [] : [rule.workingDays])));
  return Object.fromEntries(Object.entries(all).filter(([id]) => named.has(id)));
}

/** A framework must be in force on the day the report came: another one's clocks would be started. */
function checkYears(file: YamlFile, inspection: Inspection, { title, valid }: RulePack): FileProblem[] {
  const { from, until } = inspection.fieldwork;
  if (until >= valid.from && (valid.until === undefined || from <= valid.until)) return [];
  const years = `${valid.from}${valid.until === undefined ? ' on' : ` to ${valid.until}`}`;
  return [
    file.problem(
      ['framework'],
      `expected a framework that was in force from ${from} to ${until}; "${title}" is from ${years}`,
    ),
  ];
}

/** A rule that counts by one division's bank holidays can't be followed by a council in another. */
function checkDivision(
  file: YamlFile,
  rules: Rule[],
  definitions: Record<string, WorkingDayDefinition>,
  authority: Authority,
): FileProblem[] {
  const other = rules.find((rule) => {
    const division = rule.workingDays === undefined ? undefined : definitions[rule.workingDays]?.division;
    return division !== undefined && division !== authority.division;
  });
  if (other === undefined) return [];
  return [
    file.problem(
      ['framework'],
      `expected a framework for ${authority.division}; its rule "${other.id}" counts by the bank holidays of ${definitions[other.workingDays ?? '']?.division ?? ''}`,
    ),
  ];
}

function checkCommitments(file: YamlFile, inspection: Inspection, rules: Rule[]): FileProblem[] {
  const named = [
    ...inspection.commitments.map((each, index): [DataPath, string | undefined] => [
      ['commitments', index, 'rule'],
      each.rule,
    ]),
    ...(inspection.approvals ?? []).map((each, index): [DataPath, string] => [['approvals', index, 'rule'], each.rule]),
  ];
  return notAmong(
    file,
    named,
    rules.map((rule) => rule.id),
    `a rule of ${inspection.framework}`,
  );
}

function notAmong(
  file: YamlFile,
  named: [DataPath, string | undefined][],
  known: string[],
  what: string,
): FileProblem[] {
  return named.flatMap(([path, id]) => {
    if (id === undefined || known.includes(id)) return [];
    const close = nearest(id, known);
    const hint = close === undefined ? '' : `; did you mean "${close}"?`;
    return [file.problem(path, `expected ${what}: ${known.length === 0 ? 'it has none' : known.join(', ')}${hint}`)];
  });
}
