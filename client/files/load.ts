import { chosenConstitution } from './chosen-constitution.ts';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { canonical } from '../../domain/canonical.ts';
import { type CivilDate, formatDate, isCivilDate } from '../../domain/calendar/civil-date.ts';
import { localDate, todayInWords } from '../../domain/calendar/london.ts';
import { authorityCalendar } from '../../domain/calendar/authority-calendar.ts';
import { type Authority, authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { type Inspection, inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { nearestHint } from '../../domain/nearest.ts';
import { listAt, textAt } from '../../domain/schemas/part.ts';
import { BadRequest } from '../bad-request.ts';
import {
  checkAgainstCouncil,
  checkCouncil,
  type Council,
  type FrameworkOfFile,
  type InstrumentOfFile,
  isInFuture,
  dayOfRules,
} from './council-checks.ts';
import { wrongKind } from './file-kind.ts';
import { FileProblems, inOrder, onePerPlace } from './file-problems.ts';
import { historyProblems } from './history-problems.ts';
import type { LoadedInspection, LoadOptions } from './loaded-inspection.ts';
import { planProblems } from './plan-problems.ts';
import { frameworkOf } from './framework.ts';
import { loadBankHolidays } from './bank-holidays.ts';
import { listRulePacks, loadRulePack } from './rules.ts';
import { type DataPath, YamlFile } from './yaml-file.ts';

const NO_AUTHORITY = 'expected the path of an authority file, or an authority written out';

/**
 * Reads an inspection file with everything it refers to.
 *
 * @throws FileProblems with file, line and column of everything that is wrong, in it and in its authority's file, in one
 *   list; nothing is half read
 */
export function loadInspectionFile(path: string, options: LoadOptions = {}): LoadedInspection {
  const file = YamlFile.read(path);
  mustBe(file, 'inspection');
  return loaded(file, readCouncil(file, path), options);
}

/**
 * The same of a file that was read, for an authority that is known: what the file says of its authority is not looked at.
 *
 * @throws FileProblems
 */
export function loadInspection(file: YamlFile, authority: Authority, options: LoadOptions = {}): LoadedInspection {
  mustBe(file, 'inspection');
  return loaded(file, { data: authority, authority, problems: [] }, options);
}

/**
 * Reads an authority file.
 *
 * @throws FileProblems with file, line and column of everything that is wrong
 */
export function loadAuthorityFile(path: string): Authority {
  return authorityIn(YamlFile.read(path));
}

/** The same of a file that was read. @throws FileProblems */
export function authorityIn(file: YamlFile): Authority {
  mustBe(file, 'authority');
  const { authority, problems } = councilOf(file, []);
  if (authority === undefined || problems.length > 0) throw new FileProblems(problems);
  return authority;
}

function mustBe(file: YamlFile, kind: 'inspection' | 'authority'): void {
  const other = wrongKind(file, kind);
  if (other.length > 0) throw new FileProblems(other);
}

function loaded(file: YamlFile, council: Council, options: LoadOptions): LoadedInspection {
  const own = file.without('authority');
  const { data, problems } = own.check(inspectionSchema);
  const framework = frameworkAt(own, ['framework'], dayOfRules(own.data));
  const instruments = instrumentsIn(own);
  const all = inOrder([
    ...onePerPlace(problems, checkAgainstCouncil(own, council, { framework, instruments }, options)),
    ...council.problems,
  ]);
  const { authority } = council;
  if (data === undefined || authority === undefined || framework === undefined || all.length > 0)
    throw new FileProblems(all);
  const { rules, pack, workingDays } = framework;
  const inspection = withReceived(data, options);
  const complete: LoadedInspection = {
    inspection,
    authority,
    rules,
    pack,
    workingDays,
    instruments: instruments.map(({ whole: _pack, ...each }) => each),
    constitution:
      authority.constitution === undefined ? undefined : chosenConstitution(authority.constitution, inspection),
    calendar: authorityCalendar(loadBankHolidays(authority.division), authority, null),
    fileHash: hashOfContent(own.data, options.received),
  };
  const unplanned = planProblems(complete, own);
  if (unplanned.length > 0) throw new FileProblems(unplanned);
  const refused = options.now === undefined ? [] : historyProblems(complete, own, options.now);
  if (refused.length > 0) throw new FileProblems(refused);
  return complete;
}

/** Over what was written, not what a schema made of it: a later release, with more defaults, makes the same of a file. */
function hashOfContent(data: unknown, received: string | undefined): string {
  return createHash('sha256')
    .update(canonical(received === undefined ? data : { data, received }))
    .digest('hex');
}

/** The authority that an inspection file names or writes out, with what is wrong with it. */
function readCouncil(file: YamlFile, path: string): Council {
  const written = file.at(['authority']);
  if (typeof written === 'object' && written !== null) return councilOf(file, ['authority']);
  const missing = (sentence: string): Council => ({ problems: [file.problem(['authority'], sentence)] });
  if (typeof written !== 'string' || written === '') return missing(NO_AUTHORITY);
  const own = resolve(dirname(path), written);
  if (!existsSync(own))
    return missing(`${NO_AUTHORITY}; there is no file ${own}${nearestHint(basename(own), yamlFilesBeside(own))}`);
  try {
    const council = YamlFile.read(own);
    const other = wrongKind(council, 'authority');
    if (other.length > 0) return { problems: other };
    return councilOf(council, []);
  } catch (error) {
    if (error instanceof FileProblems) return { problems: error.problems };
    throw error;
  }
}

function councilOf(file: YamlFile, at: DataPath): Council {
  const { data, problems } = file.check(authoritySchema, at);
  return {
    data: file.at(at),
    ...(data === undefined ? {} : { authority: data }),
    problems: inOrder(onePerPlace(problems, checkCouncil(file, at))),
  };
}

/** The files that may have been meant by the name of one that is not there. */
function yamlFilesBeside(path: string): string[] {
  const folder = dirname(path);
  return existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/i.test(name)) : [];
}

function withReceived(inspection: Inspection, { received, now }: LoadOptions): Inspection {
  if (received === undefined) return inspection;
  if (!isCivilDate(received))
    throw new BadRequest(
      `The report can't have been received on "${received}": expected a date that exists, written YYYY-MM-DD.`,
    );
  if (received < inspection.fieldwork.until)
    throw new BadRequest(
      `The report can't have been received on ${received}, before the inspection ended on ${inspection.fieldwork.until}.`,
    );
  if (now !== undefined && isInFuture(received, localDate(now)))
    throw new BadRequest(
      `The report can't have been received on ${formatDate(received)}, in the future: ${todayInWords(now)}.`,
    );
  // The file's time of receipt belongs to the file's own date, not to this one.
  const { receivedAt, ...report } = inspection.report;
  return { ...inspection, report: { ...report, received } };
}

/** The framework that stands at a place of the file, as it was in force on a day; undefined where none is there, which is said elsewhere. */
function frameworkAt(file: YamlFile, at: DataPath, on: CivilDate | undefined): FrameworkOfFile | undefined {
  const id = file.at(at);
  if (typeof id !== 'string' || !listRulePacks().includes(id)) return undefined;
  const pack = loadRulePack(id, on);
  return { ...frameworkOf(pack), whole: pack };
}

/** What follows from each of its instruments that have a framework. */
function instrumentsIn(file: YamlFile): InstrumentOfFile[] {
  return listAt(file.data, 'instruments').flatMap((each, index) => {
    const framework = frameworkAt(file, ['instruments', index, 'framework'], dayOfRules(each));
    const instrument = textAt(each, 'id');
    return framework === undefined || instrument === undefined ? [] : [{ instrument, ...framework }];
  });
}
