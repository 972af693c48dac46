import { capitalised } from '../words.ts';
import { addDays, type CivilDate, formatDate, weekday as weekdayOf } from '../calendar/civil-date.ts';
import { addMonths, lastOfMonth } from '../calendar/months.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Period } from '../schemas/common.ts';
import type { Cycle, CycleChange } from '../schemas/cycle.ts';
import { cycleInWords, lastDayOf } from './counting.ts';

/** What the days of a cycle follow from. */
export interface CycleQuestion {
  every: Cycle;
  /** The day from which it counts; all its days come after it. */
  from: CivilDate;
  /** The first one is on this day, and the others follow from it. */
  first?: CivilDate | undefined;
  /** Of the body that it goes to, where the cycle goes by its meetings: the days on which it meets, in order. */
  meetings?: { body: string; dates: readonly CivilDate[] } | undefined;
  /** In order, each from a day on. */
  changes?: readonly CycleChange[] | undefined;
}

/** One time that a cycle comes round, before it moves to a meeting or off a day off. */
export interface Occurrence {
  /** From 1; a change of the cycle does not begin anew. */
  number: number;
  on: CivilDate;
  /** It follows from the day from which the cycle counts by so many of its periods. Absent: {@link why} says what from. */
  times?: number;
  why: string[];
}

/** More than this many days of one cycle are not looked at: ten years of days. */
const MAX_DAYS = 3660;

/** What a cycle is from a day on, and where its days are counted from. */
interface Stretch {
  every: Cycle;
  from: CivilDate;
  first?: CivilDate | undefined;
  /** Days before this one belong to the stretch before it. */
  since: CivilDate;
  /** Why it is not as it was, for the explanation. */
  changed: string[];
}

/** One round of a cycle, by its number; undefined where the cycle ends before it. @throws as {@link occurrencesOf} */
export function occurrenceNumbered(
  question: CycleQuestion,
  number: number,
  calendar: WorkingCalendar,
): Occurrence | undefined {
  for (const each of occurrencesOf(question, calendar)) if (each.number === number) return each;
  return undefined;
}

/**
 * The days of a cycle in their order, numbered from 1, however often it was changed: a stretch between two changes is counted
 * by what held in it. A pause leaves days out and counts nothing anew. Without end, unless its list or the meetings end.
 *
 * @throws CalendarError `out-of-range` where the known holidays end, while it is read
 */
export function* occurrencesOf(question: CycleQuestion, calendar: WorkingCalendar): Generator<Occurrence> {
  const { every, from, first, meetings, changes = [] } = question;
  let stretch: Stretch = { every, from, first, since: '', changed: [] };
  let number = 0;
  let last = from;
  let looked = 0;
  const following = changes.filter((each) => each.every !== undefined);
  const pauses = changes.filter((each) => each.every === undefined);
  for (let index = 0; ; index++) {
    const next = following[index];
    let times = 0;
    for (const on of daysOf(stretch, meetings?.dates ?? [], calendar)) {
      times++;
      if (++looked > MAX_DAYS) return;
      if (next !== undefined && on >= next.from) break;
      if (on < stretch.since || pauses.some((each) => isWithin(on, each))) continue;
      number++;
      last = on;
      const plain = index === 0 && first === undefined && periodOf(every) !== undefined;
      const paused = pauses.filter(({ until = '' }) => until < on).map(pauseSentence);
      const why = [...paused, ...stretch.changed, daySentence(stretch, on, number, meetings?.body)];
      yield plain && paused.length === 0 ? { number, on, times, why } : { number, on, why };
    }
    if (next?.every === undefined) return;
    stretch = { every: next.every, from: last, first: next.first, since: next.from, changed: [changeSentence(next)] };
  }
}

const isWithin = (on: CivilDate, { from, until }: CycleChange): boolean =>
  on >= from && (until === undefined || on <= until);

/** A cycle of so many days, weeks or months; undefined where it comes round in another way. */
export function periodOf({ n, unit, convention }: Cycle): Period | undefined {
  return n === undefined || unit === undefined ? undefined : { n, unit, convention };
}

