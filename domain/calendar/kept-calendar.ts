import {
  type CalendarData,
  type Division,
  type Holiday,
  replaceClosureDays,
  withoutClosures,
} from './calendar-data.ts';
import { type CivilDate, compareDates } from './civil-date.ts';
import { hasStandingHolidays, standingHolidays } from './projected-holidays.ts';

/**
 * A calendar as a lifecycle keeps it for years: what the standing rules do not say of its years. It holds no closure days,
 * which are in the authority's file.
 */
export interface KeptCalendar {
  division: Division;
  /** Of the bank holidays: the closure days make their own part of a calendar's version. */
  version: string;
  from: CivilDate;
  until: CivilDate;
  publishedUntil: CivilDate;
  differences: {
    /** Days that the rules do not have, or have by another title. */
    added: { date: CivilDate; title: string }[];
    /** Days of the rules that are none. */
    removed: CivilDate[];
  };
}

/**
 * What has to be kept of a calendar, so that {@link expandCalendar} gives it back: titles and all, in order of date.
 *
 * @throws CalendarError `unknown-division`
 * @example
 * keepCalendar(trimCalendar(data, '2016-02-19', '2017-02-19')).differences // { added: [], removed: [] }
 */
export function keepCalendar(data: CalendarData): KeptCalendar {
  const { division, version, from, until, publishedUntil, holidays } = withoutClosures(data);
  const standing = new Map(standingIn({ division, from, until }).map((day) => [day.date, day.title]));
  const own = new Map<CivilDate, string[]>();
  for (const { date, title } of holidays) own.set(date, [...(own.get(date) ?? []), title]);
  // A day that is named twice is not the rules' day alone, so that both its names are kept.
  const asByRule = (date: CivilDate): boolean => {
    const named = own.get(date) ?? [];
    return named.length === 1 && named[0] === standing.get(date);
  };
  return {
    division,
    version,
    from,
    until,
    publishedUntil,
    differences: {
      added: holidays.flatMap(({ date, title }) => (asByRule(date) ? [] : [{ date, title }])),
      removed: [...standing.keys()].filter((date) => !own.has(date)),
    },
  };
}

type ClosureDays = readonly { date: CivilDate; title: string }[];

const expanded = new WeakMap<KeptCalendar, WeakMap<ClosureDays, CalendarData>>();

/**
 * The calendar that was kept, with an authority's closure days. The same two objects give the same one again: it is made once,
 * not at every look.
 *
 * @throws CalendarError as `withClosureDays`
 * @example
 * expandCalendar(keepCalendar(data), closureDays) // authorityCalendar(data, { division, closureDays }, null)
 */
export function expandCalendar(kept: KeptCalendar, closureDays: ClosureDays): CalendarData {
  const made = expanded.get(kept) ?? new WeakMap<ClosureDays, CalendarData>();
  expanded.set(kept, made);
  const data = made.get(closureDays) ?? expand(kept, closureDays);
  made.set(closureDays, data);
  return data;
}

function expand({ differences: { added, removed }, ...kept }: KeptCalendar, closureDays: ClosureDays): CalendarData {
  const replaced = new Set([...removed, ...added.map(({ date }) => date)]);
  const holidays = [...standingIn(kept).filter(({ date }) => !replaced.has(date)), ...added]
    .map(({ date, title }): Holiday => ({ date, title, kind: 'bank-holiday' }))
    .sort((a, b) => compareDates(a.date, b.date));
  return replaceClosureDays({ ...kept, holidays }, closureDays);
}

/** What the standing rules say of a calendar's years. */
function standingIn({ division, from, until }: Pick<KeptCalendar, 'division' | 'from' | 'until'>): Holiday[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(until.slice(0, 4))];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
    .filter(hasStandingHolidays)
    .flatMap((year) => standingHolidays(division, year))
    .filter(({ date }) => date >= from && date <= until);
}
