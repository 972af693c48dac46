import { CalendarError } from '../calendar/calendar-error.ts';
import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Facts } from '../facts/facts.ts';
import type { Milestone } from '../milestone/milestone.ts';
import { hasRoom } from '../plan/ladder.ts';
import type { Ladder } from '../schemas/rule-pack.ts';
import { jsonBytes } from '../json-bytes.ts';
import { isPending } from '../milestone/milestone-state.ts';
import { Refusal } from '../refusal.ts';
import { milestonesOf } from './milestones.ts';
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
export function withNextStep(
  before: Pick<LifecycleState, 'kept'>,
  now: string,
  change: () => LifecycleState,
): LifecycleState {
  try {
    const after = change();
    for (const milestone of milestonesOf(after))
      if (after.kept[milestone.id] !== before.kept[milestone.id]) mustEndInTime(milestone, calendarOf(after));
    mustWake(after, now);
    mustFit(after, Object.keys(before.kept).length === 0 ? MAX_FIRST_BYTES : MAX_STATE_BYTES);
    return after;
  } catch (error) {
    if (error instanceof CalendarError && error.code === 'out-of-range') throw unknownYears(error);
    throw error;
  }
}

/**
 * Bytes that what a lifecycle keeps may take, without its mail and what is on its way to the register: it goes to the next run
 * in one payload, which Temporal limits to 2 MiB, with the duties that each reader has in their calendar.
 */
const MAX_STATE_BYTES = 1_000_000;
/** The same at its start: what people will do and say needs room too. */
const MAX_FIRST_BYTES = 800_000;

/** Of the facts, which are most of it and which few changes touch. */
const factsBytes = new WeakMap<Facts, number>();

/** What it keeps can be handed to the next run. */
function mustFit(state: LifecycleState, max: number): void {
  const { mail: _mail, unrecorded: _unrecorded, abandoned: _abandoned, facts, ...marks } = state;
  const ofFacts = factsBytes.get(facts) ?? jsonBytes(facts);
  factsBytes.set(facts, ofFacts);
  const bytes = ofFacts + jsonBytes(marks);
  if (bytes > max)
    throw new Refusal(
      'too-large',
      `That makes the inspection too large to be kept: ${Math.ceil(bytes / 1024)} KiB, and ${Math.floor(max / 1024)} KiB are possible. Shorten its texts, or split it into two inspections.`,
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
  const { title, ladder, hold, acknowledged } = milestone;
  const dates: [what: string, day: CivilDate | undefined, told: Pick<Ladder, 'after' | 'inform'>][] = [
    [`The due date of "${title}"`, milestone.due, ladder],
    [`The review of "${title}"`, hold?.reviewOn, NO_LADDER],
    [`The date promised for "${title}"`, acknowledged?.promisedOn, NO_LADDER],
  ];
  for (const [what, day, told] of dates) {
    if (day === undefined) continue;
    if (day > calendar.until)
      throw new Refusal('wrong-date', `${what}, ${formatDate(day)}, is beyond ${lastDay(calendar)}; ${EARLIER}.`);
    if (!hasRoom(day, told, calendar))
      throw new Refusal(
        'wrong-date',
        `${what}, ${formatDate(day)}, leaves no room for its notices before ${lastDay(calendar)}; ${EARLIER}.`,
      );
  }
}

const EARLIER = 'choose an earlier date';

function lastDay({ until }: WorkingCalendar): string {
  return `${formatDate(until)}, the last day for which bank holidays are known`;
}

/** A date that the change rests on, rather than one that it sets: the calendar's own words say which. */
function unknownYears({ message }: CalendarError): Refusal {
  return new Refusal('wrong-date', `That can't be worked out. ${message}. Choose another date.`);
}
