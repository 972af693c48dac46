import { addDays } from '../../domain/calendar/civil-date.ts';
import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { trimCalendar } from '../../domain/calendar/working-calendar.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { triggerOf } from '../../domain/facts/facts.ts';
import { type LoadedInspection, loadInspectionFile } from './load.ts';

/** Holidays are carried from this many days before the inspection on: enough to count back from its first dates. */
const DAYS_BEFORE = 400;

/**
 * Reads an inspection file with its authority, rules, constitution and calendar, and resolves them into what a
 * lifecycle starts from. Nothing is started.
 *
 * @throws FileProblems with file, line and column of everything that is wrong
 */
export function loadStart(file: string, options: { received?: string } = {}): Omit<LifecycleStart, 'startedBy'> {
  return startOf(loadInspectionFile(file, options));
}

/** What a lifecycle starts from, resolved. */
export function startOf(loaded: LoadedInspection): Omit<LifecycleStart, 'startedBy'> {
  const { inspection, authority, rules, pack, workingDays, fileHash } = loaded;
  const first = triggerOf(inspection, 'fieldwork-ended')?.date ?? inspection.fieldwork.from;
  const earliest = inspection.decisions.reduce((date, each) => (each.takenOn < date ? each.takenOn : date), first);
  const from = addDays(earliest, -DAYS_BEFORE);
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
    },
    calendar: keepCalendar(calendar),
    fileHash,
  };
}
