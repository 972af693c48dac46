import type { CivilDate } from '../calendar/civil-date.ts';
import { localDate } from '../calendar/london.ts';
import type { RegisterEntry } from '../lifecycle/entry.ts';
import type { Authority } from '../schemas/authority.ts';
import type { Standing } from './newest-report.ts';
import type { Counts } from './rating-words.ts';
import { findRating } from './ratings.ts';

/** How an action stood by a report, with its rating as it was called then: a council may change the names of its ratings. */
interface Stood extends Standing {
  ratingName?: string;
  counts?: Counts;
}

/** What the entry of a report says in particular, for the series to be read from. */
export interface ReportData {
  /** The day of which it speaks. */
  on: CivilDate;
  stands: Stood;
}

/** @param on the day of which the report speaks */
export function reportData(on: CivilDate, stands: Standing, council: Pick<Authority, 'ratings'>): ReportData {
  const rating = findRating(council, stands.rating);
  return {
    on,
    stands: { ...stands, ...(rating === undefined ? {} : { ratingName: rating.name, counts: rating.counts }) },
  };
}

/** One report of an action's series. What was erased of it is null, and so is what nobody has said. */
export interface ActionReport {
  milestone: string;
  /** The number of its entry. */
  seq: number;
  on: CivilDate;
  /** When it was given: an instant, UTC. */
  at: string;
  /** The role that gave it. */
  by: string;
  /** As the council called it then. */
  rating: string | null;
  counts: Counts | null;
  percent: number | null;
  forecast: CivilDate | null;
  /** The due date that the forecast is beside. */
  due: CivilDate | null;
  text: string | null;
  noChange: boolean;
}

/** The reports among entries of the register, by the day of which they speak; of one day in the order in which they were given. */
export function seriesIn(entries: readonly RegisterEntry[]): ActionReport[] {
  return entries
    .flatMap((entry) => reportIn(entry) ?? [])
    .toSorted((a, b) => (a.on === b.on ? a.seq - b.seq : a.on < b.on ? -1 : 1));
}

function reportIn({ kind, seq, at, milestone, actor, data, row }: RegisterEntry): ActionReport | undefined {
  if (kind !== 'progress-reported' || milestone === null) return undefined;
  const { on, stands = {}, text, noChange } = data as Partial<ReportData> & { text?: string; noChange?: boolean };
  return {
    ...{ milestone, seq, at, on: on ?? localDate(at), by: actor?.role ?? '' },
    rating: stands.ratingName ?? stands.rating ?? null,
    counts: stands.counts ?? null,
    percent: stands.percent ?? null,
    forecast: stands.forecast ?? null,
    due: row?.due ?? null,
    text: text ?? null,
    noChange: noChange === true,
  };
}
