import { createHash } from 'node:crypto';
import { type Digest, type Envelope, namedIn } from '../../domain/lifecycle/digest.ts';
import { byUrgency } from '../../domain/lifecycle/urgency.ts';
import { calendarOf, cancellationsOf, type Organizer } from './calendar-attachment.ts';
import { type Drawn, fitted } from './fit.ts';
import { pageOf } from './page.ts';
import { plainLine } from './plain-line.ts';
import type { MailMessage } from './mail-transport.ts';
import { renderHtml, renderText } from './render.ts';
import { subjectOf } from './subject.ts';
import type { Unsubscribe } from './unsubscribe.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';

export interface ComposeOptions {
  /** The sender, `name <address>` or an address; its domain is that of the Message-IDs. */
  from: string;
  /** Where the board is; without it the mail has no links. */
  boardUrl?: string;
  /** Signs the address under which informational copies are stopped; without it there is none. */
  unsubscribe?: Unsubscribe;
}

/** Enough for one owner's busiest week, and short enough for every mail server's limit on headers. */
const MAX_REFERENCES = 50;

/** Bytes for what is known last: which dates the calendar has. */
const LAST_WORDS = 500;

/**
 * A digest as a mail, never longer than mail programs show. Pure: the same digest is always the same mail.
 *
 * Nobody can unsubscribe from what they have to act on; a copy for information has a List-Unsubscribe with one click
 * (RFC 8058). The calendar is an attachment and not
 * an alternative to the text: Outlook would show an alternative in place of the mail.
 */
export function composeMail(given: Digest, { from, boardUrl, unsubscribe }: ComposeOptions): MailMessage {
  const messageId = messageIdOf(given, from);
  const stop = isInformational(given) && unsubscribe !== undefined ? unsubscribe.addressFor(messageId) : '';
  const draw = (of: Digest, inCalendar = of.notices.length): Drawn => {
    const page = pageOf(of, inCalendar, boardUrl, stop);
    return { html: renderHtml(page), text: renderText(page) };
  };
  const ordered = { ...given, notices: given.notices.toSorted(byUrgency(given.day)) };
  const digest = fitted(ordered, draw, LAST_WORDS);
  const organizer = organizerOf(digest, from);
  const dueDates = calendarOf(digest, organizer, boardUrl);
  const cancellations = cancellationsOf(digest, organizer);
  return {
    from,
    channel: digest.channel ?? 'smtp',
    to: digest.recipient.email,
    subject: subjectOf(digest),
    ...draw(digest, dueDates.count),
    messageId,
    references: digest.notices.slice(0, MAX_REFERENCES).map(({ milestone }) => threadId(digest, milestone, from)),
    date: new Date(digest.at),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(stop === ''
        ? {}
        : { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
    attachments: [
      ...(dueDates.content === ''
        ? []
        : [
            {
              filename: 'due-dates.ics',
              content: dueDates.content,
              contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
            },
          ]),
      ...(cancellations === ''
        ? []
        : [
            {
              filename: 'no-longer-due.ics',
              content: cancellations,
              contentType: 'text/calendar; charset=utf-8; method=CANCEL',
            },
          ]),
    ],
  };
}

/** Made from inspection, recipient, day and number, which a digest's id is made of. */
export function messageIdOf(digest: Envelope, from: string): string {
  return idOf(digest.id, from);
}

/** What all mails about a milestone refer to, so that they thread, whichever of its notices was first. */
function threadId({ authority, reference }: Digest, milestone: string, from: string): string {
  return idOf(`${inspectionRef(authority.id, reference)}/${milestone}`, from);
}

/** The authority, under the address the mail comes from. */
function organizerOf({ authority }: Digest, from: string): Organizer {
  return { name: plainLine(authority.name), email: /<([^<>]+)>$/.exec(from)?.[1] ?? from };
}

/** A digest that nobody has to act on: all of it is told for information. */
export function isInformational(digest: Digest): boolean {
  const named = namedIn(digest);
  return named.length > 0 && digest.unnamed === undefined && named.every((notice) => notice.kind === 'information');
}

function idOf(what: string, from: string): string {
  const domain = /@([^\s<>@]+)/.exec(from)?.[1] ?? 'duecourse.invalid';
  return `<${createHash('sha256').update(what).digest('hex').slice(0, 40)}@${domain}>`;
}
