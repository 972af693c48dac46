import { addDays, weekday } from '../calendar/civil-date.ts';
import { instantAt, localDate, localTime } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Authority } from '../schemas/authority.ts';

/** When an authority's mail may go out: on working days, between two local times; digests at a third. */
export interface SendingHours {
  calendar: WorkingCalendar;
  sending: Authority['sending'];
}

/** May anything be sent at this instant? Never at night, never on a non-working day. */
export function mayMail(now: string, { calendar, sending }: SendingHours): boolean {
  const time = localTime(now);
  return time >= sending.from && time < sending.until && calendar.isWorkingDay(localDate(now));
}

/** The first instant from `instant` on at which something urgent may be sent. */
export function nextOpening(instant: string, hours: SendingHours): string {
  if (mayMail(instant, hours)) return instant;
  const day = localDate(instant);
  const today = hours.calendar.isWorkingDay(day) && localTime(instant) < hours.sending.from;
  return instantAt(today ? day : hours.calendar.addWorkingDays(day, 1), hours.sending.from);
}

/** The first sending time (the digest's local time on a working day) at or after an instant. */
export function nextSendingTime(instant: string, { calendar, sending }: SendingHours): string {
  const day = localDate(instant);
  const at = instantAt(day, sending.time);
  return calendar.isWorkingDay(day) && at >= instant ? at : instantAt(calendar.addWorkingDays(day, 1), sending.time);
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

/** The first weekly sending time at or after an instant: on the first working day from a weekday on, week by week. */
export function nextWeekly(
  instant: string,
  on: (typeof WEEKDAYS)[number],
  { calendar, sending }: SendingHours,
): string {
  const day = localDate(instant);
  const thisWeek = addDays(day, WEEKDAYS.indexOf(on) + 1 - weekday(day));
  // Last week's may have been put off into this one by a week of holidays.
  for (let week = -1; ; week++) {
    const at = instantAt(calendar.nextWorkingDay(addDays(thisWeek, 7 * week)), sending.time);
    if (at >= instant) return at;
  }
}

/** The sending time of a day; of the next working day where it is none. */
export function sendingTimeOn(day: string, { calendar, sending }: SendingHours): string {
  return instantAt(calendar.nextWorkingDay(day), sending.time);
}
