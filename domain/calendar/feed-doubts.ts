import { type CivilDate, formatShortDate } from './civil-date.ts';

interface Day {
  date: CivilDate;
  title: string;
}

/** More bank holidays than this never changed in one year: not for a jubilee, not for a funeral. */
const MAX_CHANGED_IN_A_YEAR = 3;

/**
 * What makes a new list of bank holidays hard to believe beside the one before, in clauses; none where it is believable. Only
 * years that both lists have are compared: a feed drops old years and gains new ones.
 *
 * @param today a day before it that is no bank holiday any more is doubted: what has been kept can't be taken back
 */
export function doubtsAbout(before: readonly Day[], after: readonly Day[], today: CivilDate): string[] {
  const [old, now] = [byYear(before), byYear(after)];
  return [...old].flatMap(([year, days]) => {
    const others = now.get(year);
    return others === undefined ? [] : doubtsAboutYear(year, days, others, today);
  });
}

function doubtsAboutYear(year: string, before: readonly Day[], after: readonly Day[], today: CivilDate): string[] {
  const missing = ({ date }: Day, from: readonly Day[]) => !from.some((each) => each.date === date);
  const removed = before.filter((day) => missing(day, after));
  const added = after.filter((day) => missing(day, before));
  // A day that moves is taken from one date and put on another: one change.
  const changed = Math.max(removed.length, added.length);
  const past = removed.filter(({ date }) => date < today);
  return [
    ...(removed.length === before.length ? [`no bank holiday of ${year} is the day it was`] : []),
    ...(changed > MAX_CHANGED_IN_A_YEAR ? [`${changed} bank holidays of ${year} change`] : []),
    ...past.map(({ date, title }) => `${title} (${formatShortDate(date)}) has been, and is no bank holiday any more`),
  ];
}

function byYear(days: readonly Day[]): Map<string, Day[]> {
  const years = new Map<string, Day[]>();
  for (const day of days) {
    const year = day.date.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), day]);
  }
  return years;
}
