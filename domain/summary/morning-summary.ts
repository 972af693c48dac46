import { addDays, type CivilDate, formatDate, mondayOf } from '../calendar/civil-date.ts';
import type { CalendarData } from '../calendar/calendar-data.ts';
import {
  differenceInWords,
  holidayDifference,
  publishedHolidays,
  withPublished,
} from '../calendar/published-holidays.ts';
import type { BankHolidays } from '../schemas/bank-holidays.ts';
import { workingDaysLeft } from '../calendar/lateness.ts';
import { localDate } from '../calendar/london.ts';
import { createCalendar } from '../calendar/working-calendar.ts';
import { addresseeOf } from '../authority/addressee.ts';
import type { Envelope } from '../lifecycle/digest.ts';
import { isOverdue } from '../milestone/milestone-state.ts';
import type { Milestone, MilestoneStatus } from '../milestone/milestone.ts';
import { roleTitle } from '../authority/roles.ts';
import type { Authority } from '../schemas/authority.ts';

/** A milestone of an open inspection as the summary lists it. */
export interface SummaryMilestone {
  reference: string;
  inspectionTitle: string;
  milestone: string;
  title: string;
  ownerTitle: string;
  due: CivilDate;
  dueAt: string;
  status: MilestoneStatus;
  strength: Milestone['strength'];
  provisional: boolean;
  holdReviewOn: CivilDate | null;
}

/** A mail that nobody got. */
export interface SummaryMail {
  reference: string;
  recipient: string;
  day: CivilDate;
  reason: string | null;
}

export interface SummaryRow extends SummaryMilestone {
  /** Working days from today to the due day; negative when it is late. */
  workingDaysLeft: number;
}

/** What an administrator should know before nine: of all the authority's open inspections. */
export interface MorningSummary extends Envelope {
  /** The longest overdue first. */
  overdue: SummaryRow[];
  /** Due from today to the end of the week, Sunday. */
  dueThisWeek: SummaryRow[];
  /** On hold, with a review date that has passed. */
  pastReview: SummaryRow[];
  undeliverable: SummaryMail[];
  /** Resting on bank holidays that are not published yet. */
  provisional: SummaryRow[];
  /** What there is to know about bank holidays: new ones to be approved, or a source that can't be read. */
  bankHolidays: string[];
}

/** What is in the register about an authority's open inspections. */
export interface MorningFacts {
  milestones: SummaryMilestone[];
  undeliverable: SummaryMail[];
  /** The bank holidays as they were last read; null where nobody looks for them. */
  feed: { content: BankHolidays | null; problem: string | null; problemSince: string | null } | null;
}

/**
 * The morning's summary for an authority's administrator, or for their delegate; undefined where there is nothing to
 * say: no mail then.
 *
 * @param now an instant of that morning, UTC
 */
export function morningSummary(
  authority: Authority,
  { milestones, undeliverable, feed }: MorningFacts,
  data: CalendarData,
  now: string,
): MorningSummary | undefined {
  const calendar = createCalendar(data);
  const day = localDate(now);
  const sunday = addDays(mondayOf(day), 6);
  const rows = milestones
    .map((each): SummaryRow => ({ ...each, workingDaysLeft: workingDaysLeft(each.due, day, calendar) }))
    .sort(byDueThenPlace);
  const overdue = rows.filter((row) => isOverdue(row, now));
  const dueThisWeek = rows.filter((row) => row.status === 'open' && row.dueAt > now && row.due <= sunday);
  const pastReview = rows.filter((row) => row.status === 'held' && row.holdReviewOn !== null && row.holdReviewOn < day);
  const provisional = rows.filter((row) => row.provisional && row.dueAt > now);
  const bankHolidays = bankHolidayNews(feed, data);
  const urgent = bankHolidays.length + overdue.length + dueThisWeek.length + pastReview.length + undeliverable.length;
  // Provisional dates alone stay the same for months: they are worth a line in a mail, not a mail of their own.
  if (urgent === 0) return undefined;
  const role = authority.chain.administrator;
  const { email, coversUntil } = addresseeOf(authority, role, day);
  const title = roleTitle(authority, role);
  return {
    id: `${authority.id}/${MORNING_SUMMARY}/${email}/${day}/1`,
    authority: { id: authority.id, name: authority.name },
    reference: MORNING_SUMMARY,
    recipient: {
      email,
      roles: authority.roles
        .filter((each) => each.email?.toLowerCase() === email)
        .map((each) => ({ id: each.id, title: each.title })),
      standsInFor: [],
      ...(coversUntil === undefined ? {} : { coversFor: [{ title, until: coversUntil }] }),
    },
    day,
    n: 1,
    at: now,
    ...(authority.channel === undefined ? {} : { channel: authority.channel }),
    overdue,
    dueThisWeek,
    pastReview,
    undeliverable,
    provisional,
    bankHolidays,
  };
}

/** In sentences: days that are published and not yet approved, and what is wrong with the source. */
function bankHolidayNews(feed: MorningFacts['feed'], inForce: CalendarData): string[] {
  if (feed === null) return [];
  const news: string[] = [];
  if (feed.content !== null) {
    const published = publishedHolidays(inForce.division, feed.content[inForce.division].events);
    const changed = differenceInWords(holidayDifference(inForce, withPublished(inForce, published)));
    if (changed !== '') news.push(`Published and not yet approved: ${changed}.`);
  }
  if (feed.problem !== null && feed.problemSince !== null)
    news.push(`Not read since ${formatDate(localDate(feed.problemSince))}: ${feed.problem}.`);
  return news;
}

/** Stands in an envelope where a digest has its inspection's reference. */
export const MORNING_SUMMARY = 'morning-summary';

function byDueThenPlace(a: SummaryMilestone, b: SummaryMilestone): number {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
  const [one, other] = [`${a.reference}/${a.milestone}`, `${b.reference}/${b.milestone}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
