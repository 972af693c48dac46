import { waitingSentences } from '../../../domain/plan/waiting.ts';
import { closableInWords } from '../../../domain/closing/closable.ts';
import { OTHER_EVENT_CHOICES } from '../../../domain/facts/events.ts';
import { sharedWith, standingOfShared } from '../../plan/shared-actions.ts';
import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import { shownText } from '../../../domain/lifecycle/shown-text.ts';
import { Hono } from 'hono';
import { addDays, type CivilDate } from '../../../domain/calendar/civil-date.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { addMonths } from '../../../domain/calendar/months.ts';
import type { WorkingCalendar } from '../../../domain/calendar/working-calendar.ts';
import type { ListedMilestone } from '../../../domain/milestone/columns.ts';
import { MILESTONE_STANDINGS, type MilestoneStanding } from '../../../domain/milestone/statuses.ts';
import { nearLimits, nearLimitSentence, sizesOf } from '../../../domain/lifecycle/limits.ts';
import { measureLines } from '../../../domain/measures/measure-lines.ts';
import { progressReport } from '../../../domain/progress/report.ts';
import { listRulePacks, loadRulePack } from '../../files/rules.ts';
import { formNamed } from '../forms/command-form.ts';
import { offered } from '../forms/offered.ts';
import { type RunningInspection, runningInspection, seenInspection } from '../inspections.ts';
import { listQuery, type MilestonePages, pagination, PER_PAGE } from '../lists.ts';
import { page } from '../page.ts';
import { notFound } from '../problems.ts';
import { renderReport } from '../render.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import type { Env, WebParts } from '../parts.ts';
import { authoritiesOf, isAny, type Membership } from '../people.ts';
import { timelineSvg, timelineTable } from '../pictures/timeline.ts';
import { evidenceIn } from '../evidence/given-links.ts';

/** In the table by date, and in the picture above it: a page of a thousand is slow to draw and of no use. */
/** Actions that the update's page names one by one: a page can be read, and loaded on a phone. */
const MAX_REPORTED = 200;
const DUTIES_PER_PAGE = 200;

/** Months between the updates to Cabinet. */
const QUARTER = 3;

/** What is said once something has been done; starting an inspection is no command. */
const doneOf = (name: string | undefined): string | undefined =>
  name === 'started' ? 'The inspection has been started.' : formNamed(name)?.done;

