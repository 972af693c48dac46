import { localDate } from '../calendar/london.ts';
import type { Announcement, Milestone, Rung } from '../milestone/milestone.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { isFixed } from '../milestone/strengths.ts';
import type { Authority } from '../schemas/authority.ts';
import { firstRungAfter, rungsReached } from '../plan/ladder.ts';
import { nextSendingTime, type SendingHours, sendingTimeOn } from './sending-hours.ts';
import { milestonesOf } from './milestones.ts';
import type { LifecycleState } from './state.ts';

/** Something to be told to one role about one milestone: the furthest rung reached, what is announced, or both. */
export interface DueNotice {
  milestone: string;
  dueVersion: number;
  to: string;
  rung: Rung | null;
  /** The last of what is announced to that role. */
  announcement: Announcement | null;
  /** What was announced to it before that, and is not told yet. */
  before: readonly Announcement[];
  /** Not to be sent before this instant. */
  readyAt: string;
  /** Worth a second mail on the same day. */
  urgent: boolean;
  /** Goes at any hour: see Announcement. */
  atOnce: boolean;
}

/** The notices that nobody has been told yet, as far as they are reached by an instant. */
export function dueNotices(state: LifecycleState, now: string, hours: SendingHours): readonly DueNotice[] {
  const { kept, facts, calendar, cyclesFrom, cyclesTo, plannedOn } = state;
  const of = [kept, facts, calendar, cyclesFrom, cyclesTo, plannedOn, now];
  if (last?.of.every((each, index) => each === of[index]) === true) return last.notices;
  last = { of, notices: noticesOf(state, now, hours) };
  return last.notices;
}

/** The last answer, and what it followed from: which mails are due, and when the next ones will be, is asked in one breath. */
let last: { of: readonly unknown[]; notices: DueNotice[] } | undefined;

/** Nothing is asked for a while. */
export function forgetDueNotices(): void {
  last = undefined;
}

function noticesOf(state: LifecycleState, now: string, hours: SendingHours): DueNotice[] {
  const today = localDate(now);
  return milestonesOf(state).flatMap((milestone) => {
    const notices = new Map<string, DueNotice>();
    for (const rung of reachedRungs(milestone, today, state, hours)) {
      // Rungs in the past collapse: the furthest one says where things stand.
      notices.set(rung.to, {
        milestone: milestone.id,
        dueVersion: milestone.dueVersion,
        to: rung.to,
        rung,
        announcement: null,
        before: [],
        readyAt: sendingTimeOn(rung.on, hours),
        urgent: rung.kind === 'due-today' || (rung.kind === 'stricter' && rung.workingDays === 0),
        atOnce: false,
      });
    }
    for (const announcement of milestone.announcements) {
      const ready = announcement.urgent ? announcement.readyAt : nextSendingTime(announcement.readyAt, hours);
      const rung = notices.get(announcement.to);
      const earliest = rung === undefined || ready < rung.readyAt ? ready : rung.readyAt;
      notices.set(announcement.to, {
        milestone: milestone.id,
        dueVersion: milestone.dueVersion,
        to: announcement.to,
        rung: rung?.rung ?? null,
        announcement,
        before: announced(rung),
        readyAt: earliest,
        urgent: announcement.urgent || (rung?.urgent ?? false),
        atOnce: announcement.atOnce ?? false,
      });
    }
    return [...notices.values()];
  });
}

const announced = (notice: DueNotice | undefined): readonly Announcement[] =>
  notice === undefined || notice.announcement === null ? [] : [...notice.before, notice.announcement];

/** The rungs reached by a day that are to be told and have not been. */
function reachedRungs(milestone: Milestone, today: string, state: LifecycleState, hours: SendingHours): Rung[] {
  if (!isPending(milestone)) return [];
  const told = milestone.told;
  return rungsReached(milestone, today, state.facts.authority, hours.calendar)
    .flatMap((rung) => [rung, ...besideOwner(rung, milestone)])
    .filter((rung) => rung.index > (told[rung.to] ?? -1) && isTold(milestone, rung, today));
}

/** The owner's reminders go to those beside them too; what goes up the chain does not. */
function besideOwner(rung: Rung, { beside = [] }: Milestone): Rung[] {
  return rung.step === 'owner' ? beside.map((to) => ({ ...rung, to, step: 'beside' })) : [];
}

/**
 * A hold silences the ladder, except from the due day on where law or somebody outside has set that. A promise silences it until its day has
 * passed, and never beyond the due day.
 */
function isTold(milestone: Milestone, rung: Rung, today: string): boolean {
  const fixedDue = isFixed(milestone) && rung.workingDays >= 0;
  if (milestone.status === 'held') return fixedDue;
  const until = pausedUntil(milestone);
  return until === undefined || until < today || rung.kind === 'due-today' || fixedDue;
}

/** The last day on which a promise keeps the ladder silent: its own, or the due day where that has come to be earlier. */
function pausedUntil({ acknowledged, due }: Milestone): string | undefined {
  if (acknowledged === undefined) return undefined;
  return acknowledged.promisedOn < due ? acknowledged.promisedOn : due;
}

/** The first instant after `now` at which a rung not yet reached, a promise or a review comes up; undefined where none will. */
export function nextReached(
  milestone: Milestone,
  now: string,
  authority: Authority,
  hours: SendingHours,
): string | undefined {
  if (!isPending(milestone)) return undefined;
  const today = localDate(now);
  const days: string[] = [];
  const silent = milestone.status === 'held' && !isFixed(milestone);
  const rung = silent ? undefined : firstRungAfter(milestone, today, authority, hours.calendar);
  if (rung !== undefined) days.push(rung);
  const until = pausedUntil(milestone);
  if (until !== undefined && until >= today) days.push(hours.calendar.addWorkingDays(until, 1));
  const first = days.sort()[0];
  return first === undefined ? undefined : sendingTimeOn(first, hours);
}
