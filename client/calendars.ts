import { type OwnDays, workingCalendarFor } from '../domain/calendar/authority-calendar.ts';
import type { WorkingCalendar } from '../domain/calendar/working-calendar.ts';
import { division } from '../domain/schemas/common.ts';
import type { Register } from '../register/register.ts';
import { loadBankHolidays } from './files/bank-holidays.ts';

/** An authority as far as its calendar follows from it. */
export interface CountingAuthority extends OwnDays {
  id: string;
}

/** The working days of authorities, by which everything counts that is not inside a lifecycle. */
export interface Calendars {
  of(authority: CountingAuthority): Promise<WorkingCalendar>;
}

/** How long what was approved may be used again, in milliseconds: a page may be two seconds old. */
const APPROVED_MS = 1000;

/** What is read of approvals: which there are, at once for all councils, and one only where it has changed. */
type Approvals = Pick<Register, 'approvedHolidays' | 'holidaysApprovedAt'>;

/** Reads what administrators have approved; a calendar is made anew only when something of it has changed. */
export function calendarsOf({ approvedHolidays, holidaysApprovedAt }: Approvals): Calendars {
  let newest: { at: number; answer: ReturnType<typeof holidaysApprovedAt> } | undefined;
  const made = new Map<string, { key: string; calendar: WorkingCalendar }>();
  function approvedAt(): ReturnType<typeof holidaysApprovedAt> {
    const at = performance.now();
    if (newest !== undefined && at - newest.at <= APPROVED_MS) return newest.answer;
    const answer = holidaysApprovedAt();
    newest = { at, answer };
    answer.catch(() => (newest = undefined));
    return answer;
  }
  return {
    async of({ id, division, closureDays }) {
      const stamp = (await approvedAt()).get(id);
      const key = JSON.stringify([division, closureDays, stamp]);
      const known = made.get(id);
      if (known?.key === key) return known.calendar;
      const calendar = workingCalendarFor(
        { division, closureDays },
        {
          bankHolidays: loadBankHolidays(division),
          approved: stamp === undefined ? null : await approvedHolidays(id),
        },
      );
      made.set(id, { key, calendar });
      return calendar;
    },
  };
}

/**
 * The calendars of the authorities that some rows are of, by the files and approvals that are on record. One that has no file
 * on record has no days of its own.
 */
export async function recordedCalendars(
  register: Approvals & Pick<Register, 'board'>,
  rows: readonly { authority: string; division: string }[],
): Promise<(authority: string) => WorkingCalendar> {
  const files = new Map((await register.board.authorityFiles()).map((each) => [each.id, each]));
  const calendars = calendarsOf(register);
  const found = new Map<string, WorkingCalendar>();
  for (const { authority: id, division: named } of rows) {
    if (found.has(id)) continue;
    const bare = { id, division: division.parse(named), closureDays: [] };
    found.set(id, await calendars.of(files.get(id) ?? bare));
  }
  return (authority) => {
    const calendar = found.get(authority);
    if (calendar === undefined) throw new Error(`Nothing of "${authority}" was among the rows to be counted.`);
    return calendar;
  };
}
