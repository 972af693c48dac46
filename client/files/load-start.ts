import { addDays } from '../../domain/calendar/civil-date.ts';
import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { trimCalendar } from '../../domain/calendar/working-calendar.ts';
import { calendarOf, type LifecycleStart } from '../../domain/lifecycle/state.ts';
import { plan } from '../../domain/plan/plan.ts';
import { fileWarnings, type LateAtStart, lateAtStart } from '../../domain/preview/warnings.ts';
import { type Inspection, inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { dateAt } from '../../domain/schemas/part.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { loadInspection, loadInspectionFile } from './load.ts';
import type { LoadedInspection, LoadOptions } from './loaded-inspection.ts';
import { placesOf, valuesAt } from './schema-keys.ts';
import { YamlFile } from './yaml-file.ts';

/** Holidays are carried from this many days before a file's first date on: enough to count back from it. */
const DAYS_BEFORE = 400;

/**
 * Reads an inspection file with its authority, rules, constitution and calendar, and resolves them into what a
 * lifecycle starts from. Nothing is started.
 *
 * @throws FileProblems with file, line and column of everything that is wrong
 */
export function loadStart(file: string, options: LoadOptions = {}): Omit<LifecycleStart, 'startedBy'> {
  return startOf(loadInspectionFile(file, options));
}

/** The same for a council that is known: what the file says of it is not looked at. @throws FileProblems */
export function loadStartFor(
  file: string,
  authority: Authority,
  options: LoadOptions = {},
): Omit<LifecycleStart, 'startedBy'> {
  return startOf(loadInspection(YamlFile.read(file).without('authority'), authority, options));
}

/** What a lifecycle starts from, resolved. */
export function startOf(loaded: LoadedInspection): Omit<LifecycleStart, 'startedBy'> {
  const { inspection, authority, rules, pack, workingDays, instruments, fileHash } = loaded;
  const from = addDays(earliestOf(inspection), -DAYS_BEFORE);
  const calendar = trimCalendar(
    loaded.calendar,
    from < loaded.calendar.from ? loaded.calendar.from : from,
    loaded.calendar.until,
  );
  return {
    facts: {
      inspection,
      authority,
      rules,
      pack,
      constitution: loaded.constitution ?? null,
      workingDays,
      ...(instruments.length === 0 ? {} : { instruments }),
    },
    calendar: keepCalendar(calendar),
    fileHash,
  };
}

/** What somebody should look at before starting: what is odd in the files, and what would be late already. */
export interface StartWarnings {
  odd: string[];
  late: LateAtStart | undefined;
}

/** @param today the day of the start, in London */
export function startWarnings(loaded: Omit<LifecycleStart, 'startedBy'>, today: string): StartWarnings {
  const { facts } = loaded;
  const counted = calendarOf(loaded);
  const planned = plan(facts, counted, { cycles: { until: today } });
  return {
    odd: fileWarnings(facts, counted).map((each) => each.text),
    late: lateAtStart(planned, facts, counted, today),
  };
}

/** The first date that an inspection names, whatever it is of: all that is counted lies after it, or not far before. */
function earliestOf(inspection: Inspection): string {
  const dates = placesOf(inspectionSchema).flatMap(({ path }) =>
    valuesAt(inspection, path).flatMap((found) => dateAt(inspection, ...found.path) ?? []),
  );
  return dates.reduce((first, date) => (date < first ? date : first), inspection.fieldwork.from);
}
