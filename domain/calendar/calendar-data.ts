import { CalendarError, shown } from './calendar-error.ts';
import type { CivilDate } from './civil-date.ts';
import { toEpochDay } from './civil-date.ts';
import { isWeekend } from './working-day-rank.ts';

/** The three parts of the United Kingdom with bank holidays of their own, as GOV.UK's feed names them. */
export const divisions = ['england-and-wales', 'scotland', 'northern-ireland'] as const;

export type Division = (typeof divisions)[number];

/** A day on which nobody works: a bank holiday, or a day the authority itself is closed. */
export interface Holiday {
  date: CivilDate;
  title: string;
  /** `bank-holiday` where left out. */
  kind?: 'bank-holiday' | 'closure';
}

/** What a working calendar is made from: plain JSON, so that a workflow can carry it in its input. */
export interface CalendarData {
  division: Division;
  /** Shown with every due date, and compared to see whether open deadlines need working out again. */
  version: string;
  /** The first day for which holidays are known. */
  from: CivilDate;
  /** The last day for which holidays are known, by publication or by rule. */
  until: CivilDate;
  /** The last day for which holidays have been published; later ones are worked out by rule, and provisional. */
  publishedUntil: CivilDate;
  holidays: Holiday[];
}

/**
 * Checks calendar data and gives it back.
 *
 * @throws CalendarError `unknown-division`; `invalid-date` for any date that doesn't exist; `out-of-range` where `from` is
 *   after `until` or a holiday lies outside them
 * @example
 * checkCalendarData({ ...data, division: 'wales' as Division }) // throws 'unknown-division'
 */
export function checkCalendarData(data: CalendarData): CalendarData {
  checkDivision(data.division);
  toEpochDay(data.publishedUntil);
  if (toEpochDay(data.from) > toEpochDay(data.until)) {
    throw new CalendarError(
      'out-of-range',
      `A calendar's first day must not be after its last; ${data.from} is after ${data.until}`,
    );
  }
  for (const { date, title } of data.holidays) {
    toEpochDay(date);
    if (date < data.from || date > data.until) {
      throw new CalendarError(
        'out-of-range',
        `${title} on ${date} is outside the calendar, which runs from ${data.from} to ${data.until}`,
      );
    }
  }
  return data;
}

/**
 * Refuses a division nobody knows, rather than count with another's holidays.
 *
 * @throws CalendarError `unknown-division`
 */
export function checkDivision(division: string): asserts division is Division {
  if (!divisions.some((each) => each === division)) {
    throw new CalendarError(
      'unknown-division',
      `${shown(division)} is not a division; the divisions are ${divisions.join(', ')}`,
    );
  }
}

/**
 * The calendar with an authority's own closure days as well, such as the days between Christmas and New Year. A day that is
 * a holiday already stays as it is. The version gets a suffix made from the dates added, so that other closure days make
 * another version; without any, the data comes back as it was.
 *
 * @throws CalendarError as {@link checkCalendarData}
 * @example
 * withClosureDays(data, [{ date: '2026-12-29', title: 'Christmas closure' }]).version
 * // '2026-08-21+closures.1.i2odxl' where data.version is '2026-08-21'
 */
export function withClosureDays(
  data: CalendarData,
  closureDays: readonly { date: CivilDate; title: string }[],
): CalendarData {
  const holidays = [...data.holidays];
  const taken = new Set(holidays.map(({ date }) => date));
  for (const { date, title } of closureDays) {
    if (taken.has(date)) continue;
    taken.add(date);
    holidays.push({ date, title, kind: 'closure' });
  }
  const added = holidays
    .slice(data.holidays.length)
    .map(({ date }) => date)
    .sort();
  if (added.length === 0) return data;
  const version = `${data.version}+closures.${added.length}.${fingerprint(added.join())}`;
  return checkCalendarData({ ...data, version, holidays: holidays.sort(byDate) });
}

/**
 * The calendar with other closure days in place of those it has; days outside its years are left out.
 *
 * @throws CalendarError as `withClosureDays`
 */
export function replaceClosureDays(
  data: CalendarData,
  closureDays: readonly { date: CivilDate; title: string }[],
): CalendarData {
  return withClosureDays(
    withoutClosures(data),
    closureDays.filter(({ date }) => date >= data.from && date <= data.until),
  );
}

/** The calendar with its bank holidays alone, and the version that is theirs. */
export function withoutClosures(data: CalendarData): CalendarData {
  return {
    ...data,
    version: data.version.replace(/\+closures\..*$/, ''),
    holidays: data.holidays.filter(({ kind }) => kind !== 'closure'),
  };
}

/**
 * The calendar for fewer years, whole ones from that of `from` to that of `until` (both count), so that a workflow's input
 * stays small. Years the data doesn't have are not made up. The version stays the same, as the holidays do.
 *
 * @throws CalendarError `invalid-date`; `out-of-range` where `from` is after `until` or none of those years are known
 * @example
 * trimCalendar(data, '2016-02-19', '2017-02-19') // from '2016-01-01' until '2017-12-31'
 */
export function trimCalendar(data: CalendarData, from: CivilDate, until: CivilDate): CalendarData {
  toEpochDay(from);
  toEpochDay(until);
  const first = later(`${from.slice(0, 4)}-01-01`, data.from);
  const last = earlier(`${until.slice(0, 4)}-12-31`, data.until);
  if (from > until || first > last) {
    throw new CalendarError(
      'out-of-range',
      `No holidays are known from ${from} to ${until}; they are known ${knownYears(data)}`,
    );
  }
  const holidays = data.holidays.filter(({ date }) => date >= first && date <= last);
  return { ...data, from: first, until: last, holidays };
}

/** The holidays by date, one a day, without those at weekends: they step over nothing that the weekend doesn't. */
export function weekdayHolidays(holidays: readonly Holiday[]): Holiday[] {
  const seen = new Set<CivilDate>();
  return holidays.filter(({ date }) => !isWeekend(toEpochDay(date)) && !seen.has(date) && seen.add(date)).sort(byDate);
}

/** 'from 2006-01-01 to 2040-12-31', for sentences that refuse a date outside it. */
export function knownYears(data: Pick<CalendarData, 'from' | 'until' | 'division'>): string {
  return `from ${data.from} to ${data.until} in the calendar for ${data.division}`;
}

function byDate(a: { date: CivilDate }, b: { date: CivilDate }): number {
  return a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
}

function later(a: CivilDate, b: CivilDate): CivilDate {
  return a > b ? a : b;
}

function earlier(a: CivilDate, b: CivilDate): CivilDate {
  return a < b ? a : b;
}

/** FNV-1a, 32 bits: short, and the same everywhere. It tells versions apart and protects nothing. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
