import { CalendarError } from '../calendar/calendar-error.ts';
import type { CivilDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { PlanOptions } from '../facts/facts.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import type { Rule } from '../schemas/rule-pack.ts';
import { type CycleQuestion, type Occurrence, occurrencesOf } from './cycles.ts';
import { milestoneFromRule, type Particulars } from './from-rule.ts';
import { hasRoom } from './ladder.ts';

/** More than this many rounds of one cycle are never planned at once: 50 years of months. */
const MAX_ROUNDS = 600;

/** A cycle with its last date, where it has one. */
export interface Rounds extends CycleQuestion {
  until?: CivilDate | undefined;
}

/**
 * The rounds of a cycle, numbered from 1, as far ahead as the window asks. A later one that the known bank holidays leave no
 * room for is not planned, nor are those after it: they come once the holidays do.
 *
 * @throws CalendarError where not even the first can be worked out
 */
export function roundsOf(
  rule: Rule,
  about: Particulars,
  cycle: Rounds,
  calendar: WorkingCalendar,
  options: PlanOptions,
): PlannedMilestone[] {
  const planned: PlannedMilestone[] = [];
  const first = options.cyclesFrom?.[about.id] ?? 1;
  const atLeast = options.cyclesTo?.[about.id] ?? 0;
  const coming = occurrencesOf(cycle, calendar);
  let ahead = 0;
  let round = take(coming, true);
  while (round !== undefined && planned.length < MAX_ROUNDS) {
    const next = take(coming, false);
    if (round.number >= first) {
      const milestone = ofRound(rule, about, cycle, round, next, calendar);
      if (milestone === undefined) break;
      if (cycle.until !== undefined && milestone.due > cycle.until) break;
      if ('until' in options.cycles) {
        if (milestone.due > options.cycles.until) break;
      } else if (milestone.due > options.cycles.today && ++ahead > options.cycles.ahead && round.number > atLeast)
        break;
      planned.push(milestone);
    }
    round = next;
  }
  return planned;
}

/** The next round; undefined where there is none, or a later one than the first lies beyond the known holidays. */
function take(coming: Iterator<Occurrence, void>, isFirst: boolean): Occurrence | undefined {
  try {
    const next = coming.next();
    return next.done === true ? undefined : next.value;
  } catch (error) {
    if (!isFirst && isBeyond(error)) return undefined;
    throw error;
  }
}

const isBeyond = (error: unknown): boolean => error instanceof CalendarError && error.code === 'out-of-range';

/** One round; undefined where a later one than the first finds no room before the known holidays end. */
function ofRound(
  rule: Rule,
  about: Particulars,
  cycle: Rounds,
  round: Occurrence,
  next: Occurrence | undefined,
  calendar: WorkingCalendar,
): PlannedMilestone | undefined {
  try {
    const particulars: Particulars = {
      ...withNextRound(about, next),
      id: `${about.id}-${round.number}`,
      title: `${about.title}, no. ${round.number}`,
      round,
    };
    // A day that somebody has named is that day.
    const stays = round.on === cycle.first;
    const milestone = milestoneFromRule(stays ? { ...rule, roll: 'none' } : rule, particulars, calendar);
    return round.number === 1 || hasRoom(milestone.due, milestone.ladder, calendar) ? milestone : undefined;
  } catch (error) {
    if (round.number > 1 && isBeyond(error)) return undefined;
    throw error;
  }
}

/** The written route of a round ends where the next round begins. */
function withNextRound(about: Particulars, next: Occurrence | undefined): Particulars {
  if (about.meetings?.written === undefined || next === undefined) return about;
  return { ...about, meetings: { ...about.meetings, written: { ...about.meetings.written, before: next.on } } };
}
