import { createHash } from 'node:crypto';
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import { addDays } from '../../domain/calendar/civil-date.ts';
import type { Digest, Notice } from '../../domain/lifecycle/digest.ts';

/**
 * The digest's due dates as calendar entries: all-day, with an id that stays and a sequence that counts the due date's
 * versions, so that a moved date moves in the reader's calendar and is not doubled.
 */
export function calendarOf(digest: Digest): string {
  const calendar = ical({
    prodId: { company: 'duecourse', product: 'duecourse', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    name: digest.inspectionTitle,
  });
  for (const notice of digest.notices) {
    calendar.createEvent({
      id: uidOf(digest, notice),
      sequence: notice.dueVersion - 1,
      start: midnight(notice.due),
      end: midnight(addDays(notice.due, 1)),
      allDay: true,
      stamp: new Date(digest.at),
      summary: `Due: ${notice.title}`,
      description: `${notice.act}\n\n${notice.explanation.join('\n')}`,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}

function uidOf({ authority, reference }: Digest, { milestone }: Notice): string {
  return `${createHash('sha256').update(`${authority.id}/${reference}/${milestone}`).digest('hex').slice(0, 32)}@duecourse`;
}

/** A day as the library takes it: it reads an all-day date in UTC. */
function midnight(date: string): Date {
  return new Date(`${date}T00:00:00.000Z`);
}
