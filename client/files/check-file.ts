import { calendarOf } from '../../domain/lifecycle/state.ts';
import { basename, dirname, resolve } from 'node:path';
import { authorityCalendar } from '../../domain/calendar/authority-calendar.ts';
import { createCalendar } from '../../domain/calendar/working-calendar.ts';
import { preview } from '../../domain/preview/preview.ts';
import { tooLargeToBegin } from '../../domain/lifecycle/limits.ts';
import { standInsAway } from '../../domain/authority/stand-ins-away.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { authorityWarnings, fileWarnings, type Warning } from '../../domain/preview/warnings.ts';
import type { Citation } from '../../domain/schemas/common.ts';
import { signOffs } from '../../domain/schemas/sign-offs.ts';
import { bankHolidays } from '../../domain/schemas/bank-holidays.ts';
import { instrument } from '../../domain/schemas/instrument.ts';
import { workingDayDefinitions } from '../../domain/schemas/rule-pack.ts';
import { checkConstitution } from './check-constitution.ts';
import { checkPack } from './check-pack.ts';
import { FILE_KINDS, type FileKind, fileKind, kindOfFile } from './file-kind.ts';
import { type FileProblem, FileProblems, inOrder } from './file-problems.ts';
import { loadAuthorityFile, loadInspectionFile } from './load.ts';
import { startOf } from './load-start.ts';
import { loadBankHolidays } from './bank-holidays.ts';
import { comesWithProgram, type Kind, listRulePacks, shadowsProgram } from './rules.ts';
import { shownPath } from './text-file.ts';
import { YamlFile } from './yaml-file.ts';

/** What a file is, and what is wrong or odd in it. */
export interface CheckedFile {
  file: string;
  /** Null where nothing in it tells. */
  kind: FileKind | null;
  /** What it is of: an inspection's title, a council's name; empty where that could not be read. */
  title: string;
  /** The file can't be used as it is. */
  problems: FileProblem[];
  /** It can, and a person should look at these. */
  warnings: FileProblem[];
  /** Worked examples in it that came out. */
  examples: number;
}

/**
 * Checks a file of any kind, by what is in it, with everything that it refers to.
 *
 * @param now the instant of the check, UTC: what has happened can't be later
 */
export function checkFile(path: string, now: string): CheckedFile {
  const checked: CheckedFile = {
    file: shownPath(path),
    kind: null,
    title: '',
    problems: [],
    warnings: [],
    examples: 0,
  };
  try {
    const file = YamlFile.read(path);
    const kind = kindOfFile(file.data);
    if (kind === undefined) return { ...checked, problems: [file.problem([], nothingTells())] };
    checked.kind = kind;
    const { title, warnings, examples = 0 } = CHECKS[kind](file, path, now);
    return { ...checked, title, warnings: inOrder(warnings), examples };
  } catch (error) {
    if (error instanceof FileProblems) return { ...checked, problems: error.problems };
    throw error;
  }
}

function nothingTells(): string {
  const kinds = fileKind.options.map(
    (kind) => `${FILE_KINDS[kind].name} (${FILE_KINDS[kind].own.slice(0, 3).join(', ')})`,
  );
  return `expected a file of one of these kinds, known by such keys: ${kinds.join('; ')}`;
}

const inNumbers = (count: number): string => (count === 1 ? 'one sign-off' : `${count} sign-offs`);

const NO_EXAMPLE = 'it has no worked example (`examples`), so nothing proves that it counts as its source does';

type Check = (
  file: YamlFile,
  path: string,
  now: string,
) => Pick<CheckedFile, 'title' | 'warnings'> & { examples?: number };

