import { type CivilDate, dateParts, formatMonth } from '../../../domain/calendar/civil-date.ts';
import { addMonths, lastOfMonth } from '../../../domain/calendar/months.ts';

/** How much of a timeline is looked at: a quarter, or a council's year from April to March. */
export const ZOOMS = { year: { months: 12, words: 'Year' }, quarter: { months: 3, words: 'Quarter' } } as const;
export type Zoom = keyof typeof ZOOMS;

/** The part of a timeline that is looked at; both days count. */
export interface TimelineWindow {
  zoom: Zoom;
  first: CivilDate;
  last: CivilDate;
  /** 'April 2026 to March 2027' */
  title: string;
  /** The first days of those before and after, as far as there is anything in them. */
  previous: { first: CivilDate; title: string } | undefined;
  next: { first: CivilDate; title: string } | undefined;
}

/** The days between which a timeline has anything; both count. */
export interface TimelineSpan {
  first: CivilDate;
  last: CivilDate;
}

/** The span of its duties, and today with them while the inspection is open: what is late is late today. */
export function spanWith(
  duties: TimelineSpan | null,
  { today, isOpen }: { today: CivilDate; isOpen: boolean },
): TimelineSpan {
  const { first, last } = duties ?? { first: today, last: today };
  if (!isOpen) return { first, last };
  return { first: first < today ? first : today, last: last > today ? last : today };
}

/** Is a day seen in another window than in this one? Not where it lies beyond all windows. */
export function isElsewhere(day: CivilDate, { zoom, first }: TimelineWindow, span: TimelineSpan): boolean {
  const there = windowAround(zoom, day, span);
  return there.first !== first && there.first <= day && day <= there.last;
}

/**
 * The quarter or year that holds a day: never one before the first or after the last in which there is anything, so that
 * nobody is led on and on through empty ones.
 */
export function windowAround(zoom: Zoom, day: CivilDate, span: TimelineSpan): TimelineWindow {
  const [earliest, latest] = [beginningOf(zoom, span.first), beginningOf(zoom, span.last)];
  const asked = beginningOf(zoom, day);
  const first = asked < earliest ? earliest : asked > latest ? latest : asked;
  const { months } = ZOOMS[zoom];
  const beside = (at: CivilDate) => ({ first: at, title: titleOf(zoom, at) });
  return {
    zoom,
    first,
    last: lastOf(zoom, first),
    title: titleOf(zoom, first),
    previous: first > earliest ? beside(addMonths(first, -months)) : undefined,
    next: first < latest ? beside(addMonths(first, months)) : undefined,
  };
}

/** The first day of the quarter, or of the council's year, that holds a day. */
function beginningOf(zoom: Zoom, day: CivilDate): CivilDate {
  const { year, month } = dateParts(day);
  const january = `${String(year).padStart(4, '0')}-01-01`;
  const since = zoom === 'quarter' ? (month - 1) % 3 : (month + 8) % 12;
  return addMonths(january, month - 1 - since);
}

const lastOf = (zoom: Zoom, first: CivilDate): CivilDate => lastOfMonth(addMonths(first, ZOOMS[zoom].months - 1));

function titleOf(zoom: Zoom, first: CivilDate): string {
  const last = lastOf(zoom, first);
  const [from, until] = [formatMonth(first), formatMonth(last)];
  return first.slice(0, 4) === last.slice(0, 4) ? `${from.replace(/ \d+$/, '')} to ${until}` : `${from} to ${until}`;
}
