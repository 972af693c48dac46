import { marksAfter } from '../../../domain/milestone/due-marks.ts';
import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { uidOf } from '../../../activities/mail/calendar-attachment.ts';
import { plainLine } from '../../../activities/mail/plain-line.ts';
import type { FeedSubject } from '../../../register/access-keys.ts';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import { formatInstant } from '../../../domain/calendar/london.ts';
import type { ListedMilestone } from '../../../domain/milestone/columns.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import { meetingsOf } from '../../../domain/meetings/meetings.ts';
import type { MilestonePages } from '../lists.ts';
import type { WebParts } from '../parts.ts';
import { isNobody, membershipIn, type Person, rolesOf } from '../people.ts';
import { inspectionRef } from '../../../domain/inspection-ref.ts';

const MAX_EVENTS = 5000;

/** The calendar that a feed's address opens; undefined where its maker may no longer see it. */
export async function calendarFeed(
  { register, boardUrl, pages }: Pick<WebParts, 'register' | 'boardUrl'> & { pages: MilestonePages },
  subject: FeedSubject | { of: 'api' },
  person: Person,
  now: Date,
): Promise<string | undefined> {
  const at = now.toISOString();
  if (isNobody(person)) return undefined;
  if (subject.of === 'api') return undefined;
  if (subject.of === 'person') {
    const duties = await pages.listed(await register.board.dutiesOf(rolesOf(person)), person, at);
    return calendar('My duties', duties, boardUrl, now);
  }
  const authority = membershipIn(person, subject.authority)?.authority;
  if (authority === undefined) return undefined;
  const body = subject.of === 'body' ? authority.bodies.find((each) => each.id === subject.body) : undefined;
  if (subject.of === 'body' && body === undefined) return undefined;
  const rows = await register.board.milestones(
    at,
    { authorities: [authority.id], ...(body === undefined ? {} : { body: body.id }) },
    { offset: 0, limit: MAX_EVENTS },
  );
  const open = (await pages.listed(rows, person, at)).filter(isPending);
  const meetings =
    body === undefined
      ? []
      : meetingsOf(body).map((meeting) => ({ meeting, body: body.name, id: `${authority.id}/${body.id}` }));
  return calendar(body?.name ?? authority.name, open, boardUrl, now, meetings);
}

function calendar(
  name: string,
  milestones: readonly ListedMilestone[],
  boardUrl: string,
  now: Date,
  meetings: readonly { meeting: ReturnType<typeof meetingsOf>[number]; body: string; id: string }[] = [],
): string {
  const made = ical({
    prodId: { company: 'duecourse', product: 'duecourse', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    name: plainLine(name),
    ttl: 3600,
  });
  for (const each of milestones)
    made.createEvent({
      id: uidOf({ authority: { id: each.authority }, reference: each.reference }, each),
      sequence: each.dueVersion - 1,
      ...allDay(each.due),
      stamp: now,
      summary: `${each.standing === 'overdue' ? 'Overdue' : 'Due'}: ${plainLine(each.title)}${marksAfter(each)}`,
      description: [
        `${each.inspectionTitle}. Owner: ${each.ownerTitle}.`,
        `Late after ${formatInstant(each.dueAt)}.`,
        ...each.explanation,
      ]
        .map(plainLine)
        .join('\n'),
      status: each.provisional ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
      url: `${boardUrl}/inspections/${inspectionRef(each.authority, each.reference)}/milestones/${each.milestone}`,
    });
  for (const { meeting, body, id } of meetings)
    made.createEvent({
      id: `meeting-${id.replace('/', '-')}-${meeting.on}@duecourse`,
      ...allDay(meeting.on),
      stamp: now,
      summary: meeting.cancelled === undefined ? `${plainLine(body)} meets` : `Cancelled: ${plainLine(body)}`,
      status: meeting.cancelled === undefined ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return made.toString();
}

/** A day as the library takes it: it reads an all-day date in UTC. */
const allDay = (date: string) => ({
  start: new Date(`${date}T00:00:00.000Z`),
  end: new Date(`${addDays(date, 1)}T00:00:00.000Z`),
  allDay: true,
});
