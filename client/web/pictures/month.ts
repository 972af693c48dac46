import { standingInWords } from '../../../domain/strands/call-in-window.ts';
import {
  addDays,
  type CivilDate,
  dateParts,
  formatDate,
  formatMonth,
  mondayOf,
  weekday,
} from '../../../domain/calendar/civil-date.ts';
import { addMonths } from '../../../domain/calendar/months.ts';
import type { MilestoneStanding } from '../../../domain/milestone/statuses.ts';
import type { DayOff, PicturedMilestone } from './picture.ts';
import { pathOfRow } from '../milestone-path.ts';

/** One day of a calendar's page. */
export interface CalendarDay {
  date: CivilDate;
  day: number;
  /** In full, for whoever can't see where in the table it stands. */
  words: string;
  inMonth: boolean;
  today: boolean;
  /** No working day. */
  rest: boolean;
  off: string | null;
  items: { href: string; title: string; words: string; mark: MilestoneStanding; provisional: boolean }[];
}

export interface CalendarMonth {
  caption: string;
  /** Whole weeks from Monday. */
  weeks: CalendarDay[][];
  previous: { month: string; caption: string };
  next: { month: string; caption: string };
}

/** A month (YYYY-MM) as a calendar's page: weeks from Monday, each day with what falls due on it. */
export function calendarMonth({
  month,
  today,
  milestones,
  daysOff,
}: {
  month: string;
  today: CivilDate;
  milestones: readonly PicturedMilestone[];
  daysOff: readonly DayOff[];
}): CalendarMonth {
  const first = `${month}-01`;
  const next = addMonths(first, 1);
  const off = new Map(daysOff.map((each) => [each.date, each.title]));
  const due = new Map<CivilDate, PicturedMilestone[]>();
  for (const each of milestones) due.set(each.due, [...(due.get(each.due) ?? []), each]);
  const day = (date: CivilDate): CalendarDay => ({
    date,
    day: dateParts(date).day,
    words: formatDate(date),
    inMonth: date >= first && date < next,
    today: date === today,
    rest: off.has(date) || weekday(date) === 0 || weekday(date) === 6,
    off: off.get(date) ?? null,
    items: (due.get(date) ?? []).map((each) => ({
      href: pathOfRow(each),
      title: each.title,
      words: standingInWords(each),
      mark: each.standing,
      provisional: each.provisional,
    })),
  });
  const weeks: CalendarDay[][] = [];
  for (let monday = mondayOf(first); monday < next; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, index) => day(addDays(monday, index))));
  return {
    caption: formatMonth(first),
    weeks,
    previous: linked(addMonths(first, -1)),
    next: linked(next),
  };
}

const linked = (first: CivilDate) => ({ month: first.slice(0, 7), caption: formatMonth(first) });
