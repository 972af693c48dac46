import { Hono } from 'hono';
import type { RecordOfDecision } from '../../../domain/decisions/record-of-decision.ts';
import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import { actingRole } from '../forms/milestone-forms.ts';
import { INSPECTION_FORMS } from '../forms/inspection-forms.ts';
import { type RunningInspection, runningInspection, seenInspection } from '../inspections.ts';
import { listQuery, pagination } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { authoritiesOf, type Membership } from '../people.ts';
import { notFound } from '../problems.ts';
import { renderRecord } from '../render.ts';
import { viewsOf } from '../views.ts';

/** Inspections looked into for one page: each is asked of the engine. */
export const INSPECTIONS_A_PAGE = 20;
const STEPS = ['publishDecision', 'callIn', 'resolveCallIn', 'reconsider', 'implement'] as const;

/** Decisions: their records, the windows with the time that is left, and what becomes of them. */
export function decisionRoutes(parts: WebParts): Hono<Env> {
  return new Hono<Env>()
    .get('/decisions', async (context) => {
      const query = listQuery(context);
      const { rows, total } = await openInspections(
        parts,
        context.get('session').person,
        context.get('now'),
        query.page,
      );
      const views = await viewsOf(parts, rows);
      return page(context, 'decisions.html', {
        title: 'Decisions',
        inspections: views
          .filter(({ view }) => view.decisions.length > 0)
          .map((each) => ({ ...each, decisions: each.view.decisions })),
        windows: views.flatMap(({ id, view }) => openWindows(id, view)),
        all: views,
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
        decisions: running.view.decisions,
        windows: openWindows(seen.id, running.view),
        mayRecord: seen.summary.status === 'open' && actingRole(seen.membership, running.facts, 'decide').permitted,
        notice: doneOf(context.req.query('done')),
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
        record,
        steps: seen.summary.status === 'open' ? stepsOf(record, running, seen.membership) : [],
        notice: doneOf(context.req.query('done')),
      });
    })
    .get('/inspections/:authority/:reference/decisions/:decision/record', async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await runningInspection(parts, seen.id);
      const record = running?.view.decisions.find((each) => each.id === context.req.param('decision'));
      if (record === undefined) throw notFound();
      return context.html(renderRecord(record));
    });
}

/** The open inspections that somebody may see, a page of them. */
export async function openInspections(
  { register }: Pick<WebParts, 'register'>,
  person: Parameters<typeof authoritiesOf>[0],
  now: string,
  number: number,
) {
  const { rows, total } = await register.board.inspections(
    now,
    { authorities: authoritiesOf(person) },
    {
      offset: (number - 1) * INSPECTIONS_A_PAGE,
      limit: INSPECTIONS_A_PAGE,
    },
  );
  return { rows: rows.filter((each) => each.status === 'open'), total };
}

const doneOf = (name: string | undefined): string | undefined =>
  INSPECTION_FORMS.find((form) => form.name === name)?.done;

function openWindows(id: string, view: LifecycleView) {
  return view.decisions
    .filter(({ standing }) => standing.closesAt !== null && standing.closesAt > view.now)
    .map(({ id: decision, title, standing }) => ({
      href: `/inspections/${id}/decisions/${decision}`,
      title,
      closesAt: standing.closesAt,
      left: inWords(Date.parse(standing.closesAt ?? '') - Date.parse(view.now)),
    }));
}

function inWords(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  const [days, rest] = [Math.floor(hours / 24), hours % 24];
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  if (days > 0) return `${count(days, 'day')}${rest > 0 ? ` and ${count(rest, 'hour')}` : ''}`;
  return hours > 0 ? count(hours, 'hour') : 'less than an hour';
}

/** What can be recorded next about a decision: what makes no sense yet is not offered. */
function stepsOf({ id }: RecordOfDecision, running: RunningInspection, membership: Membership) {
  const { facts, view } = running;
  const decision = facts.inspection.decisions.find((each) => each.id === id);
  const call = facts.inspection.callIns.find((each) => each.decision === id);
  const standing = view.decisions.find((each) => each.id === id)?.standing;
  const published = decision?.publishedOn !== undefined;
  const windowOpen = standing?.closesAt !== null && (standing?.closesAt ?? '') > view.now;
  const referred = call?.resolution !== undefined && call.resolution.outcome !== 'no-further-action';
  const makesSense: Record<(typeof STEPS)[number], boolean> = {
    publishDecision: !published,
    callIn: published && windowOpen && call === undefined && decision?.urgent !== true,
    resolveCallIn: call !== undefined && call.resolution === undefined,
    reconsider: referred && call?.reconsidered === undefined,
    implement: decision?.implementedOn === undefined && standing?.from !== null,
  };
  return INSPECTION_FORMS.filter(
    (form) =>
      STEPS.some((step) => step === form.name && makesSense[step]) &&
      actingRole(membership, facts, form.name).permitted,
  );
}
