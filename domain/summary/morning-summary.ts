import { withChannel } from '../authority/demonstration.ts';
import { addDays, type CivilDate, formatDate, mondayOf } from '../calendar/civil-date.ts';
import type { CalendarData } from '../calendar/calendar-data.ts';
import {
  differenceInWords,
  holidayDifference,
  publishedHolidays,
  withPublished,
} from '../calendar/published-holidays.ts';
import type { Finding } from '../doctor/finding.ts';
import { FINDINGS } from '../doctor/findings.ts';
import { partsOf } from '../inspection-ref.ts';
import type { BankHolidays } from '../schemas/bank-holidays.ts';
import { localDate } from '../calendar/london.ts';
import { createCalendar } from '../calendar/working-calendar.ts';
import { addresseeOf } from '../authority/addressee.ts';
import type { CouncilMail } from '../lifecycle/council-mails.ts';
import type { Envelope } from '../lifecycle/digest.ts';
import type { ListedMilestone, PlacedRow } from '../milestone/columns.ts';
import { jsonBytes } from '../json-bytes.ts';
import { mapTable, namesOf } from '../closed-table.ts';
import { listedMilestone } from '../milestone/listed.ts';
import { roleTitle } from '../authority/roles.ts';
import type { Authority } from '../schemas/authority.ts';

/** What the summary tells of a listed milestone: a line of a mail, which is kept. */
export type SummaryRow = Pick<
  ListedMilestone,
  | 'reference'
  | 'inspectionTitle'
  | 'milestone'
  | 'title'
  | 'ownerTitle'
  | 'due'
  | 'provisional'
  | 'holdReviewOn'
  | 'workingDaysLate'
>;

/** A mail that nobody got. */
export interface SummaryMail {
  reference: string;
  recipient: string;
  day: CivilDate;
  reason: string | null;
}

/** An inspection that can't go on, or on which engine and register differ, in words for the administrator. */
export interface SummaryTrouble {
  reference: string;
  words: string;
}

/** What an inspection is large by, in a sentence. */
export interface SummaryLarge {
  reference: string;
  text: string;
}

/** What an administrator should know before nine: of all the authority's open inspections. */
export interface MorningSummary extends Envelope {
  /** Inspections that are not well: their dates are to be kept an eye on by people. */
  troubles: SummaryTrouble[];
  /** The longest overdue first. */
  overdue: SummaryRow[];
  /** Due from today to the end of the week, Sunday. */
  dueThisWeek: SummaryRow[];
  /** On hold, with a review date that has passed. */
  pastReview: SummaryRow[];
  undeliverable: SummaryMail[];
  /** Resting on bank holidays that are not published yet. */
  provisional: SummaryRow[];
  /** Inspections that are half as large as is possible, or larger. */
  large: SummaryLarge[];
  /** What there is to know about bank holidays: new ones to be approved, or a source that can't be read. */
  bankHolidays: string[];
  /** How many of each list are left out, where any are: what is mailed is kept, and must not grow with a council. */
  leftOut?: Record<SummaryList, number>;
}

/** The lists of a summary, by their names in it. */
export type SummaryList =
  | 'troubles'
  | 'overdue'
  | 'dueThisWeek'
  | 'pastReview'
  | 'undeliverable'
  | 'provisional'
  | 'large'
  | 'bankHolidays';

/** How many a list has, with those that are left out. */
export const countIn = (summary: MorningSummary, list: SummaryList): number =>
  summary[list].length + (summary.leftOut?.[list] ?? 0);

/** What is in the register about an authority's open inspections. */
export interface MorningFacts {
  milestones: PlacedRow[];
  /** What the newest look has found in the authority's inspections. */
  findings: Finding[];
  undeliverable: SummaryMail[];
  /** What has been recorded of it in the last week. */
  large: SummaryLarge[];
  /** The bank holidays as they were last read; null where nobody looks for them. */
  feed: {
    content: BankHolidays | null;
    doubted: { doubts: string[] } | null;
    problem: string | null;
    problemSince: string | null;
  } | null;
}

/**
 * The morning's summary for an authority's administrator, or for their delegate; undefined where there is nothing to
 * say: no mail then.
 *
 * @param now an instant of that morning, UTC
 */
