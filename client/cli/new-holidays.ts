import { readFeed } from '../../activities/calendars/read-feed.ts';
import { type CalendarData, divisions } from '../../domain/calendar/calendar-data.ts';
import { doubtsAbout } from '../../domain/calendar/feed-doubts.ts';
import { localDate } from '../../domain/calendar/london.ts';
import {
  mergePublished,
  type PublishedHolidays,
  publishedHolidays,
  withPublished,
} from '../../domain/calendar/published-holidays.ts';
import type { BankHolidays } from '../../domain/schemas/bank-holidays.ts';
import { readSettings } from '../../platform/settings.ts';
import type { DoubtedFeed } from '../../register/bank-holiday-feed.ts';
import type { Register } from '../../register/register.ts';
import { BadRequest } from '../bad-request.ts';
import { loadBankHolidays } from '../files/rules.ts';
import { UsageError } from './failures.ts';
import { withRegister } from './services.ts';

/**
 * New bank holidays: of a file or a web address, or what the daily look has found; one that is doubted goes before the last
 * good one, because it is what has to be judged.
 */
export async function feedOf(given: string | undefined): Promise<DoubtedFeed> {
  if (given !== undefined) {
    const { DUECOURSE_BANK_HOLIDAYS_REDIRECTS: redirects } = readSettings().environment;
    return { ...(await readFeed(given, { redirects })), doubts: [] };
  }
  const kept = await withRegister((register) => register.keptFeed());
  if (kept?.doubted) return kept.doubted;
  if (kept?.content) return { content: kept.content, notes: kept.notes, doubts: [] };
  throw new UsageError(
    'name a file or a web address: no bank holidays have been read yet (see: duecourse calendar watch)',
  );
}

/** What makes published days hard to believe beside a calendar that is in force, in clauses. */
export function doubtsBeside(inForce: CalendarData, { division, holidays }: PublishedHolidays): string[] {
  const known = inForce.holidays.filter(
    ({ date, kind }) => kind !== 'closure' && date.slice(0, 4) <= inForce.publishedUntil.slice(0, 4),
  );
  return doubtsAbout(known, holidays, localDate(new Date().toISOString())).map((doubt) => `${division}: ${doubt}`);
}

interface Approval {
  authority: string;
  /** What the authority will count by, with what was approved before. */
  published: PublishedHolidays;
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
    approvals.push({
      authority,
      published: before === null ? found : mergePublished(before, found),
      doubts: doubtsBeside(before === null ? own : withPublished(own, before), found),
    });
  }
  return approvals;
}

/** @throws BadRequest with what is hard to believe, where anything is */
export function mustBeBelievable(doubts: readonly string[]): void {
  if (doubts.length === 0) return;
  throw new BadRequest(
    `These bank holidays are implausible, and nothing was changed:\n${[...new Set(doubts)].map((doubt) => `  implausible: ${doubt}`).join('\n')}\nCompare them with their source. If it is right, approve them with --implausible.`,
  );
}