/** The days of one stretch, in order. */
function* daysOf(stretch: Stretch, meetings: readonly CivilDate[], calendar: WorkingCalendar): Generator<CivilDate> {
  const { every, from, first, since } = stretch;
  const period = periodOf(every);
  if (first !== undefined) yield first;
  if (period !== undefined) {
    const start = first ?? from;
    const counted = first === undefined ? period : { ...period, convention: 'after' as const };
    for (let times = 1; ; times++) yield lastDayOf({ ...counted, n: period.n * times }, start, calendar);
  }
  const after = first ?? from;
  if (every.dates !== undefined) yield* every.dates.toSorted();
  else if (every.meetings !== undefined) {
    const stride = every.meetings;
    // A meeting on the day from which it counts is the first; one before a change has been.
    const coming = meetings.filter((on) => on > from || (on === from && since === ''));
    yield* coming.filter((_on, index) => (index + 1) % stride === 0);
  } else for (const on of daysOfMonths(every, after)) if (on > after) yield on;
}

/** Of each of a cycle's months, beginning with the month of a day, its one day. */
function* daysOfMonths(every: Cycle, from: CivilDate): Generator<CivilDate> {
  const begin = `${from.slice(0, 8)}01`;
  for (let months = 0; ; months++) {
    const month = addMonths(begin, months);
    if (every.months === undefined || every.months.includes(MONTHS[Number(month.slice(5, 7)) - 1] ?? 'january'))
      yield dayOfMonth(every, month);
  }
}

/** @param month its first day */
function dayOfMonth({ weekday, which, day = 'last' }: Cycle, month: CivilDate): CivilDate {
  const end = lastOfMonth(month);
  if (weekday === undefined || which === undefined) {
    const wanted = day === 'last' ? end : addDays(month, day - 1);
    return wanted > end ? end : wanted;
  }
  const target = WEEKDAYS.indexOf(weekday) + 1;
  if (which === 'last') return addDays(end, -((weekdayOf(end) - target + WEEK) % WEEK));
  return addDays(month, ((target - weekdayOf(month) + WEEK) % WEEK) + WEEK * PLACES.indexOf(which));
}

const WEEK = 7;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
const PLACES = ['first', 'second', 'third', 'fourth'] as const;
const MONTHS = [
  ...(['january', 'february', 'march', 'april', 'may', 'june'] as const),
  ...(['july', 'august', 'september', 'october', 'november', 'december'] as const),
] as const;

/** 'March and September', 'January, April and July'. */
function inList(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/**
 * How a cycle comes round, as people say it.
 *
 * @example
 * everyInWords({ weekday: 'tuesday', which: 'third', convention: 'after' }) // 'on the third Tuesday of every month'
 */
export function everyInWords(every: Cycle, body = 'the body'): string {
  const period = periodOf(every);
  if (period !== undefined) return cycleInWords(period);
  const { weekday, which, months, day = 'last', dates, meetings } = every;
  if (dates !== undefined) return 'on the dates on file';
  if (meetings !== undefined)
    return meetings === 1 ? `at each meeting of ${body}` : `at every ${ordinal(meetings)} meeting of ${body}`;
  const inMonths = months === undefined ? 'every month' : inList(months.map(capitalised));
  if (weekday !== undefined) return `on the ${which ?? 'first'} ${capitalised(weekday)} of ${inMonths}`;
  return `on ${day === 'last' ? 'the last day' : `the ${ordinal(day)}`} of ${inMonths}`;
}

/** '1st', '22nd', '13th'. */
export function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

function daySentence({ every, first }: Stretch, on: CivilDate, number: number, body: string | undefined): string {
  if (on === first)
    return `It comes round ${everyInWords(every, body)}, and is set to be on this day first: ${formatDate(on)}.`;
  const given = first === undefined || periodOf(every) === undefined ? '' : `, counted from ${formatDate(first)}`;
  return `It comes round ${everyInWords(every, body)}${given}; no. ${number} is on ${formatDate(on)}.`;
}

const withReason = (reason: string | undefined): string =>
  reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`;

function changeSentence({ from, reason }: CycleChange): string {
  return `The cycle was changed from ${formatDate(from)} on${withReason(reason)}.`;
}

function pauseSentence({ from, until = '', reason }: CycleChange): string {
  return `The cycle was paused from ${formatDate(from)} to ${formatDate(until)}${withReason(reason)}.`;
}
