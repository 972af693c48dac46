import { divisions } from '../../domain/calendar/calendar-data.ts';
import { type PublishedHolidays, publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import type { BankHolidays } from '../../domain/schemas/bank-holidays.ts';

/** A division's days of a feed; undefined where there is no such division. */
export function publishedOf(feed: BankHolidays, division: string): PublishedHolidays | undefined {
  const name = divisions.find((each) => each === division);
  return name === undefined ? undefined : publishedHolidays(name, feed[name].events);
}
