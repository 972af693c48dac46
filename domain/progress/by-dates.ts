import type { CivilDate } from '../calendar/civil-date.ts';
import { workingDaysLeft } from '../calendar/lateness.ts';
import { localDate } from '../calendar/london.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Milestone, MilestoneStatus } from '../milestone/milestone.ts';
import { isOverdue } from '../milestone/milestone-state.ts';
import { MILESTONE_STATUSES } from '../milestone/statuses.ts';
import type { Counts, RatingColour } from './rating-words.ts';

/** How a duty stands by its dates alone, whatever its owner says of it. */
export type ByDates =
  | 'late'
  | 'will-be-late'
  | 'forecast-passed'
  | 'on-hold'
  | 'due-soon'
  | 'on-time'
  | 'submitted'
  | 'done'
  | 'no-longer-applies'
  | 'no-longer-needed'
  | 'not-finished';

/** A duty is due soon from so many working days before its date. */
const SOON = 10;

/** What each is called, by which rule it is so, and what it counts as. The first that holds is the one. */
export const BY_DATES: Record<ByDates, { words: string; meaning: string; colour: RatingColour; counts: Counts }> = {
  late: { words: 'Late', meaning: 'its date has passed', colour: 'red', counts: 'off-track' },
  'will-be-late': {
    words: 'Will be late',
    meaning: 'its owner expects it after its date',
    colour: 'red',
    counts: 'off-track',
  },
  'on-hold': { words: 'On hold', meaning: 'it is on hold', colour: 'amber', counts: 'at-risk' },
  'forecast-passed': {
    words: 'Forecast passed',
    meaning: 'the day by which its owner expected it has passed, its date has not',
    colour: 'amber',
    counts: 'at-risk',
  },
  'due-soon': {
    words: 'Due soon',
    meaning: `it is due within ${SOON} working days`,
    colour: 'amber',
    counts: 'on-track',
  },
  'on-time': { words: 'On time', meaning: 'all else that is still to be done', colour: 'green', counts: 'on-track' },
  submitted: {
    words: MILESTONE_STATUSES.submitted.words,
    meaning: 'it is submitted, and waits to be accepted: it is not done yet',
    colour: 'green',
    counts: 'on-track',
  },
  done: { words: MILESTONE_STATUSES.completed.words, meaning: 'it is done', colour: 'blue', counts: 'done' },
  'no-longer-applies': {
    words: MILESTONE_STATUSES.waived.words,
    meaning: 'somebody has recorded that it need not be done any more',
    colour: 'grey',
    counts: 'done',
  },
  'no-longer-needed': {
    words: MILESTONE_STATUSES.lapsed.words,
    meaning: 'it is in the plan no more, or what it was for is over',
    colour: 'grey',
    counts: 'done',
  },
  'not-finished': {
    words: MILESTONE_STATUSES.unfinished.words,
    meaning: 'it was to be done when the inspection was closed',
    colour: 'grey',
    counts: 'off-track',
  },
};

/** The rules in one sentence, as reports print them. */
export const BY_DATES_RULE = `By its dates an action is: ${Object.values(BY_DATES)
  .map(({ words, meaning }) => `${words} (${meaning})`)
  .join('; ')}.`;

/** What a status says by itself; null where its dates decide. */
const BY_STATUS: Record<MilestoneStatus, ByDates | null> = {
  open: null,
  held: null,
  submitted: 'submitted',
  completed: 'done',
  missed: 'late',
  waived: 'no-longer-applies',
  lapsed: 'no-longer-needed',
  unfinished: 'not-finished',
};

/** What it depends on. */
export interface Dated extends Pick<Milestone, 'status' | 'strength' | 'due' | 'dueAt'> {
  /** The day by which its owner expects it. */
  forecast?: CivilDate | null | undefined;
}

/**
 * How a duty stands by its dates at an instant (UTC). A forecast after its date shows before it is late.
 *
 * @param calendar the authority's working days; dates beyond its years count as far as these go
 * @example
 * byDates({ status: 'open', due: '2016-04-29', forecast: '2016-05-06', … }, '2016-03-01T10:00:00.000Z', calendar) // 'will-be-late'
 */
export function byDates(duty: Dated, now: string, calendar: WorkingCalendar): ByDates {
  const { status, due, forecast } = duty;
  const ended = BY_STATUS[status];
  if (ended !== null) return ended;
  if (isOverdue(duty, now)) return 'late';
  if (isAfter(forecast, due)) return 'will-be-late';
  if (status === 'held') return 'on-hold';
  const today = localDate(now);
  if (isAfter(today, forecast)) return 'forecast-passed';
  const known = (date: CivilDate): CivilDate =>
    date < calendar.from ? calendar.from : date > calendar.until ? calendar.until : date;
  return workingDaysLeft(known(due), known(today), calendar) <= SOON ? 'due-soon' : 'on-time';
}

const isAfter = (date: CivilDate | null | undefined, other: CivilDate | null | undefined): boolean =>
  typeof date === 'string' && typeof other === 'string' && date > other;
