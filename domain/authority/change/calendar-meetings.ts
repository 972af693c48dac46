import { type CivilDate, daysBetween } from '../../calendar/civil-date.ts';
import type { Authority } from '../../schemas/authority.ts';
import { dayOf, withBody, withMoreMeetings } from './meetings.ts';
import type { Meetings } from './words.ts';

/** What a calendar says of a body's meetings from a day on. */
export interface CalendarMeetings {
  /** The days on which there is one. */
  dates: readonly CivilDate[];
  /** Those that it has called off. */
  cancelled: readonly CivilDate[];
  moved: readonly { on: CivilDate; to: CivilDate }[];
}

/** What becomes of meetings to come of which the calendar says nothing: they stay, or are taken as moved or cancelled. */
export type Missing = 'stay' | 'gone';

/** A new day further off than this is another meeting: the one that is gone is taken as cancelled. */
const MAX_MOVED_DAYS = 14;

type Meeting = Meetings[number];

/** The day on which a meeting takes place; undefined where it does not. */
const heldOn = (meeting: Meeting): CivilDate | undefined => {
  if (typeof meeting === 'string') return meeting;
  return meeting.cancelled === undefined ? (meeting.movedTo ?? meeting.on) : undefined;
};

/**
 * A body's meetings to come, brought to what a calendar says of them. What was said here of a meeting that the calendar still has
 * stays; those before `from` are left as they are.
 */
export function withCalendarMeetings(
  authority: Authority,
  body: string,
  calendar: CalendarMeetings,
  { from, missing }: { from: CivilDate; missing: Missing },
): Authority {
  const changed = withBody(authority, body, (each) => {
    const coming = each.meetings.filter((meeting) => dayOf(meeting) >= from);
    const said = new Map(coming.map((meeting) => [meeting, saidOf(meeting, calendar)] as const));
    const taken = new Set([...said.values(), ...coming].map((meeting) => meeting && heldOn(meeting)));
    const gone = missing === 'stay' ? [] : coming.filter((meeting) => said.get(meeting) === undefined);
    const fresh = calendar.dates.filter((day) => !taken.has(day));
    const moves = nearestOf(gone, fresh);
    const now = (meeting: Meeting): Meeting => {
      const as = said.get(meeting);
      if (as !== undefined || !gone.includes(meeting)) return as ?? meeting;
      const to = moves.get(meeting);
      return to === undefined
        ? { on: dayOf(meeting), cancelled: 'no longer in the calendar' }
        : { on: dayOf(meeting), movedTo: to };
    };
    return { ...each, meetings: each.meetings.map((meeting) => (dayOf(meeting) >= from ? now(meeting) : meeting)) };
  });
  const known = new Set(changed.bodies.find(({ id }) => id === body)?.meetings.map(heldOn));
  return withMoreMeetings(
    changed,
    body,
    calendar.dates.filter((day) => day >= from && !known.has(day)),
  );
}

/** A meeting as the calendar has it; undefined where it says nothing of it. */
function saidOf(meeting: Meeting, { dates, cancelled, moved }: CalendarMeetings): Meeting | undefined {
  const on = dayOf(meeting);
  const held = heldOn(meeting);
  // It does not take place, as somebody has said here.
  if (held === undefined) return meeting;
  if (dates.includes(on) || dates.includes(held)) return meeting;
  const to = moved.find((each) => each.on === held || each.on === on)?.to;
  if (to !== undefined) return { on, movedTo: to };
  return cancelled.includes(held) || cancelled.includes(on)
    ? { on, cancelled: 'called off in the calendar' }
    : undefined;
}

/** Each meeting that is gone with the new day nearest to it, where it is the nearest to that day as well. */
function nearestOf(gone: readonly Meeting[], fresh: readonly CivilDate[]): Map<Meeting, CivilDate> {
  const away = (meeting: Meeting, day: CivilDate) => Math.abs(daysBetween(heldOn(meeting) ?? dayOf(meeting), day));
  const found = new Map<Meeting, CivilDate>();
  for (const meeting of gone) {
    const [to] = fresh.toSorted((a, b) => away(meeting, a) - away(meeting, b));
    if (to === undefined || away(meeting, to) > MAX_MOVED_DAYS) continue;
    const [nearest] = gone.toSorted((a, b) => away(a, to) - away(b, to));
    if (nearest === meeting) found.set(meeting, to);
  }
  return found;
}
