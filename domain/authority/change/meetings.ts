import { addDays, type CivilDate } from '../../calendar/civil-date.ts';
import { monthsFrom } from '../../calendar/months.ts';
import type { WorkingCalendar } from '../../calendar/working-calendar.ts';
import { meetingDates } from '../../meetings/meetings.ts';
import { occurrencesOf } from '../../plan/cycles.ts';
import type { Authority } from '../../schemas/authority.ts';
import type { Cycle } from '../../schemas/cycle.ts';
import type { Meetings } from './words.ts';

type Body = Authority['bodies'][number];

export const dayOf = (meeting: Meetings[number]): CivilDate => (typeof meeting === 'string' ? meeting : meeting.on);

/** A body with something of it changed; nothing else of the file is another. */
export function withBody(authority: Authority, id: string, change: (body: Body) => Body): Authority {
  return { ...authority, bodies: authority.bodies.map((each) => (each.id === id ? change(each) : each)) };
}

const withMeetings = (authority: Authority, body: string, change: (meetings: Meetings) => Meetings): Authority =>
  withBody(authority, body, (each) => ({ ...each, meetings: change(each.meetings) }));

/** More meetings, beside those that are there. */
export function withMoreMeetings(authority: Authority, body: string, dates: readonly CivilDate[]): Authority {
  return withMeetings(authority, body, (meetings) => {
    const known = new Set(meetings.map(dayOf));
    const more = [...new Set(dates)].filter((date) => !known.has(date));
    return [...meetings, ...more].toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
  });
}

/** Its meetings from a day on are those of a list and no others; what was said of one that stays, stays. */
export function withMeetingsFrom(
  authority: Authority,
  body: string,
  dates: readonly CivilDate[],
  from: CivilDate,
): Authority {
  const without = withMeetings(authority, body, (meetings) =>
    meetings.filter((each) => dayOf(each) < from || dates.includes(dayOf(each))),
  );
  return withMoreMeetings(without, body, dates);
}

/** One meeting as it is from now on; undefined where it is taken off the list. */
export function withMeeting(
  authority: Authority,
  body: string,
  day: CivilDate,
  meeting: Meetings[number] | undefined,
): Authority {
  return withMeetings(authority, body, (meetings) =>
    meetings.flatMap((each) => (dayOf(each) === day ? (meeting ?? []) : each)),
  );
}

/** The days, before today, on which meetings take place by a changed file and did not by the one before: each with its body's name. */
export function newInThePast(before: Authority, after: Authority, today: CivilDate): { body: string; on: CivilDate }[] {
  return after.bodies.flatMap((body) => {
    const was = before.bodies.find(({ id }) => id === body.id);
    const known = new Set(was === undefined ? [] : meetingDates(was));
    return meetingDates(body).flatMap((on) => (on >= today || known.has(on) ? [] : [{ body: body.name, on }]));
  });
}

/** How meetings come round, as somebody types it. */
export interface MeetingCycle {
  /** After so many weeks or months; on the same day of the week, or of the month, or on a weekday of the month. */
  way: 'weeks' | 'months' | 'weekday';
  n: number;
  weekday?: Cycle['weekday'];
  which?: Cycle['which'];
  /** The first meeting; for a weekday of the month, the day from which they are looked for. */
  from: CivilDate;
  until: CivilDate;
  /** Those on days on which nobody works are left out. */
  workingDaysOnly: boolean;
}

/** More than so many meetings are not made at once. */
export const MAX_MEETINGS = 100;

/**
 * The days of a cycle of meetings, in order, both ends included.
 *
 * @throws CalendarError `out-of-range` where the known holidays end before `until`
 */
export function meetingsByCycle(cycle: MeetingCycle, calendar: WorkingCalendar): CivilDate[] {
  const { way, n, weekday, which, from, until, workingDaysOnly } = cycle;
  const isByWeekday = way === 'weekday';
  const every: Cycle = isByWeekday
    ? { weekday, which, convention: 'after' }
    : { n, unit: way === 'weeks' ? 'week' : 'month', convention: 'after' };
  const question = { every, from: addDays(from, -1), first: isByWeekday ? undefined : from };
  const days: CivilDate[] = [];
  let first: CivilDate | undefined;
  for (const { on } of occurrencesOf(question, calendar)) {
    if (on > until || days.length >= MAX_MEETINGS) break;
    first ??= on;
    if (isByWeekday && monthsFrom(first, on) % n !== 0) continue;
    if (!workingDaysOnly || calendar.isWorkingDay(on)) days.push(on);
  }
  return days;
}
