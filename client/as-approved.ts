import { authorityCalendar } from '../domain/calendar/authority-calendar.ts';
import { keepCalendar } from '../domain/calendar/kept-calendar.ts';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import { calendarDataOf, type LifecycleStart } from '../domain/lifecycle/state.ts';
import { errorWords } from '../platform/error-words.ts';
import { readSettings, registerUrl } from '../platform/settings.ts';

type Loaded = Omit<LifecycleStart, 'startedBy'>;

/** What would be started, counted as a lifecycle would, where that can be known. */
export interface CountedAsApproved {
  loaded: Loaded;
  /** By which bank holidays it counts, in a sentence. */
  countedBy: string;
}

/** The same under the bank holidays that the council's administrator has approved last; null where they approved none. */
export function underApproved<L extends Loaded>(loaded: L, approved: PublishedHolidays | null): L {
  const { authority } = loaded.facts;
  return { ...loaded, calendar: keepCalendar(authorityCalendar(calendarDataOf(loaded), authority, approved)) };
}

/**
 * A file's inspection under the bank holidays that its council's administrator has approved: the register knows them. Where
 * none runs here or none answers, it counts by the files, and says so; asking costs nothing where there is no register.
 */
export async function countedAsApproved(loaded: Loaded): Promise<CountedAsApproved> {
  const { authority } = loaded.facts;
  const files = `Counted by the bank holidays in duecourse’s own files (${loaded.calendar.version})`;
  const unknown = (why: string): CountedAsApproved => ({
    loaded,
    countedBy: `${files}: ${why}, so what ${authority.name}’s administrator has approved since is not known here. Once started, it counts by that.`,
  });
  try {
    if (registerUrl(readSettings()) === undefined) return unknown('no register runs here');
    const { withRegister } = await import('./with-register.ts');
    const approved = await withRegister((register) => register.approvedHolidays(authority.id));
    if (approved === null)
      return { loaded, countedBy: `${files}: ${authority.name}’s administrator has approved no others.` };
    return {
      loaded: underApproved(loaded, approved),
      countedBy: `Counted by the bank holidays that ${authority.name}’s administrator has approved (${approved.version}), as it would be once started.`,
    };
  } catch (error) {
    const { sentence } = errorWords(error);
    return unknown(`the register was asked in vain (${sentence.replace(/\.$/, '')})`);
  }
}