/** The inspections that somebody may see, each with its facts, its strands, its picture and its history. */
export function inspectionRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  const { register } = parts;
  return new Hono<Env>()
    .get('/inspections', async (context) => {
      const { person } = context.get('session');
      const query = listQuery(context);
      const authorities = authoritiesOf(person).filter((id) => query.authority === undefined || id === query.authority);
      const { rows, total } = await register.board.inspections(
        context.get('now'),
        { authorities },
        {
          offset: (query.page - 1) * PER_PAGE,
          limit: PER_PAGE,
        },
      );
      return page(context, 'inspections.html', {
        title: 'Inspections',
        rows,
        total,
        mayStart: isAny(person, ['manager', 'administrator']),
        pagination: pagination('/inspections', query, total),
      });
    })
    .get('/inspections/:authority/:reference', async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await runningInspection(parts, seen.id);
      const now = context.get('now');
      const all = await register.milestones(seen.summary.authority, seen.summary.reference);
      const { person } = context.get('session');
      const shared =
        running === null ? [] : await sharedWith(register, seen.membership.authority.id, running.facts.inspection);
      const query = listQuery(context);
      const listed = await pages.listed(all, person, now);
      const milestones = listed.slice((query.page - 1) * DUTIES_PER_PAGE, query.page * DUTIES_PER_PAGE);
      const calendar = await pages.calendars.of(seen.membership.authority);
      const picture = pictureOf(milestones, running, seen.summary.title, calendar, localDate(now));
      return page(context, 'inspection.html', {
        title: seen.summary.title,
        authority: seen.membership.authority,
        ...seen,
        now,
        running,
        facts: running?.facts,
        withdrawn: running?.view.withdrawn,
        closable: running === null ? undefined : closableInWords(running.view, standingOfShared(shared)),
        shared: shared.map(({ duty, ...each }) => ({ ...each, ...duty })),
        events: running?.view.events.map(inWords),
        instruments: running?.view.instruments.map((each) => ({
          ...each,
          events: each.events.map(inWords),
          framework: each.framework === undefined ? undefined : frameworkTitle(each.framework),
        })),
        framework: running === null ? undefined : frameworkTitle(running.facts.pack.id),
        notice: doneOf(context.req.query('done')),
        milestones,
        pagination: pagination(context.req.path, query, listed.length, DUTIES_PER_PAGE),
        grown: growing(running, seen.membership),
        waiting: running === null ? [] : waitingSentences(running.facts),
        strands: strandsOf(listed),
        measures: running === null ? [] : measureLines(running.view.measures, [], localDate(now)),
        svg: timelineSvg(picture),
        rows: timelineTable(picture),
        open: seen.summary.status === 'open',
        changes: running === null ? [] : offered({ subject: 'inspection', id: '' }, running, seen.membership),
      });
    })
    .get('/inspections/:authority/:reference/history', async (context) => {
      const seen = await seenInspection(context, parts);
      const query = listQuery(context);
      const { entries, total } = await register.historyPage(seen.summary, {
        from: 'the newest',
        offset: (query.page - 1) * PER_PAGE,
        limit: PER_PAGE,
      });
      return page(context, 'history.html', {
        title: 'History',
        ...seen,
        pagination: pagination(context.req.path, query, total),
        entries: entries.map((entry) => ({
          ...entry,
          text: shownText(entry),
          evidence: evidenceIn(entry),
          who: entry.actor === null ? '' : roleTitle(seen.membership.authority, entry.actor.role),
        })),
      });
    })
    .get('/inspections/:authority/:reference/report', async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await runningInspection(parts, seen.id);
      if (running === null) throw notFound();
      const entries = await register.history(seen.summary.authority, seen.summary.reference);
      const report = progressReport(running.view, entries, await pages.calendars.of(seen.membership.authority), {
        since: addMonths(localDate(context.get('now')), -QUARTER),
        roleTitle: (role) => roleTitle(running.facts.authority, role),
      });
      return context.html(renderReport(report, MAX_REPORTED));
    });
}

/** What its administrator should know of its size, in sentences. */
function growing(running: RunningInspection | null, { authority, roles }: Membership): string[] {
  if (running === null || !roles.some(({ id }) => id === authority.chain.administrator)) return [];
  const sizes = sizesOf(running.state);
  return nearLimits(sizes).map((name) => nearLimitSentence(name, sizes));
}

/** A pack's title; its id where it is no longer among the rules. */
const frameworkTitle = (id: string): string => (listRulePacks().includes(id) ? loadRulePack(id).title : id);

function strandsOf(milestones: ListedMilestone[]) {
  const strands = new Map<string, Map<MilestoneStanding, number>>();
  for (const { strand, standing } of milestones) {
    const counts = strands.get(strand) ?? new Map<MilestoneStanding, number>();
    strands.set(strand, counts.set(standing, (counts.get(standing) ?? 0) + 1));
  }
  return [...strands].map(([strand, counts]) => ({
    strand,
    counts: [...counts].map(([standing, n]) => ({ words: MILESTONE_STANDINGS[standing].words, n })),
  }));
}

function pictureOf(
  milestones: ListedMilestone[],
  running: RunningInspection | null,
  title: string,
  calendar: WorkingCalendar,
  today: CivilDate,
) {
  const held = new Map(running?.view.milestones.map((each) => [each.id, each.hold]));
  const dates = [...milestones.map((each) => each.due), today].sort();
  const [from = today, until = today] = [dates[0], dates.at(-1)];
  return {
    title,
    today,
    milestones: milestones.map((each) => {
      const hold = held.get(each.milestone);
      return {
        ...each,
        ...(hold === undefined ? {} : { hold: { since: localDate(hold.since), until: hold.reviewOn } }),
      };
    }),
    daysOff: daysOff(calendar, addDays(from, -7), addDays(until, 7)),
  };
}

/** Weekdays that are no working days, as far as they are known. */
function daysOff(calendar: WorkingCalendar, from: CivilDate, until: CivilDate) {
  const first = from < calendar.from ? calendar.from : from;
  const last = until > calendar.until ? calendar.until : until;
  return first > last ? [] : calendar.skippedHolidays(first, last);
}

/** An event with what happened. */
const inWords = (event: LifecycleView['events'][number]) => ({ ...event, happened: OTHER_EVENT_CHOICES[event.kind] });
