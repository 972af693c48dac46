import { lateInWords } from '../../domain/calendar/lateness.ts';
import { formatDate, formatShortDate } from '../../domain/calendar/civil-date.ts';
import {
  countIn,
  type MorningSummary,
  type SummaryList,
  type SummaryRow,
} from '../../domain/summary/morning-summary.ts';
import { type ComposeOptions, messageIdOf } from './compose.ts';
import { milestoneLink } from './milestone-link.ts';
import { type Drawn, fits } from './fit.ts';

import { plainLine, shortened } from './plain-line.ts';
import { coversSentence, greetingOf } from './recipient-words.ts';
import type { MailMessage } from './mail-transport.ts';
import { renderSummaryHtml, renderSummaryText } from './render.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import type { SummaryPage, SummarySection } from './summary-page.ts';

/** More than so many in one list nobody reads in a mail: the command line and the board show them all. Fewer, where they are long. */
const MAX_ROWS = [40, 20, 10, 5, 2];
/** Characters of each title and reason. */
const MAX_WORDS = 300;
const MAX_SUBJECT = 150;

/** The administrator's summary as a mail. Pure: the same summary is always the same mail. */
export function composeSummary(summary: MorningSummary, { from, boardUrl }: ComposeOptions): MailMessage {
  return {
    from,
    channel: summary.channel ?? 'smtp',
    to: summary.recipient.email,
    subject: shortened(subjectOfSummary(summary).replaceAll('=?', '= ?'), MAX_SUBJECT),
    ...drawnWithin(summary, boardUrl),
    messageId: messageIdOf(summary, from),
    references: [],
    date: new Date(summary.at),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: [],
  };
}

/** With as many rows of each list as a mail has room for. */
function drawnWithin(summary: MorningSummary, boardUrl: string | undefined): Drawn {
  const draw = (maxRows: number): Drawn => {
    const page = pageOfSummary(summary, maxRows, boardUrl);
    return { html: renderSummaryHtml(page), text: renderSummaryText(page) };
  };
  for (const rows of MAX_ROWS) {
    const drawn = draw(rows);
    if (fits(drawn)) return drawn;
  }
  return draw(1);
}

function subjectOfSummary(summary: MorningSummary): string {
  const { day, authority } = summary;
  const [undeliverable, troubles] = [countIn(summary, 'undeliverable'), countIn(summary, 'troubles')];
  const counts = [
    `${countIn(summary, 'overdue')} overdue`,
    `${countIn(summary, 'dueThisWeek')} due this week`,
    ...(undeliverable === 0 ? [] : [`${undeliverable} undeliverable`]),
    ...(troubles === 0 ? [] : [`${troubles} not well`]),
  ];
  return `${formatShortDate(day)}: ${counts.join(', ')}: ${plainLine(authority.name)}`;
}

/** A summary in the words its reader sees. */
function pageOfSummary(summary: MorningSummary, maxRows: number, boardUrl?: string): SummaryPage {
  const { day, authority, recipient } = summary;
  const row = (each: SummaryRow, when: string) => ({
    what: words(each.title),
    where: `${words(each.inspectionTitle)}; ${words(each.ownerTitle)}`,
    when,
    link: milestoneLink({ authority, reference: each.reference }, each, boardUrl),
  });
  // Only what is shown is made ready: there may be thousands.
  const section = <Name extends SummaryList>(
    heading: string,
    note: string,
    list: Name,
    rowOf: (item: MorningSummary[Name][number]) => SummarySection['rows'][number],
  ): SummarySection => {
    const items: readonly MorningSummary[Name][number][] = summary[list];
    const rows = items.slice(0, maxRows).map(rowOf);
    const count = countIn(summary, list);
    return { heading: `${heading}: ${count}`, note, rows, more: count - rows.length };
  };
  const sections = [
    section(
      'Inspections that are not well',
      'Their reminders may not come. Whoever runs duecourse sees what is wrong with: duecourse doctor',
      'troubles',
      ({ reference, words: trouble }) => ({
        what: inspectionRef(authority.id, reference),
        where: '',
        when: words(trouble),
        link: '',
      }),
    ),
    section('Overdue', '', 'overdue', (each) => row(each, lateness(each))),
    section('Due this week', '', 'dueThisWeek', (each) =>
      row(each, each.due === day ? 'Due today' : `Due ${formatShortDate(each.due)}`),
    ),
    section(
      'On hold past the review date',
      'Somebody should release these, or hold them again with a new date.',
      'pastReview',
      (each) => row(each, `Review was due ${formatShortDate(each.holdReviewOn ?? day)}`),
    ),
    section(
      'Mail that nobody got',
      'Correct the address, then send it again with: duecourse resend',
      'undeliverable',
      (each) => ({
        what: `To ${words(each.recipient)}, ${formatShortDate(each.day)}`,
        where: inspectionRef(authority.id, each.reference),
        when: words(each.reason ?? 'no reason given'),
        link: '',
      }),
    ),
    section('Inspections that grow large', '', 'large', ({ reference, text }) => ({
      what: words(text),
      where: inspectionRef(authority.id, reference),
      when: '',
      link: '',
    })),
    section(
      'Bank holidays',
      'See what would move with: duecourse calendar diff. Approve them with: duecourse calendar approve',
      'bankHolidays',
      (what) => ({ what: words(what), where: '', when: '', link: '' }),
    ),
    section('Provisional dates', 'They rest on bank holidays that are not published yet.', 'provisional', (each) =>
      row(each, `Due ${formatShortDate(each.due)}, provisional`),
    ),
  ];
  return {
    title: `${plainLine(authority.name)} on ${formatDate(day)}`,
    authority: plainLine(authority.name),
    greeting: greetingOf(recipient),
    covers: coversSentence(recipient),
    sections: sections.filter(({ rows }) => rows.length > 0),
  };
}

const words = (text: string): string => shortened(text, MAX_WORDS);

function lateness({ due, workingDaysLate: days }: SummaryRow): string {
  return `Was due ${formatShortDate(due)}${days > 0 ? `, ${lateInWords(days)}` : ''}`;
}
