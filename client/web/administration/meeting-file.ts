import { parse } from 'csv-parse/sync';
import ICAL from 'ical.js';
import { type CivilDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { dateIn } from './date-in.ts';

/** A file of meetings that somebody brings; of an iCalendar file only the events whose title has some words, where they are given. */
export interface MeetingFile {
  text: string;
  only: string;
  /** Meetings before the one day, or after the other, are left out. */
  from: CivilDate;
  until: CivilDate;
}

export interface MeetingDays {
  dates: CivilDate[];
  /** What could not be read, a sentence each. */
  problems: string[];
  /** Some come round for ever: only those up to the last day that was asked for are there. */
  isEndless?: true;
}

/** What a calendar says of its meetings: also which it has called off, and which it has moved. */
export interface CalendarDays extends MeetingDays {
  cancelled: CivilDate[];
  moved: { on: CivilDate; to: CivilDate }[];
}

/** Of what is wrong with a file so much is said. */
const MAX_TOLD = 20;
/** More times than this one event of a calendar comes round is not looked at. */
const MAX_TURNS = 2000;

/** The days of the meetings in a file: an iCalendar file, else a table of comma-separated values. */
export function meetingsIn(file: MeetingFile): MeetingDays {
  const { dates, problems, isEndless } = isCalendar(file) ? fromCalendar(file) : fromTable(file);
  return { dates: within(file, dates), problems: told(problems), ...endless(isEndless) };
}

/** What an iCalendar file says of the meetings to come; a file of another kind is a problem. */
export function calendarIn(file: MeetingFile): CalendarDays {
  if (!isCalendar(file)) return { ...NOTHING, problems: ['What is there is not an iCalendar file.'] };
  const { dates, cancelled, moved, problems, isEndless } = fromCalendar(file);
  const held = within(file, dates);
  return {
    dates: held,
    // Called off once, and on again as an event of its own: it takes place.
    cancelled: within(file, cancelled).filter((day) => !held.includes(day)),
    moved: moved.filter(({ on, to }) => on >= file.from && !held.includes(on) && held.includes(to)),
    problems: told(problems),
    ...endless(isEndless),
  };
}

const NOTHING: CalendarDays = { dates: [], cancelled: [], moved: [], problems: [] };
const endless = (is = false): Pick<MeetingDays, 'isEndless'> => (is ? { isEndless: true } : {});

const isCalendar = ({ text }: MeetingFile): boolean => /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(text);
const within = ({ from, until }: MeetingFile, dates: readonly CivilDate[]): CivilDate[] =>
  [...new Set(dates)].filter((date) => date >= from && date <= until).sort();
const told = (problems: readonly string[]): string[] => [...new Set(problems)].slice(0, MAX_TOLD);

/** Each row's first cell that is a date; a first row without one is the table's head. */
function fromTable({ text }: MeetingFile): MeetingDays {
  let rows: string[][];
  try {
    rows = parse(text, {
      bom: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch {
    return { ...NOTHING, problems: ['The file can’t be read as a table: look at its quotation marks.'] };
  }
  const dates: CivilDate[] = [];
  const problems: string[] = [];
  for (const [index, row] of rows.entries()) {
    const date = row.map(dateIn).find((each) => each !== undefined);
    if (date !== undefined) dates.push(date);
    else if (index > 0) problems.push(`Row ${index + 1} has no date: ${row.join(', ').slice(0, 80)}`);
  }
  return { dates, problems };
}

/** The days of a calendar's events, however often they come round, as they are in London; those that were cancelled are none. */
function fromCalendar({ text, only, from, until }: MeetingFile): CalendarDays {
  let events: ICAL.Component[];
  try {
    events = new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent');
  } catch {
    return { ...NOTHING, problems: ['The file can’t be read as an iCalendar file.'] };
  }
  const words = only.trim().toLowerCase();
  const dates: CivilDate[] = [];
  const cancelled: CivilDate[] = [];
  const moved: CalendarDays['moved'] = [];
  const problems: string[] = [];
  let isEndless = false;
  const unreadable = (component: ICAL.Component) =>
    problems.push(`An event has no day that can be read: ${textOf(component, 'summary').slice(0, 80)}`);
  const changed = changedDays(events, unreadable);
  for (const component of events) {
    const summary = textOf(component, 'summary');
    if (words !== '' && !summary.toLowerCase().includes(words)) continue;
    try {
      if (isOff(component)) {
        cancelled.push(...daysOff(component, events, from, until));
        continue;
      }
      const days = daysOf(new ICAL.Event(component), from, until);
      const others = isInstead(component) ? undefined : changed.get(textOf(component, 'uid'));
      // Where the days that follow move with it, it does not say to which.
      if (isFromThenOn(component)) {
        unreadable(component);
        continue;
      }
      const [to] = days;
      const on = isInstead(component) ? insteadOf(component) : to;
      if (on !== undefined && to !== undefined && on !== to) moved.push({ on, to });
      isEndless ||= comesRoundForEver(component);
      dates.push(...days.filter((day) => others === undefined || !(others.days.has(day) || day >= others.from)));
    } catch {
      unreadable(component);
    }
  }
  return { dates, cancelled, moved, problems, ...endless(isEndless) };
}

/** Has its rule neither a last day nor a number of times? */
const comesRoundForEver = (component: ICAL.Component): boolean =>
  component.getAllProperties('rrule').some((each) => {
    const rule = each.getFirstValue();
    return rule instanceof ICAL.Recur && rule.count === null && rule.until === null;
  });

/** The days that an event calls off: its own, that of its series in whose place it stands, or all of the series from that day on. */
function daysOff(
  component: ICAL.Component,
  events: readonly ICAL.Component[],
  from: CivilDate,
  until: CivilDate,
): CivilDate[] {
  if (!isInstead(component)) return daysOf(new ICAL.Event(component), from, until);
  const day = insteadOf(component);
  if (!isFromThenOn(component)) return [day];
  const uid = textOf(component, 'uid');
  const series = events.find((each) => textOf(each, 'uid') === uid && !isInstead(each));
  const days = series === undefined ? [] : daysOf(new ICAL.Event(series), from, until);
  return days.filter((each) => each >= day);
}

/** Days of a series, and the day from which on all of them. */
interface ChangedDays {
  days: Set<CivilDate>;
  from: CivilDate;
}

/** No day is as late. */
const NEVER: CivilDate = '9999-12-31';

/**
 * The days of each series (by its UID) that another event speaks of: moved, cancelled or called otherwise. That event says
 * whether and when they take place; the series itself still has them.
 */
function changedDays(
  events: readonly ICAL.Component[],
  unreadable: (component: ICAL.Component) => void,
): Map<string, ChangedDays> {
  const changed = new Map<string, ChangedDays>();
  for (const component of events.filter(isInstead)) {
    try {
      const day = insteadOf(component);
      const uid = textOf(component, 'uid');
      const of = changed.get(uid) ?? { days: new Set(), from: NEVER };
      of.days.add(day);
      if (isFromThenOn(component) && day < of.from) of.from = day;
      changed.set(uid, of);
    } catch {
      unreadable(component);
    }
  }
  return changed;
}

/** The day of its series in whose place an event stands. @throws where it can't be read */
const insteadOf = (component: ICAL.Component): CivilDate =>
  dayOf(component.getFirstPropertyValue('recurrence-id') as ICAL.Time);

/** Does an event take the place of a day in a series? */
const isInstead = (component: ICAL.Component): boolean =>
  textOf(component, 'uid') !== '' && component.getFirstProperty('recurrence-id') !== null;

/** Does it speak of all the days that follow in its series as well? */
const isFromThenOn = (component: ICAL.Component): boolean =>
  component.getFirstProperty('recurrence-id')?.getFirstParameter('range') === 'THISANDFUTURE';

const isOff = (component: ICAL.Component): boolean => textOf(component, 'status').toUpperCase() === 'CANCELLED';

function textOf(component: ICAL.Component, name: string): string {
  const value = component.getFirstPropertyValue(name);
  return typeof value === 'string' ? value : '';
}

function daysOf(event: ICAL.Event, from: CivilDate, until: CivilDate): CivilDate[] {
  if (!event.isRecurring()) return [dayOf(event.startDate)];
  const days: CivilDate[] = [];
  const turns = event.iterator();
  for (let n = 0; n < MAX_TURNS; n++) {
    const next = turns.next();
    if (next === undefined) break;
    const day = dayOf(next);
    if (day > until) break;
    if (day >= from) days.push(day);
  }
  return days;
}

/** The day in London: what is given in UTC may be another day there; all else says the day of the place where it is. */
function dayOf(time: ICAL.Time): CivilDate {
  const two = (n: number) => String(n).padStart(2, '0');
  const date = `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`;
  if (!isCivilDate(date)) throw new Error(`${date} is no day`);
  const isUtc = !time.isDate && time.zone?.tzid === 'UTC';
  return isUtc ? localDate(`${date}T${two(time.hour)}:${two(time.minute)}:${two(time.second)}.000Z`) : date;
}
