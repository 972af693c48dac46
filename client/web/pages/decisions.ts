import { Hono } from 'hono';
import { MANAGERS } from '../../../domain/commands/may.ts';
import { callInWords } from '../../../domain/decisions/calling-in.ts';
import { partsOf } from '../../../domain/inspection-ref.ts';
import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import { formNamed } from '../forms/command-form.ts';
import { actingRole, offered } from '../forms/offered.ts';
import { tabsOf } from '../inspection/tabs.ts';
import { runningInspection, seenInspection } from '../inspections.ts';
import { listQuery, pagination } from '../lists.ts';
import { leftOutOf } from '../left-out.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { authoritiesOf, isAny } from '../people.ts';
import { notFound } from '../problems.ts';
import { viewsOf } from '../views.ts';

/** Inspections looked into for one page: each is asked of the engine. */
export const INSPECTIONS_A_PAGE = 20;

/** Decisions: their records, the windows with the time that is left, and what becomes of them. */
export function decisionRoutes(parts: WebParts): Hono<Env> {
  return new Hono<Env>()
    .get('/decisions', async (context) => {
      const query = listQuery(context);
      const { person } = context.get('session');
      const { rows, total, leftOut } = await openInspections(parts, person, context.get('now'), query.page);
      const { views, silent } = await viewsOf(parts, rows);
      return page(context, 'decisions.html', {
        title: 'Decisions',
        inspections: views
          .filter(({ view }) => view.decisions.length > 0)
          .map((each) => ({ ...each, decisions: each.view.decisions })),
        windows: views.flatMap(({ id, view }) => openWindows(id, view)),
        toBeConsidered: views.flatMap(({ id, view }) => toBeConsidered(id, view)),
        // Where nobody may record one the choice would lead to a page without the button.
        all: views.filter(({ id }) => isAny(person, MANAGERS, partsOf(id).authority)),
        ...{ silent, leftOut, none: total === 0 },
        pagination: pagination('/decisions', query, total, INSPECTIONS_A_PAGE),
      });
    })
    .get('/inspections/:authority/:reference/decisions', async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await runningInspection(parts, seen.id);
      if (running === null) throw notFound();
      return page(context, 'inspection-decisions.html', {
        title: 'Decisions',
        ...seen,
        tabs: tabsOf(seen, 'decisions', { runs: true }),
        decisions: running.view.decisions,
        windows: openWindows(seen.id, running.view),
        toBeConsidered: toBeConsidered(seen.id, running.view),
        mayRecord: actingRole(seen.membership, running, 'decide').possible,
        notice: formNamed(context.req.query('done'))?.done,
      });
    })
    .get('/inspections/:authority/:reference/decisions/:decision', async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await runningInspection(parts, seen.id);
      const record = running?.view.decisions.find((each) => each.id === context.req.param('decision'));
      if (running === null || record === undefined) throw notFound();
      return page(context, 'decision.html', {
        title: record.title,
        ...seen,
        tabs: tabsOf(seen, 'decisions', { runs: true, within: true }),
        record,
        callIn: callInWords(record, running.facts, record.standing.open),
        steps: offered({ subject: 'decision', id: record.id }, running, seen.membership),
        notice: formNamed(context.req.query('done'))?.done,
      });
    });
}

/** The open inspections that somebody may see, a page of them; and what is left out. */
export async function openInspections(
  { register }: Pick<WebParts, 'register'>,
  person: Parameters<typeof authoritiesOf>[0],
  now: string,
  number: number,
) {
  const authorities = authoritiesOf(person);
  const place = { offset: (number - 1) * INSPECTIONS_A_PAGE, limit: INSPECTIONS_A_PAGE };
  const [found, leftOut] = await Promise.all([
    register.board.inspections(now, { authorities, open: true }, place),
    leftOutOf({ register }, now, authorities),
  ]);
  return { ...found, leftOut };
}

/** The call-in windows that are open, each with the time that is left. */
export function openWindows(id: string, view: LifecycleView) {
  return view.decisions
    .filter(({ standing }) => standing.open)
    .map(({ id: decision, title, standing }) => ({
      href: `/inspections/${id}/decisions/${decision}`,
      title,
      closesAt: standing.closesAt,
      left: inWords(Date.parse(standing.closesAt ?? '') - Date.parse(view.now)),
    }));
}

/** The decisions that scrutiny has still to consider, because they were called in. */
export function toBeConsidered(id: string, view: LifecycleView) {
  return view.decisions
    .filter(({ standing }) => standing.calledIn === true)
    .map(({ id: decision, title, standing }) => ({
      href: `/inspections/${id}/decisions/${decision}`,
      ...{ title, why: standing.why },
    }));
}

function inWords(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  const [days, rest] = [Math.floor(hours / 24), hours % 24];
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  if (days > 0) return `${count(days, 'day')}${rest > 0 ? ` and ${count(rest, 'hour')}` : ''}`;
  return hours > 0 ? count(hours, 'hour') : 'less than an hour';
}
