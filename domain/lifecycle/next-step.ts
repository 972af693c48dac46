import { CalendarError } from '../calendar/calendar-error.ts';
import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { hasRoom } from '../plan/ladder.ts';
import type { Ladder } from '../schemas/rule-pack.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { withAllOnRecord } from './all-on-record.ts';
import { mustBeginWithin, mustStayWithin, nearLimits, nearLimitSentence, sizesOf } from './limits.ts';
import { milestonesOf } from './milestones.ts';
import { record } from './record.ts';
import { calendarOf, type LifecycleState } from './state.ts';
import { viewOf } from './view.ts';
import { nextWake, wake } from './wake.ts';

/** A date of which nobody is told by a ladder. */
const NO_LADDER = { after: [] };

/**
 * Makes a change only where the lifecycle can go on with it. Whatever it would fail at later is refused here: the whole
 * next step is worked out (what is due now, when it wakes next, how it looks), and every date that the change has set must
 * leave room for its notices within the known bank holidays.
 *
 * @param before the milestones as they were: those that the change leaves alone are not asked about again
 * @param now an instant, UTC
 * @throws Refusal 'wrong-date' that names the date and the last day that can be counted with; and what `change` throws
 * @example
 * withNextStep(state, now, () => hold(state, …'2099-01-01'…))
 * // Refusal: The review of "Audit", on Thursday 1 January 2099, is beyond Monday 31 December 2040, the last day for …
 */
export function withNextStep(before: LifecycleState, now: string, change: () => LifecycleState): LifecycleState {
  try {
    if (before.seq === 0) mustBeginWithin(before.facts);
    const after = noteLimits(withAllOnRecord(before, change(), now), now);
    for (const milestone of milestonesOf(after))
      if (after.kept[milestone.id] !== before.kept[milestone.id]) mustEndInTime(milestone, calendarOf(after));
    mustWake(after, now);
    if (before.seq > 0) mustStayWithin(before, after);
    return after;
  } catch (error) {
    if (error instanceof CalendarError && error.code === 'out-of-range') throw unknownYears(calendarOf(before));
    throw error;
  }
}

/** Its administrator is told once, by the record and the morning summary, that it is at half of what is possible. */
function noteLimits(state: LifecycleState, now: string): LifecycleState {
  const sizes = sizesOf(state);
  const near = nearLimits(sizes).filter((name) => state.nearLimits?.includes(name) !== true);
  if (near.length === 0) return state;
  const noted: LifecycleState = { ...state, nearLimits: [...(state.nearLimits ?? []), ...near] };
  return record(
    noted,
    now,
    near.map((name) => ({ kind: 'limit-near', text: nearLimitSentence(name, sizes), data: { limit: name } })),
  );
}

/** Wakes it as the keeper would, and throws the result away. */
function mustWake(state: LifecycleState, now: string): void {
  const { state: awake } = wake(state, now);
  nextWake(awake, now);
  viewOf(awake, now);
}

/** Each date of a milestone, and the last notice that its ladder names, lie within the known holidays. */
function mustEndInTime(milestone: Milestone, calendar: WorkingCalendar): void {
  if (!isPending(milestone)) return;
  const { title, ladder, hold, acknowledged, extensionRequested } = milestone;
  const dates: [what: string, day: CivilDate | undefined, told: Pick<Ladder, 'after' | 'inform'>][] = [
    [`The due date of "${title}"`, milestone.due, ladder],
    [`The review of "${title}"`, hold?.reviewOn, NO_LADDER],
    [`The date promised for "${title}"`, acknowledged?.promisedOn, NO_LADDER],
    // Granted it is the due date: whoever grants it must be able to.
    [`The date asked for "${title}"`, extensionRequested?.to, ladder],
  ];
  for (const [what, day, told] of dates) {
    if (day !== undefined) mustHaveRoom(what, day, told, calendar);
  }
}

/**
 * A date lies within the known holidays, with the notices that follow it.
 *
 * @throws Refusal 'wrong-date'
 */
export function mustHaveRoom(
  what: string,
  day: CivilDate,
  told: Pick<Ladder, 'after' | 'inform'>,
  calendar: WorkingCalendar,
): void {
  mustBeKnown(what, day, calendar, undefined);
  if (!hasRoom(day, told, calendar))
    throw new Refusal(
      'wrong-date',
      `${what}, ${formatDate(day)}, leaves no room for its notices before ${lastDay(calendar)}; ${EARLIER}.`,
      undefined,
    );
}

const EARLIER = 'choose an earlier date';

/**
 * A date that a person names lies within the years for which holidays are known, whatever it is of.
 *
 * @param what a clause that says what it is, for example `The review of "Audit"`
 * @param field of the command that gives it; undefined where it follows from one
 * @throws Refusal 'wrong-date'
 */
export function mustBeKnown(what: string, day: CivilDate, calendar: WorkingCalendar, field: string | undefined): void {
  if (day > calendar.until)
    throw new Refusal('wrong-date', `${what}, ${formatDate(day)}, is beyond ${lastDay(calendar)}; ${EARLIER}.`, field);
}

function lastDay({ until }: WorkingCalendar): string {
  return `${formatDate(until)}, the last day for which bank holidays are known`;
}

/** A date that the change rests on, rather than one that it sets. */
function unknownYears({ from, until }: WorkingCalendar): Refusal {
  return new Refusal(
    'wrong-date',
    `That can't be worked out: it rests on a day outside the years for which holidays are known, ${formatDate(from)} to ${formatDate(until)}. Choose another date.`,
    undefined,
  );
}