export function morningSummary(
  authority: Authority,
  { milestones, findings, undeliverable, large, feed }: MorningFacts,
  data: CalendarData,
  now: string,
): MorningSummary | undefined {
  const calendar = createCalendar(data);
  const day = localDate(now);
  const sunday = addDays(mondayOf(day), 6);
  const rows = milestones
    .map((row) => listedMilestone(row, { now, calendar, authorityName: authority.name }))
    .sort(byDueThenPlace);
  const told = (holds: (row: ListedMilestone) => boolean): SummaryRow[] => rows.filter(holds).map(summaryRow);
  const overdue = told((row) => row.standing === 'overdue');
  const dueThisWeek = told((row) => row.status === 'open' && row.dueAt > now && row.due <= sunday);
  const pastReview = told((row) => row.status === 'held' && row.holdReviewOn !== null && row.holdReviewOn < day);
  const provisional = told((row) => row.provisional && row.dueAt > now);
  const bankHolidays = bankHolidayNews(feed, data);
  const troubles = troublesIn(findings);
  const urgent = [troubles, bankHolidays, overdue, dueThisWeek, pastReview, undeliverable, large].flat().length;
  // Provisional dates alone stay the same for months: they are worth a line in a mail, not a mail of their own.
  if (urgent === 0) return undefined;
  const role = authority.chain.administrator;
  const lists = { troubles, overdue, dueThisWeek, pastReview, undeliverable, large, provisional, bankHolidays };
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
    ...withChannel(authority, email),
    ...withinBounds(lists),
  };
}

type Lists = Pick<MorningSummary, SummaryList>;

/** So many of each list are kept, or fewer where they are long: a mail shows no more of them. */
const KEPT_OF_EACH = [40, 20, 10, 5, 2, 1];
/** Bytes of JSON: as many as a mail may have. */
const MAX_KEPT_BYTES = 98_000;
/** UTF-16 units of each text where even one of each would be too long: more of it than a mail shows. */
const MAX_TEXT = 400;

/** The first of each list, the most urgent, as far as there is room, and how many are left out. */
function withinBounds(lists: Lists): Lists & Pick<MorningSummary, 'leftOut'> {
  const tried = KEPT_OF_EACH.map((count) => firstOf(lists, count));
  const last = firstOf(withShortTexts(lists), 1);
  return tried.find((each) => jsonBytes(each) <= MAX_KEPT_BYTES) ?? last;
}

function firstOf(lists: Lists, count: number): Lists & Pick<MorningSummary, 'leftOut'> {
  const names = namesOf(lists);
  const kept = mapTable(lists, (list: readonly unknown[]) => list.slice(0, count)) as Lists;
  if (names.every((name) => lists[name].length <= count)) return kept;
  return { ...kept, leftOut: mapTable(lists, (list: readonly unknown[]) => Math.max(0, list.length - count)) };
}

/** Of the first of each list: nothing more would be kept of it anyway. */
function withShortTexts(lists: Lists): Lists {
  const short = (value: unknown): unknown => (typeof value === 'string' ? value.slice(0, MAX_TEXT) : value);
  const shortened = (item: unknown): unknown =>
    typeof item === 'object' && item !== null
      ? Object.fromEntries(Object.entries(item).map(([name, value]) => [name, short(value)]))
      : short(item);
  return mapTable(lists, (list: readonly unknown[]) => [
    ...list.slice(0, 1).map(shortened),
    ...list.slice(1),
  ]) as unknown as Lists;
}

/** Once an inspection: what is worst in it comes first in a report. */
function troublesIn(findings: readonly Finding[]): SummaryTrouble[] {
  const words = new Map<string, string>();
  for (const { code, inspection } of findings) {
    const { officer } = FINDINGS[code];
    if (officer === null || inspection === undefined) continue;
    const { reference } = partsOf(inspection);
    if (!words.has(reference)) words.set(reference, officer);
  }
  return [...words].map(([reference, told]) => ({ reference, words: told }));
}

function summaryRow(row: ListedMilestone): SummaryRow {
  const { reference, inspectionTitle, milestone, title, ownerTitle, due, provisional, holdReviewOn } = row;
  const { workingDaysLate } = row;
  return { reference, inspectionTitle, milestone, title, ownerTitle, due, provisional, holdReviewOn, workingDaysLate };
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
  if (feed.doubted !== null)
    news.push(
      `Published and implausible: ${feed.doubted.doubts.join('; ')}. Nothing counts by it: compare it with its source, and see what would move with: duecourse calendar diff.`,
    );
  if (feed.problem !== null && feed.problemSince !== null)
    news.push(`Not read since ${formatDate(localDate(feed.problemSince))}: ${feed.problem}.`);
  return news;
}

const MORNING_SUMMARY: CouncilMail = 'morning-summary';

function byDueThenPlace(a: ListedMilestone, b: ListedMilestone): number {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
  const [one, other] = [`${a.reference}/${a.milestone}`, `${b.reference}/${b.milestone}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
