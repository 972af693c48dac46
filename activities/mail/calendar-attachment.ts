import { createHash } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEvent, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { formatInstant } from '../../domain/calendar/london.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import { isInCalendar } from '../../domain/milestone/notice-kinds.ts';
import { foldLines } from './fold-lines.ts';
import { milestoneLink } from './milestone-link.ts';
import { plainLine } from './plain-line.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';

const END = 'END:VCALENDAR';
/** What a mail takes of entries: a reader's feed has all of them. */
const MAX_BYTES = 100_000;

/** Who sends the entries: calendar programs take a change only from whom the entry came. */
export interface Organizer {
  name: string;
  email: string;
}

/**
 * The digest's due dates as calendar entries: all-day, with an id that stays and a sequence that counts the due date's
 * versions, so that a moved date moves in the reader's calendar and is not doubled. The cut-off is in the description:
 * an entry at midnight would show on the wrong day.
 *
 * @returns the calendar, '' where there is no entry in it; and how many of the notices have an entry or need none: the first
 *   ones, as many as there is room for
 */
export function calendarOf(
  digest: Digest,
  organizer: Organizer,
  boardUrl?: string,
): { content: string; count: number } {
  const calendar = ical({
    prodId: { company: 'duecourse', product: 'duecourse', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    name: plainLine(digest.inspectionTitle),
  });
  const entries: string[] = [];
  let bytes = 0;
  const dated = digest.notices.filter(isInCalendar);
  for (const notice of dated) {
    const url = milestoneLink(digest, notice, boardUrl);
    const { act, dueAt, explanation } = notice;
    const event = {
      id: uidOf(digest, notice),
      sequence: notice.dueVersion - 1,
      start: midnight(notice.due),
      end: midnight(addDays(notice.due, 1)),
      allDay: true,
      organizer,
      stamp: new Date(digest.at),
      summary: `Due: ${plainLine(notice.title)}${notice.provisional ? ' (provisional date)' : ''}`,
      description: [act, `Late after ${formatInstant(dueAt)}.`, ...explanation].map(plainLine).join('\n'),
      status: notice.provisional ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
      ...(url === '' ? {} : { url }),
    };
    const entry = new ICalEvent(event, calendar).toString();
    bytes += Buffer.byteLength(entry);
    if (bytes > MAX_BYTES && entries.length > 0) break;
    entries.push(entry);
  }
  const content =
    entries.length === 0 ? '' : calendar.toString().slice(0, -END.length) + foldLines(entries.join('')) + END;
  return { content, count: entries.length + digest.notices.length - dated.length };
}

/** The entries of duties that nobody has to do any more, to be taken out of the reader's calendar; '' where there are none. */
export function cancellationsOf(digest: Digest, organizer: Organizer): string {
  const { finished = [] } = digest;
  if (finished.length === 0) return '';
  const calendar = ical({
    prodId: { company: 'duecourse', product: 'duecourse', language: 'EN' },
    method: ICalCalendarMethod.CANCEL,
    name: plainLine(digest.inspectionTitle),
  });
  for (const entry of finished)
    calendar.createEvent({
      id: uidOf(digest, entry),
      // One more than the entry that is taken back.
      sequence: entry.dueVersion,
      start: midnight(entry.due),
      end: midnight(addDays(entry.due, 1)),
      allDay: true,
      organizer,
      stamp: new Date(digest.at),
      summary: `No longer due: ${plainLine(entry.title)}`,
      status: ICalEventStatus.CANCELLED,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return calendar.toString();
}

/** An id that stays, in mail and in feeds alike. */
export function uidOf(
  { authority, reference }: { authority: { id: string }; reference: string },
  { milestone }: { milestone: string },
): string {
  const hash = createHash('sha256')
    .update(`${inspectionRef(authority.id, reference)}/${milestone}`)
    .digest('hex');
  return `${hash.slice(0, 32)}@duecourse`;
}

/** A day as the library takes it: it reads an all-day date in UTC. */
function midnight(date: string): Date {
  return new Date(`${date}T00:00:00.000Z`);
}
