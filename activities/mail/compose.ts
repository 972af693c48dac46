import { createHash } from 'node:crypto';
import { formatShortDate } from '../../domain/calendar/civil-date.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import { calendarOf } from './calendar-attachment.ts';
import type { MailMessage } from './post.ts';
import { renderHtml, renderText } from './render.ts';
import { pageOf } from './page.ts';

export interface ComposeOptions {
  from: string;
  boardUrl?: string;
}

const LONGEST_SUBJECT = 150;

/** A digest as a mail. Pure: the same digest is always the same mail. */
export function composeMail(digest: Digest, { from, boardUrl }: ComposeOptions): MailMessage {
  const page = pageOf(digest, boardUrl);
  return {
    from,
    to: digest.recipient.email,
    subject: subjectOf(digest),
    text: renderText(page),
    html: renderHtml(page),
    messageId: messageIdOf(digest, from),
    references: digest.notices
      .slice(0, 10)
      .map(({ milestone }) => idOf(`${digest.authority.id}/${digest.reference}/${milestone}`, from)),
    date: new Date(digest.at),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: [
      {
        filename: 'due-dates.ics',
        content: calendarOf(digest),
        contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
      },
    ],
  };
}

/** Made from inspection, recipient and day, which a digest's id is made of. */
export function messageIdOf(digest: Digest, from: string): string {
  return idOf(digest.id, from);
}

function idOf(what: string, from: string): string {
  const domain = /@([^\s<>@]+)/.exec(from)?.[1] ?? 'duecourse.invalid';
  return `<${createHash('sha256').update(what).digest('hex').slice(0, 40)}@${domain}>`;
}

/** The duty and the date first: what a phone shows of a subject. */
function subjectOf({ notices, inspectionTitle }: Digest): string {
  const [first] = notices;
  if (first === undefined) return shorten(inspectionTitle);
  const late = notices.filter((notice) => notice.overdue);
  if (notices.length === 1)
    return shorten(
      `${late.length === 1 ? 'Overdue since' : 'Due'} ${formatShortDate(first.due)}: ${first.title}, ${inspectionTitle}`,
    );
  const next = late.length > 0 ? `${late.length} overdue` : `first due ${formatShortDate(first.due)}`;
  return shorten(`${notices.length} duties, ${next}: ${inspectionTitle}`);
}

/** One line, cut at a word where it is too long. */
function shorten(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line.length <= LONGEST_SUBJECT) return line;
  const cut = line.slice(0, LONGEST_SUBJECT - 1);
  const word = cut.lastIndexOf(' ');
  return `${cut.slice(0, word > LONGEST_SUBJECT / 2 ? word : cut.length)}…`;
}
