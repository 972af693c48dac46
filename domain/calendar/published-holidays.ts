import { addDays, compareDates, formatShortDate } from './civil-date.ts';
import type { CivilDate } from './civil-date.ts';
import { type CalendarData, type Division, fingerprint, type Holiday, replaceClosureDays } from './calendar-data.ts';

/** What has been published for some whole years of one division: it replaces what a calendar has for them. */
export interface PublishedHolidays {
  division: Division;
  /** Made from the days alone: the same days are the same version, wherever they were read. */
  version: string;
  /** The first and last day of the years, both included. */
  from: CivilDate;
  until: CivilDate;
  holidays: { date: CivilDate; title: string }[];
}

/** The days that one calendar has and the other has not. */
export interface HolidayDifference {
  added: Holiday[];
  removed: Holiday[];
}

/**
 * A division's published days as they come, in whole years.
 *
 * @throws Error where there is none
 */
export function publishedHolidays(
  division: Division,
  events: readonly { date: CivilDate; title: string }[],
): PublishedHolidays {
  const holidays = events.map(({ date, title }) => ({ date, title })).sort((a, b) => compareDates(a.date, b.date));
  const [first, last] = [holidays[0], holidays.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`no bank holidays are published for ${division}`);
  return {
    division,
    version: `published.${fingerprint(holidays.map(({ date }) => date).join())}`,
    from: `${first.date.slice(0, 4)}-01-01`,
    until: `${last.date.slice(0, 4)}-12-31`,
    holidays,
  };
}

/**
 * What was approved before, with what is approved now in place of it: a feed drops the years that are past, and open
 * inspections still count through them. Where years lie between the two, of which neither says anything, the later one alone.
 */
export function mergePublished(before: PublishedHolidays, now: PublishedHolidays): PublishedHolidays {
  const adjoin = now.from <= addDays(before.until, 1) && before.from <= addDays(now.until, 1);
  if (before.division !== now.division || !adjoin) return now;
  const others = before.holidays.filter(({ date }) => date < now.from || date > now.until);
  if (others.length === 0) return now;
  const { from, until, ...merged } = publishedHolidays(now.division, [...others, ...now.holidays]);
  return {
    ...merged,
    from: before.from < now.from ? before.from : now.from,
    until: before.until > now.until ? before.until : now.until,
  };
}

/**
 * A calendar with what has been published in place of what it has for those years. The council's closure days stay; years
 * outside the calendar's own are left out. Where nothing differs the calendar comes back as it was, but for its version and
 * the day up to which it is published.
 */
export function withPublished(data: CalendarData, published: PublishedHolidays): CalendarData {
  const closures = data.holidays.filter(({ kind }) => kind === 'closure');
  const inside = (date: CivilDate) => date >= published.from && date <= published.until;
  const kept = data.holidays.filter(({ date, kind }) => kind !== 'closure' && !inside(date));
  const added = published.holidays
    .filter(({ date }) => date >= data.from && date <= data.until)
    .map(({ date, title }): Holiday => ({ date, title, kind: 'bank-holiday' }));
  const holidays = [...kept, ...added].sort((a, b) => compareDates(a.date, b.date));
  // Years between what was published before and what is now would be neither known nor projected.
  const adjoins = published.from <= addDays(data.publishedUntil, 1);
  const publishedUntil = adjoins && published.until > data.publishedUntil ? published.until : data.publishedUntil;
  return replaceClosureDays({ ...data, version: published.version, publishedUntil, holidays }, closures);
}

/** Which bank holidays were added and removed from one calendar to another, in the years that both have. */
export function holidayDifference(before: CalendarData, after: CalendarData): HolidayDifference {
  const from = before.from > after.from ? before.from : after.from;
  const until = before.until < after.until ? before.until : after.until;
  const days = ({ holidays }: CalendarData) =>
    new Map(
      holidays.flatMap((each) =>
        each.date >= from && each.date <= until && each.kind !== 'closure' ? [[each.date, each] as const] : [],
      ),
    );
  const [old, now] = [days(before), days(after)];
  return {
    added: [...now].filter(([date]) => !old.has(date)).map(([, day]) => day),
    removed: [...old].filter(([date]) => !now.has(date)).map(([, day]) => day),
  };
}

/** 'Bank Holiday for … (Mon 19 September 2022) is new', for a sentence about why a date moved; '' where nothing differs. */
export function differenceInWords({ added, removed }: HolidayDifference): string {
  const named = ({ title, date }: Holiday) => `${title} (${formatShortDate(date)})`;
  return [
    ...added.map((day) => `${named(day)} is a new bank holiday`),
    ...removed.map((day) => `${named(day)} is no bank holiday any more`),
  ].join('; ');
}
