import type { Context } from 'hono';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import type { StrandName } from '../../../domain/schemas/rule-pack.ts';
import { strandTitle } from '../../../domain/strands/strand-title.ts';
import type { WorkingCalendar } from '../../../domain/calendar/working-calendar.ts';
import type { ListedMilestone } from '../../../domain/milestone/columns.ts';
import type { RunningInspection, SeenInspection } from '../inspections.ts';
import type { MilestonePages } from '../lists.ts';
import type { Env, WebParts } from '../parts.ts';
import type { PicturedMilestone } from '../pictures/picture.ts';
import { timelineSvg, timelineTable } from '../pictures/timeline.ts';
import type { TimelineWindow } from '../pictures/zoom.ts';

/** A year of the largest inspection has fewer. */
const MAX_DRAWN = 5000;

interface Asked {
  context: Context<Env>;
  seen: SeenInspection;
  running: RunningInspection | null;
  shown: TimelineWindow;
  hrefOfSeveral(from: CivilDate): string;
}

/** A quarter or year of an inspection's timeline: as a picture, drawn when it is asked for, and as the rows of its table. */
export async function timelinePart(
  { register }: Pick<WebParts, 'register'>,
  pages: MilestonePages,
  { context, seen, running, shown, hrefOfSeveral }: Asked,
): Promise<{ picture(): string; table: ReturnType<typeof timelineTable> }> {
  const now = context.get('now');
  const all = { offset: 0, limit: MAX_DRAWN };
  const [rows, calendar] = await Promise.all([
    register.board.ofInspection.duties(seen.summary, now, { dueFrom: shown.first, dueUntil: shown.last }, all),
    pages.calendars.of(seen.membership.authority),
  ]);
  const milestones = picturedOf(await pages.listed(rows, context.get('session').person, now), running);
  const titleOf = (strand: StrandName): string => strandTitle(strand, seen.membership.authority);
  return {
    table: timelineTable({ milestones, titleOf }),
    picture: () =>
      timelineSvg({
        ...{ title: seen.summary.title, today: localDate(now), shown, milestones, titleOf, hrefOfSeveral },
        daysOff: daysOff(calendar, shown.first, shown.last),
      }),
  };
}

/** What a picture shows of duties beyond their rows: since when they are on hold, and until when. */
function picturedOf(duties: readonly ListedMilestone[], running: RunningInspection | null): PicturedMilestone[] {
  const viewed = new Map(running?.view.milestones.map((each) => [each.id, each]));
  return duties.map((each) => {
    const hold = viewed.get(each.milestone)?.hold;
    return hold === undefined ? each : { ...each, hold: { since: localDate(hold.since), until: hold.reviewOn } };
  });
}

/** Weekdays that are no working days, as far as they are known. */
function daysOff(calendar: WorkingCalendar, from: CivilDate, until: CivilDate) {
  const first = from < calendar.from ? calendar.from : from;
  const last = until > calendar.until ? calendar.until : until;
  return first > last ? [] : calendar.skippedHolidays(first, last);
}
