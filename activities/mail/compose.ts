import { createHash } from 'node:crypto';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import { calendarOf } from './calendar-attachment.ts';
import { pageOf } from './page.ts';
import type { MailMessage } from './post.ts';
import { renderHtml, renderText } from './render.ts';
import { subjectOf } from './subject.ts';
import { mostUrgentFirst } from './urgency.ts';

export interface ComposeOptions {
  /** The sender, `name <address>` or an address; its domain is that of the Message-IDs. */
  from: string;
  /** Where the board is; without it the mail has no links. */
  boardUrl?: string;
}

/** Enough for one owner's busiest week, and short enough for every mail server's limit on headers. */
const MOST_REFERENCES = 50;

/**
 * A digest as a mail. Pure: the same digest is always the same mail.
 *
 * Statutory notices can't be unsubscribed from, so there is no List-Unsubscribe. The calendar is an attachment and not
 * an alternative to the text: Outlook would show an alternative in place of the mail.
 */
export function composeMail(given: Digest, { from, boardUrl }: ComposeOptions): MailMessage {
  const digest = { ...given, notices: mostUrgentFirst(given) };
  const page = pageOf(digest, boardUrl);
  return {
    from,
    to: digest.recipient.email,
    subject: subjectOf(digest),
    text: renderText(page),
    html: renderHtml(page),
    messageId: messageIdOf(digest, from),
    references: digest.notices.slice(0, MOST_REFERENCES).map(({ milestone }) => threadId(digest, milestone, from)),
    date: new Date(digest.at),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: [
      {
        filename: 'due-dates.ics',
        content: calendarOf(digest, boardUrl),
        contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
      },
    ],
  };
}

/** Made from inspection, recipient, day and number, which a digest's id is made of. */
export function messageIdOf(digest: Digest, from: string): string {
  return idOf(digest.id, from);
}

/** What all mails about a milestone refer to, so that they thread, whichever of its notices was first. */
function threadId({ authority, reference }: Digest, milestone: string, from: string): string {
  return idOf(`${authority.id}/${reference}/${milestone}`, from);
}

function idOf(what: string, from: string): string {
  const domain = /@([^\s<>@]+)/.exec(from)?.[1] ?? 'duecourse.invalid';
  return `<${createHash('sha256').update(what).digest('hex').slice(0, 40)}@${domain}>`;
}
