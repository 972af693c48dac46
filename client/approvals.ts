import { type CalendarData, divisions } from '../domain/calendar/calendar-data.ts';
import { doubtsAbout } from '../domain/calendar/feed-doubts.ts';
import { localDate } from '../domain/calendar/london.ts';
import {
  type HolidayDifference,
  holidayDifference,
  mergePublished,
  type PublishedHolidays,
  publishedHolidays,
  withPublished,
} from '../domain/calendar/published-holidays.ts';
import type { BankHolidays } from '../domain/schemas/bank-holidays.ts';
import type { Register } from '../register/register.ts';
import { loadBankHolidays } from './files/bank-holidays.ts';

/** What makes published days hard to believe beside a calendar that is in force, in clauses. */
export function doubtsBeside(inForce: CalendarData, { division, holidays }: PublishedHolidays): string[] {
  const known = inForce.holidays.filter(
    ({ date, kind }) => kind !== 'closure' && date.slice(0, 4) <= inForce.publishedUntil.slice(0, 4),
  );
  return doubtsAbout(known, holidays, localDate(new Date().toISOString())).map((doubt) => `${division}: ${doubt}`);
}

/** What an authority would count by once bank holidays were approved. */
export interface Approval {
  authority: string;
  /** What the authority will count by, with what was approved before. */
  published: PublishedHolidays;
  /** Which days are otherwise than those in force. */
  difference: HolidayDifference;
  doubts: string[];
}

/** What each authority (by id, with its division) would count by. */
export async function approvalsOf(
  authorities: readonly [string, string][],
  feed: BankHolidays,
  register: Pick<Register, 'approvedHolidays'>,
): Promise<Approval[]> {
  const approvals: Approval[] = [];
  for (const [authority, named] of authorities) {
    const division = divisions.find((each) => each === named);
    if (division === undefined) continue;
    const found = publishedHolidays(division, feed[division].events);
    const before = await register.approvedHolidays(authority);
    const own = loadBankHolidays(division);
    const published = before === null ? found : mergePublished(before, found);
    const inForce = before === null ? own : withPublished(own, before);
    approvals.push({
      authority,
      published,
      difference: holidayDifference(inForce, withPublished(own, published)),
      doubts: doubtsBeside(inForce, found),
    });
  }
  return approvals;
}
