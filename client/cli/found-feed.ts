import { divisions } from '../../domain/calendar/calendar-data.ts';
import { type PublishedHolidays, publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import type { BankHolidays } from '../../domain/schemas/bank-holidays.ts';
import { UsageError } from './failures.ts';
import { withRegister } from './services.ts';

/** What the daily look has found. */
export async function foundFeed(): Promise<BankHolidays> {
  const kept = await withRegister((register) => register.keptFeed());
  if (kept?.content === null || kept === null)
    throw new UsageError(
      'name a file or a web address: no bank holidays have been read yet (see: duecourse calendar watch)',
    );
  return kept.content;
}

/** A division's days of a feed; undefined where there is no such division. */
export function publishedOf(feed: BankHolidays, division: string): PublishedHolidays | undefined {
  const name = divisions.find((each) => each === division);
  return name === undefined ? undefined : publishedHolidays(name, feed[name].events);
}
