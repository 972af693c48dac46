import { Hono } from 'hono';
import { roleTitle } from '../../../domain/authority/roles.ts';
import { localDate } from '../../../domain/calendar/london.ts';
import { shownText } from '../../../domain/lifecycle/shown-text.ts';
import { PLAN_KINDS, PLAN_STAGES } from '../../../domain/plans/plan-versions.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { WRITTEN_PARTS, writtenInWords } from '../../../domain/progress/written-parts.ts';
import { quarterBefore, writtenParts } from '../../documents/of-inspection.ts';
import { actingRole } from '../forms/offered.ts';
import { evidenceIn } from '../evidence/given-links.ts';
import { isLeft, tabsOf } from '../inspection/tabs.ts';
import { runningInspection, seenInspection } from '../inspections.ts';
import { listQuery, pagination, PER_PAGE } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound } from '../problems.ts';

/** What is on record of an inspection: what happened, and the reports that are made of it. */
export function recordRoutes(parts: WebParts): Hono<Env> {
  const { register } = parts;
  return new Hono<Env>()
    .get('/inspections/:authority/:reference/history', async (context) => {
      const seen = await seenInspection(context, parts);
      const query = listQuery(context);
      const [{ entries, total }, runs] = await Promise.all([
        register.historyPage(seen.summary, {
          from: 'the newest',
          offset: (query.page - 1) * PER_PAGE,
          limit: PER_PAGE,
        }),
        isLeft(parts, seen),
      ]);
      return page(context, 'history.html', {
        title: 'History',
        ...seen,
        tabs: tabsOf(seen, 'history', { runs }),
        pagination: pagination(context.req.path, query, total),
        entries: entries.map((entry) => ({
          ...entry,
          text: shownText(entry),
          evidence: evidenceIn(entry),
          who: entry.actor === null ? '' : roleTitle(seen.membership.authority, entry.actor.role),
        })),
      });
    })
    .get('/inspections/:authority/:reference/reports', async (context) => {
      const seen = await seenInspection(context, parts);
      const running = await runningInspection(parts, seen.id);
      if (running === null) throw notFound();
      const { decisions, improvement } = running.view;
      const written = await writtenParts(register, seen.id, running.facts.authority);
      return page(context, 'inspection-reports.html', {
        title: 'Reports',
        ...seen,
        tabs: tabsOf(seen, 'reports', { runs: true }),
        since: quarterBefore(localDate(context.get('now'))),
        decisions,
        written: namesOf(WRITTEN_PARTS).map((part) => {
          const { [part]: found } = written;
          return {
            part,
            heading: WRITTEN_PARTS[part],
            ...(found === null ? {} : { text: found.text, said: writtenInWords(found) }),
          };
        }),
        mayWrite: actingRole(seen.membership, running, 'writePart').possible,
        plans: improvement.plans?.map(({ plan, version, stages }) => ({
          plan: PLAN_KINDS[plan],
          version,
          stages: stages.map(({ stage, on }) => ({ on, words: PLAN_STAGES[stage] })),
        })),
      });
    });
}
