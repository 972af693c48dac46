import { checkDivision } from './calendar-data.ts';
import type { CalendarData, Division } from './calendar-data.ts';
import type { CivilDate } from './civil-date.ts';

export { projectHolidays } from './projected-holidays.ts';

/** One bank holiday as GOV.UK publishes it. */
export interface BankHolidayEvent {
  title: string;
  date: CivilDate;
  /** '', 'Substitute day', 'Extra bank holiday' or, here, 'Projected' for a holiday worked out by rule. */
  notes: string;
  /** Whether flags are flown from government buildings. Nothing here depends on it. */
  bunting: boolean;
}

/** https://www.gov.uk/bank-holidays.json */
export type GovUkBankHolidays = Record<Division, { division: string; events: BankHolidayEvent[] }>;

/** Where the holidays of some years come from, first and last included, and how sure they are. */
export interface BankHolidaySource {
  firstYear: number;
  lastYear: number;
  source: string;
  /** 'high' (as published), 'medium' (by rule, agreeing with a second source) or 'projected' (by rule alone). */
  confidence: string;
  notes?: string[];
}

/** What GOV.UK's shape has no place for; kept beside it in `rules/bank-holidays/sources.json`. */
export interface BankHolidayMetadata {
  version: string;
  from: CivilDate;
  until: CivilDate;
  publishedUntil: CivilDate;
  sources: BankHolidaySource[];
}

/** The feed with its sidecar: `{ ...bankHolidays, ...sources }`. */
export type BankHolidayFeed = GovUkBankHolidays & BankHolidayMetadata;

/**
 * One division's calendar data from the feed.
 *
 * @throws CalendarError `unknown-division`. Dates are checked where a calendar is made of them.
 * @example
 * calendarFromFeed({ ...bankHolidays, ...sources }, 'scotland').holidays[0]
 * // { date: '2006-01-02', title: '2nd January', kind: 'bank-holiday' }
 */
export function calendarFromFeed(feed: BankHolidayFeed, division: Division): CalendarData {
  checkDivision(division);
  const { version, from, until, publishedUntil } = feed;
  const holidays = feed[division].events.map(({ date, title }) => ({
    date,
    title,
    kind: 'bank-holiday' as const,
  }));
  return { division, version, from, until, publishedUntil, holidays };
}
