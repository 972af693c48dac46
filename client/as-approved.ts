import { authorityCalendar } from '../domain/calendar/authority-calendar.ts';
import { keepCalendar } from '../domain/calendar/kept-calendar.ts';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import { calendarDataOf, type LifecycleStart } from '../domain/lifecycle/state.ts';
import { errorWords } from '../platform/error-words.ts';
import { byCouncilOnRecord, type Reread } from './council-on-record.ts';
import type { KeptAuthority } from '../register/authority-files.ts';

type Loaded = Omit<LifecycleStart, 'startedBy'>;

/** What would be started, counted as a lifecycle would, where that can be known. */
export interface CountedAsApproved {
  loaded: Loaded;
  /** By which bank holidays it counts, in a sentence. */
  countedBy: string;
  /** What to say where the council's own file on record counts, and not the one that was read. */
  otherCouncil: string | undefined;
}

/** The same under the bank holidays that the council's administrator has approved last; null where they approved none. */
export function underApproved<L extends Loaded>(loaded: L, approved: PublishedHolidays | null): L {
  const { authority } = loaded.facts;
  return { ...loaded, calendar: keepCalendar(authorityCalendar(calendarDataOf(loaded), authority, approved)) };
}

/**
 * A file's inspection by its council's file on record, and under the bank holidays that its administrator has approved: the
 * register knows them. Where none runs here or none answers, it counts by the files, and says so; asking costs nothing where
 * there is no register.
 *
 * @param again reads the same inspection for the council as it is on record
 * @throws FileProblems where the inspection does not fit the council on record; BadRequest where that is another council
 */
export async function countedAsApproved(loaded: Loaded, again: Reread): Promise<CountedAsApproved> {
  const files = `Counted by the bank holidays in duecourse’s own files (${loaded.calendar.version})`;
  const unknown = (why: string): CountedAsApproved => ({
    loaded,
    countedBy: `${files}: ${why}, so what ${loaded.facts.authority.name}’s administrator has approved since is not known here. Once started, it counts by that.`,
    otherCouncil: undefined,
  });
  const known = await askedRegister(loaded.facts.authority.id);
  if (typeof known === 'string') return unknown(known);
  const { loaded: own, otherCouncil } = byCouncilOnRecord(loaded, known.kept, again);
  const { name } = own.facts.authority;
  if (known.approved === null)
    return { loaded: own, otherCouncil, countedBy: `${files}: ${name}’s administrator has approved no others.` };
  return {
    loaded: underApproved(own, known.approved),
    otherCouncil,
    countedBy: `Counted by the bank holidays that ${name}’s administrator has approved (${known.approved.version}), as it would be once started.`,
  };
}

/** What the register knows of a council; or why it can't be asked. */
async function askedRegister(
  authority: string,
): Promise<{ approved: PublishedHolidays | null; kept: KeptAuthority | null } | string> {
  try {
    const { readSettings, registerUrl } = await import('../platform/settings.ts');
    if (registerUrl(readSettings()) === undefined) return 'no register runs here';
    const { withRegister } = await import('./with-register.ts');
    return await withRegister(async (register) => ({
      approved: await register.approvedHolidays(authority),
      kept: await register.board.keptAuthority(authority),
    }));
  } catch (error) {
    const { sentence } = errorWords(error);
    return `the register was asked in vain (${sentence.replace(/\.$/, '')})`;
  }
}
