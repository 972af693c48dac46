import { addDays, type CivilDate } from '../calendar/civil-date.ts';
import { addMonths, monthsBeginningWith } from '../calendar/months.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import type { Period } from '../schemas/common.ts';

/** What a period is counted in, and whether the day it starts from counts itself. */
export type Unit = Period['unit'];
export type Convention = Period['convention'];

type Count = (from: CivilDate, n: number, calendar: WorkingCalendar) => CivilDate;

interface UnitOfTime {
  /** 'working day', from which '90 working days' is made. */
  name: string;
  /** Days off are passed over, and said. */
  working: boolean;
  /** From a period's start to its last day. */
  count: Record<Convention, Count>;
  /** From a day back to the latest start whose period has run out by then; in working days, the latest working day. */
  countBack: Record<Convention, Count>;
}

/** Several starts may have one last day, as months are not all as long: the latest of them is at most so much later. */
const MAX_DAYS_LATER = 4;

function latestStart(first: CivilDate, day: CivilDate, lastDay: (start: CivilDate) => CivilDate): CivilDate {
  let start = addDays(first, MAX_DAYS_LATER);
  while (lastDay(start) > day) start = addDays(start, -1);
  return start;
}

/** Days of a week. */
const WEEK = 7;

const clearMonthsBefore = (day: CivilDate, n: number): CivilDate => addDays(addMonths(day, -n), -1);
const ofMonthsBeginningWith = (day: CivilDate, n: number): CivilDate =>
  n === 0 ? addDays(day, -1) : monthsBeginningWith(day, n);

/** Every unit under every convention, both ways: a new one of either does not compile until it can be counted. */
export const UNITS: Record<Unit, UnitOfTime> = {
  'working-day': {
    name: 'working day',
    working: true,
    count: {
      after: (start, n, calendar) => calendar.addWorkingDays(start, n),
      'beginning-with': (start, n, calendar) => calendar.addWorkingDays(addDays(start, -1), n),
      'clear-before': (start, n, calendar) => calendar.clearDaysBefore(start, n),
    },
    countBack: {
      after: (day, n, calendar) => calendar.addWorkingDays(calendar.previousWorkingDay(day), -n),
      'beginning-with': (day, n, calendar) => calendar.addWorkingDays(calendar.previousWorkingDay(day), 1 - n),
      'clear-before': (day, n, calendar) => calendar.addWorkingDays(calendar.previousWorkingDay(day), n + 1),
    },
  },
  'calendar-day': {
    name: 'day',
    working: false,
    count: {
      after: (start, n) => addDays(start, n),
      'beginning-with': (start, n) => addDays(start, n - 1),
      'clear-before': (start, n) => addDays(start, -n - 1),
    },
    countBack: {
      after: (day, n) => addDays(day, -n),
      'beginning-with': (day, n) => addDays(day, 1 - n),
      'clear-before': (day, n) => addDays(day, n + 1),
    },
  },
  week: {
    name: 'week',
    working: false,
    count: {
      after: (start, n) => addDays(start, n * WEEK),
      'beginning-with': (start, n) => addDays(start, n * WEEK - 1),
      'clear-before': (start, n) => addDays(start, -n * WEEK - 1),
    },
    countBack: {
      after: (day, n) => addDays(day, -n * WEEK),
      'beginning-with': (day, n) => addDays(day, 1 - n * WEEK),
      'clear-before': (day, n) => addDays(day, n * WEEK + 1),
    },
  },
  month: {
    name: 'month',
    working: false,
    count: { after: addMonths, 'beginning-with': ofMonthsBeginningWith, 'clear-before': clearMonthsBefore },
    countBack: {
      after: (day, n) => latestStart(addMonths(day, -n), day, (start) => addMonths(start, n)),
      'beginning-with': (day, n) => latestStart(addMonths(day, -n), day, (start) => ofMonthsBeginningWith(start, n)),
      'clear-before': (day, n) => latestStart(addMonths(day, n), day, (start) => clearMonthsBefore(start, n)),
    },
  },
};

interface ConventionOfDays {
  /** What stands before the unit's name: '5 clear days'. */
  adjective: string;
  /** 'after the day', to which a rule says which day: the day on which the report was received. */
  relation: string;
  /** The day that counting forwards leaves out, itself not counted. */
  dayZero(start: CivilDate): CivilDate;
  /** How an explanation says what was counted, after a sentence that has named the day. */
  sentence(amount: string, turn: string, lastDay: string, isDayOne: boolean): string;
}

/** Every convention, as people read it. */
export const CONVENTIONS: Record<Convention, ConventionOfDays> = {
  after: {
    adjective: '',
    relation: 'after the day',
    dayZero: (start) => start,
    sentence: (amount, turn, lastDay) => `${amount} after that day, which is not counted itself${turn}: ${lastDay}.`,
  },
  'beginning-with': {
    adjective: '',
    relation: 'beginning with the day',
    dayZero: (start) => addDays(start, -1),
    sentence: (amount, turn, lastDay, isDayOne) =>
      `${amount} beginning with that day${isDayOne ? ', so that it is day 1' : ''}${turn}: ${lastDay}.`,
  },
  'clear-before': {
    adjective: 'clear ',
    relation: 'before the day',
    dayZero: (start) => start,
    sentence: (amount, turn, lastDay) =>
      `${amount} before it, leaving out both that day and the day itself${turn}: ${lastDay}.`,
  },
};

/**
 * The last day of a period, without any roll. A count of months comes to the same day of the month or to its end, always from
 * the start.
 *
 * @param start the day of what sets it off; whether it counts itself is the period's convention
 * @throws CalendarError `out-of-range` where it leaves the years for which holidays are known
 * @example
 * lastDayOf({ n: 3, unit: 'month', convention: 'beginning-with' }, '2016-03-01', calendar) // '2016-05-31'
 */
export function lastDayOf({ n, unit, convention }: Period, start: CivilDate, calendar: WorkingCalendar): CivilDate {
  return UNITS[unit].count[convention](start, n, calendar);
}

/**
 * Backwards: the latest day on which a period can start that is to have run out by a day. In working days it is a working
 * day, and the latest such.
 *
 * @param n 1 or more where it begins with its first day
 * @throws CalendarError `out-of-range`
 * @example
 * latestStartOf({ n: 5, unit: 'working-day', convention: 'after' }, '2016-06-30', calendar) // '2016-06-23'
 */
export function latestStartOf({ n, unit, convention }: Period, day: CivilDate, calendar: WorkingCalendar): CivilDate {
  return UNITS[unit].countBack[convention](day, n, calendar);
}

/** How much it is: '90 working days', '1 month', '5 clear days'. */
export function amountInWords({ n, unit, convention }: Period): string {
  return `${n} ${CONVENTIONS[convention].adjective}${UNITS[unit].name}${n === 1 ? '' : 's'}`;
}

/** A period as people say it: '90 working days after the day', '5 clear days before the day'. */
export function periodInWords(period: Period): string {
  return `${amountInWords(period)} ${CONVENTIONS[period.convention].relation}`;
}

/** A period that comes round again and again: 'every month', 'every 3 months'. */
export function cycleInWords(period: Period): string {
  return `every ${period.n === 1 ? UNITS[period.unit].name : amountInWords(period)}`;
}
