import ical, {
  ICalCalendarMethod,
  ICalEvent,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { setImmediate } from 'node:timers/promises';
import { uidOf } from '../../../activities/mail/calendar-attachment.ts';
import { foldLines } from '../../../activities/mail/fold-lines.ts';
import { plainLine } from '../../../activities/mail/plain-line.ts';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import { formatInstant } from '../../../domain/calendar/london.ts';
import { marksAfter } from '../../../domain/milestone/due-marks.ts';
import { windowId } from '../../../domain/strands/call-in-window.ts';
import { pathOfRow } from '../milestone-path.ts';
import type { FedDuty, FedMeetings, Feed } from './feed-of.ts';

const END = 'END:VCALENDAR';
/** Entries that are made in one go, before others have their turn. */
const IN_ONE_GO = 50;
/** So long before its end a window stands in a calendar, in milliseconds: an entry at midnight would show on the next day. */
const BEFORE_ITS_END_MS = 30 * 60_000;
const WINDOW = windowId('');

/**
 * A feed as a calendar file, piece by piece. An entry is stamped by what it is of, not by when it is asked for: the same feed
 * is the same text until something in it is otherwise.
 */
export async function* calendarFeed({ name, duties, meetings }: Feed, boardUrl: string): AsyncGenerator<string> {
  const calendar = ical({
    prodId: { company: 'duecourse', product: 'duecourse', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    name: plainLine(name),
    ttl: 3600,
  });
  const written = (events: readonly ICalEventData[]): string =>
    foldLines(events.map((each) => new ICalEvent(each, calendar).toString()).join(''));
  yield calendar.toString().slice(0, -END.length);
  for await (const some of duties)
    for (let from = 0; from < some.length; from += IN_ONE_GO) {
      yield written(some.slice(from, from + IN_ONE_GO).map((each) => ofDuty(each, boardUrl)));
      await setImmediate();
    }
  if (meetings !== undefined) yield written(ofMeetings(meetings));
  yield END;
}

function ofDuty(duty: FedDuty, boardUrl: string): ICalEventData {
  const overdue = duty.standing === 'overdue';
  return {
    id: uidOf({ authority: { id: duty.authority }, reference: duty.reference }, duty),
    sequence: duty.dueVersion - 1,
    ...(duty.milestone.startsWith(WINDOW) ? untilItsEnd(duty.dueAt) : allDay(duty.due)),
    // What was to do is overdue from its last instant on, without anybody's change.
    stamp: new Date(overdue && duty.dueAt > duty.changedAt ? duty.dueAt : duty.changedAt),
    summary: `${overdue ? 'Overdue' : 'Due'}: ${plainLine(duty.title)}${marksAfter(duty)}`,
    description: [
      `${duty.inspectionTitle}. Owner: ${duty.ownerTitle}.`,
      `Late after ${formatInstant(duty.dueAt)}.`,
      ...duty.explanation,
    ]
      .map(plainLine)
      .join('\n'),
    status: duty.provisional ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    transparency: ICalEventTransparency.TRANSPARENT,
    url: `${boardUrl}${pathOfRow(duty)}`,
  };
}

/** The council's file counts its changes: a meeting that is cancelled, or held after all, is newer than it was. */
const ofMeetings = ({ meetings, id, body, number, keptAt }: FedMeetings): ICalEventData[] =>
  meetings.map(({ on, cancelled }) => ({
    id: `meeting-${id}-${on}@duecourse`,
    sequence: number,
    ...allDay(on),
    stamp: new Date(keptAt),
    summary: cancelled === undefined ? `${plainLine(body)} meets` : `Cancelled: ${plainLine(body)}`,
    status: cancelled === undefined ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    transparency: ICalEventTransparency.TRANSPARENT,
  }));

/** A day as the library takes it: it reads an all-day date in UTC. */
const allDay = (date: string) => ({
  start: new Date(`${date}T00:00:00.000Z`),
  end: new Date(`${addDays(date, 1)}T00:00:00.000Z`),
  allDay: true,
});

/** With their zone (UTC): a program shows them by its reader's clock. */
const untilItsEnd = (end: string) => ({ start: new Date(Date.parse(end) - BEFORE_ITS_END_MS), end: new Date(end) });
