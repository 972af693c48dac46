import { formatDate, formatShortDate } from '../../domain/calendar/civil-date.ts';
import type { MorningSummary, SummaryRow } from '../../domain/summary/morning-summary.ts';
import { type ComposeOptions, messageIdOf } from './compose.ts';
import { milestoneLink } from './milestone-link.ts';
import { coversSentence } from './page.ts';
import { plainLine, shortened } from './plain-line.ts';
import type { MailMessage } from './mail-transport.ts';
import { renderSummaryHtml, renderSummaryText } from './render.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import type { SummaryPage, SummarySection } from './summary-page.ts';

/** More than so many in one list nobody reads in a mail: the command line and the board show them all. */
const MAX_ROWS = 40;
const MAX_SUBJECT = 150;

/** The administrator's summary as a mail. Pure: the same summary is always the same mail. */
export function composeSummary(summary: MorningSummary, { from, boardUrl }: ComposeOptions): MailMessage {
  const page = pageOfSummary(summary, boardUrl);
  return {
    from,
    channel: summary.channel ?? 'smtp',
    to: summary.recipient.email,
    subject: shortened(subjectOfSummary(summary).replaceAll('=?', '= ?'), MAX_SUBJECT),
    text: renderSummaryText(page),
    html: renderSummaryHtml(page),
    messageId: messageIdOf(summary, from),
    references: [],
    date: new Date(summary.at),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: [],
  };
}

function subjectOfSummary({ troubles, overdue, dueThisWeek, undeliverable, day, authority }: MorningSummary): string {
  const counts = [
    `${overdue.length} overdue`,
    `${dueThisWeek.length} due this week`,
    ...(undeliverable.length === 0 ? [] : [`${undeliverable.length} undeliverable`]),
    ...(troubles.length === 0 ? [] : [`${troubles.length} not well`]),
  ];
  return `${formatShortDate(day)}: ${counts.join(', ')}: ${plainLine(authority.name)}`;
}

/** A summary in the words its reader sees. */
function pageOfSummary(summary: MorningSummary, boardUrl?: string): SummaryPage {
  const {
    day,
    authority,
    recipient,
    troubles,
    overdue,
    dueThisWeek,
    pastReview,
    undeliverable,
    provisional,
    bankHolidays,
  } = summary;
  const row = (each: SummaryRow, when: string) => ({
    what: plainLine(each.title),
    where: `${plainLine(each.inspectionTitle)}; ${plainLine(each.ownerTitle)}`,
    when,
    link: milestoneLink({ authority, reference: each.reference }, each, boardUrl),
  });
  const section = (heading: string, note: string, rows: SummarySection['rows']): SummarySection => ({
    heading: `${heading}: ${rows.length}`,
    note,
    rows: rows.slice(0, MAX_ROWS),
    more: Math.max(0, rows.length - MAX_ROWS),
  });
  const sections = [
    section(
      'Inspections that are not well',
      'Their reminders may not come. Whoever runs duecourse sees what is wrong with: duecourse doctor',
      troubles.map(({ reference, words }) => ({
        what: inspectionRef(authority.id, reference),
        where: '',
        when: words,
        link: '',
      })),
    ),
    section(
      'Overdue',
      '',
      overdue.map((each) => row(each, lateness(each))),
    ),
    section(
      'Due this week',
      '',
      dueThisWeek.map((each) => row(each, each.due === day ? 'Due today' : `Due ${formatShortDate(each.due)}`)),
    ),
    section(
      'On hold past the review date',
      'Somebody should release these, or hold them again with a new date.',
      pastReview.map((each) => row(each, `Review was due ${formatShortDate(each.holdReviewOn ?? day)}`)),
    ),
    section(
      'Mail that nobody got',
      'Correct the address, then send it again with: duecourse resend',
      undeliverable.map((each) => ({
        what: `To ${plainLine(each.recipient)}, ${formatShortDate(each.day)}`,
        where: inspectionRef(authority.id, each.reference),
        when: plainLine(each.reason ?? 'no reason given'),
        link: '',
      })),
    ),
    section(
      'Bank holidays',
      'See what would move with: duecourse calendar diff. Approve them with: duecourse calendar approve',
      bankHolidays.map((what) => ({ what: plainLine(what), where: '', when: '', link: '' })),
    ),
    section(
      'Provisional dates',
      'They rest on bank holidays that are not published yet.',
      provisional.map((each) => row(each, `Due ${formatShortDate(each.due)}, provisional`)),
    ),
  ];
  return {
    title: `${plainLine(authority.name)} on ${formatDate(day)}`,
    authority: plainLine(authority.name),
    greeting: recipient.roles.map((role) => plainLine(role.title)).join(' and ') || 'the administrator',
    covers: coversSentence(recipient),
    sections: sections.filter(({ rows }) => rows.length > 0),
  };
}

function lateness({ due, workingDaysLate: days }: SummaryRow): string {
  const late = days > 0 ? `, ${days} working day${days === 1 ? '' : 's'} late` : '';
  return `Was due ${formatShortDate(due)}${late}`;
}