/** Each throws FileProblems where the file can't be used. */
const CHECKS: Record<FileKind, Check> = {
  inspection: (file, path, now) => {
    const start = startOf(loadInspectionFile(path, { now }));
    const tooLarge = tooLargeToBegin(start.facts);
    if (tooLarge !== undefined) throw new FileProblems([file.problem([], tooLarge.message)]);
    const calendar = calendarOf(start);
    const placed = fileWarnings(start.facts, calendar);
    const told = new Set(placed.map((each) => each.text));
    const others = preview(start.facts, calendar).warnings.filter((text) => !told.has(text));
    return {
      title: start.facts.inspection.title,
      warnings: [
        ...placed.map((warning) => placeOf(warning, file, path)),
        ...others.map((text) => file.problem([], text)),
      ],
    };
  },
  instrument: (file) => {
    const { title, framework } = file.parse(instrument);
    if (framework !== undefined && !listRulePacks().includes(framework))
      throw new FileProblems([
        file.problem(['framework'], `expected one of the rule packs: ${listRulePacks().join(', ')}`),
      ]);
    return { title, warnings: [] };
  },
  authority: (file, path, now) => {
    const authority = loadAuthorityFile(path);
    const calendar = createCalendar(authorityCalendar(loadBankHolidays(authority.division), authority, null));
    const unheld = authority.roles.flatMap(({ title, email }, index) =>
      email === undefined
        ? [file.problem(['roles', index], `nobody holds ${title}: its mail goes to the administrator`)]
        : [],
    );
    return {
      title: authority.name,
      warnings: [
        ...[...authorityWarnings(authority, calendar), ...standInsAway(authority, localDate(now))].map(
          ({ path: at, text }) => file.problem(at, text),
        ),
        ...unheld,
      ],
    };
  },
  constitution: (file, path) => {
    const { id, version, title, citation, keyDecision, examples } = checkConstitution(file);
    return {
      title,
      examples: examples.length,
      warnings: [
        ...namedAfter(file, path, 'constitutions', 'constitution', { id, version }),
        ...(examples.length === 0 ? [file.problem([], NO_EXAMPLE)] : []),
        ...notVerified(file, ['citation'], citation),
        ...(keyDecision === undefined ? [] : notVerified(file, ['keyDecision', 'citation'], keyDecision.citation)),
      ],
    };
  },
  'rule-pack': (file, path) => {
    const { id, version, title, rules } = checkPack(file);
    return {
      title,
      examples: rules.reduce((count, rule) => count + rule.examples.length, 0),
      warnings: [
        ...namedAfter(file, path, 'packs', 'rule-pack', { id, version }),
        ...rules.flatMap((rule, index) => [
          ...(rule.examples.length === 0 ? [file.problem(['rules', index], NO_EXAMPLE)] : []),
          ...notVerified(file, ['rules', index, 'citation'], rule.citation),
          ...rule.readings.flatMap((other, at) =>
            notVerified(file, ['rules', index, 'readings', at, 'citation'], other.citation),
          ),
        ]),
      ],
    };
  },
  'working-days': (file) => {
    const { definitions } = file.parse(workingDayDefinitions);
    return {
      title: definitions.map((each) => each.title).join(', '),
      warnings: definitions.flatMap((each, index) =>
        notVerified(file, ['definitions', index, 'citation'], each.citation),
      ),
    };
  },
  'sign-offs': (file) => ({ title: inNumbers(file.parse(signOffs).signedOff.length), warnings: [] }),
  'bank-holidays': (file) => {
    const dates = Object.values(file.parse(bankHolidays)).flatMap(({ events }) => events.map(({ date }) => date));
    return {
      title: `${dates.toSorted()[0]?.slice(0, 4) ?? ''} to ${dates.toSorted().at(-1)?.slice(0, 4) ?? ''}`,
      warnings: [],
    };
  },
};

/** Where a warning stands: in the inspection's file, or in its authority's, which may be another. */
function placeOf({ of, path: at, text }: Warning, file: YamlFile, path: string): FileProblem {
  if (of === 'inspection') return file.problem(at, text);
  const written = file.at(['authority']);
  if (typeof written !== 'string') return file.problem(['authority', ...at], text);
  return YamlFile.read(resolve(dirname(path), written)).problem(at, text);
}

/** The folders in which people look for rules; each kind is found in the one of its name. */
const RULE_FOLDERS: readonly string[] = ['packs', 'constitutions', 'rules'];

/** A constitution or pack is found by its name where it stands under rules/. */
function namedAfter(
  file: YamlFile,
  path: string,
  folder: Kind,
  kind: FileKind,
  { id, version }: { id: string; version: number },
): FileProblem[] {
  const name = version === 1 ? `${id}.yaml` : `${id}.v${version}.yaml`;
  const parent = basename(dirname(resolve(path)));
  if (RULE_FOLDERS.includes(parent) && parent !== folder)
    return [file.problem([], `it is not found here: ${FILE_KINDS[kind].name} stands in ${folder}/`)];
  if (parent !== folder) return [];
  if (shadowsProgram(folder, id, path)) throw new FileProblems([file.problem(['id'], comesWithProgram(id))]);
  if (basename(path) === name) return [];
  return [
    file.problem(['id'], `the file should be named ${name}, after its id and version: it is not found otherwise`),
  ];
}

function notVerified(file: YamlFile, at: (string | number)[], { cite, confidence, note }: Citation): FileProblem[] {
  if (confidence !== 'L' && confidence !== 'U') return [];
  const said = note ?? cite;
  return [file.problem(at, /^not verified/i.test(said) ? said : `Not verified: ${said}`)];
}
