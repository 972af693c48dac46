import { createHash } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEvent, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { formatInstant } from '../../domain/calendar/london.ts';
import type { Digest, Notice } from '../../domain/lifecycle/digest.ts';
import { foldLines } from './fold-lines.ts';
import { milestoneLink } from './milestone-link.ts';
import { plainLine } from './plain-line.ts';

const END = 'END:VCALENDAR';

/**
 * The digest's due dates as calendar entries: all-day, with an id that stays and a sequence that counts the due date's
 * versions, so that a moved date moves in the reader's calendar and is not doubled. The cut-off is in the description:
 * an entry at midnight would show on the wrong day.
 */
export function calendarOf(digest: Digest, boardUrl?: string): string {
  const calendar = ical({
    prodId: { company: 'duecourse', product: 'duecourse', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    name: plainLine(digest.inspectionTitle),
  });
  const entries = digest.notices.map((notice) => {
    const url = milestoneLink(digest, notice, boardUrl);
    const { act, dueAt, explanation } = notice;
    const event = {
      id: uidOf(digest, notice),
      sequence: notice.dueVersion - 1,
      start: midnight(notice.due),
      end: midnight(addDays(notice.due, 1)),
      allDay: true,
      stamp: new Date(digest.at),
      summary: `Due: ${plainLine(notice.title)}${notice.provisional ? ' (provisional date)' : ''}`,
      description: [act, `Late after ${formatInstant(dueAt)}.`, ...explanation].map(plainLine).join('\n'),
      status: notice.provisional ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
      ...(url === '' ? {} : { url }),
    };
    return new ICalEvent(event, calendar).toString();
  });
  return calendar.toString().slice(0, -END.length) + foldLines(entries.join('')) + END;
}

function uidOf({ authority, reference }: Digest, { milestone }: Notice): string {
  const hash = createHash('sha256').update(`${authority.id}/${reference}/${milestone}`).digest('hex');
  return `${hash.slice(0, 32)}@duecourse`;
}

/** A day as the library takes it: it reads an all-day date in UTC. */
function midnight(date: string): Date {
  return new Date(`${date}T00:00:00.000Z`);
}
