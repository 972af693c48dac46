import { Hono } from 'hono';
import { addDays, type CivilDate, isCivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { tabsOf } from '../inspection/tabs.ts';
import { timelinePart } from '../inspection/timeline-part.ts';
import { runningInspection, seenInspection } from '../inspections.ts';
import { listQuery, type MilestonePages, pagination } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { isElsewhere, spanWith, windowAround, type Zoom, ZOOMS } from '../pictures/zoom.ts';

/** Rows of the table on a page. */
const ROWS_A_PAGE = 200;

/** When everything of an inspection falls due: a quarter or a year of it as a picture, and as a table. */
export function timelineRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>().get('/inspections/:authority/:reference/timeline', async (context) => {
    const seen = await seenInspection(context, parts);
    const today = localDate(context.get('now'));
    const { ofInspection } = parts.register.board;
    const [duties, running] = await Promise.all([ofInspection.span(seen.summary), runningInspection(parts, seen.id)]);
    const span = spanWith(duties, { today, isOpen: seen.summary.status === 'open' });
    const zoom: Zoom = context.req.query('zoom') === 'quarter' ? 'quarter' : 'year';
    const shown = windowAround(zoom, dayAsked(context.req.query('from'), today), span);
    const path = context.req.path;
    const href = (to: Zoom, from: CivilDate): string => `${path}?zoom=${to}&from=${from}`;
    const hrefOfSeveral = (from: CivilDate): string => (zoom === 'year' ? href('quarter', from) : '#table');
    const [{ picture, table }, before] = await Promise.all([
      timelinePart(parts, pages, { context, seen, running, shown, hrefOfSeveral }),
      ofInspection.counts(seen.summary, context.get('now'), addDays(shown.first, -1)),
    ]);
    const query = { ...listQuery(context), zoom, from: shown.first };
    const hasToday = shown.first <= today && today <= shown.last;
    const link = (to: { first: CivilDate; title: string } | undefined) =>
      to === undefined ? undefined : { text: to.title, href: href(zoom, to.first) };
    return page(context, 'inspection-timeline.html', {
      title: 'Timeline',
      ...seen,
      tabs: tabsOf(seen, 'timeline', { runs: running !== null }),
      shown,
      zooms: namesOf(ZOOMS).map((name) => ({
        text: ZOOMS[name].words,
        href: href(name, hasToday ? today : shown.first),
        current: name === zoom,
      })),
      previous: link(shown.previous),
      next: link(shown.next),
      toToday: isElsewhere(today, shown, span) ? href(zoom, today) : undefined,
      lateBefore: before.reduce((sum, { standing, n }) => (standing === 'overdue' ? sum + n : sum), 0),
      svg: picture(),
      total: table.length,
      rows: table.slice((query.page - 1) * ROWS_A_PAGE, query.page * ROWS_A_PAGE),
      pagination: pagination(path, query, table.length, ROWS_A_PAGE),
    });
  });
}

const dayAsked = (asked: string | undefined, today: CivilDate): CivilDate =>
  asked !== undefined && isCivilDate(asked) ? asked : today;
