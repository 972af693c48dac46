import { recommendationsInWords } from '../../../domain/plan/recommendation-words.ts';
import { type Context, Hono } from 'hono';
import { localDate } from '../../../domain/calendar/london.ts';
import { measureLines } from '../../../domain/measures/measure-lines.ts';
import type { LifecycleView } from '../../../domain/lifecycle/view.ts';
import type { ListedMilestone } from '../../../domain/milestone/columns.ts';
import { dutyOfAction } from '../../../domain/plan/action-duty.ts';
import { sharedWith } from '../../plan/shared-actions.ts';
import { actingRole } from '../forms/offered.ts';
import { NO_THEME, type PlanGroup, planLines, planSections } from '../inspection/plan-outline.ts';
import { tabsOf } from '../inspection/tabs.ts';
import { themeLines } from '../inspection/themes.ts';
import { runningInspection, seenInspection } from '../inspections.ts';
import { listQuery, type MilestonePages, pagination } from '../lists.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { notFound } from '../problems.ts';
import { milestonePath } from '../milestone-path.ts';

/** Actions on a page: more can't be read, nor loaded on a phone. */
const ACTIONS_A_PAGE = 100;

/** The plan as it is read: themes, their recommendations in the inspectorate's words, the actions that answer them. */
export function planRoutes(parts: WebParts, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>().get('/inspections/:authority/:reference/plan', async (context) => {
    const seen = await seenInspection(context, parts);
    const running = await runningInspection(parts, seen.id);
    if (running === null) throw notFound();
    const now = context.get('now');
    const { improvement, measures } = running.view;
    const only = themeAsked(context, improvement.themes);
    const lines = planLines(improvement, only);
    const query = { ...listQuery(context), theme: only };
    const offset = (query.page - 1) * ACTIONS_A_PAGE;
    const sections = planSections(lines, { offset, limit: ACTIONS_A_PAGE }, improvement);
    const shown = sections.flatMap(({ groups }) => groups.flatMap(({ actions }) => actions));
    const [rows, shared] = await Promise.all([
      parts.register.board.ofInspection.named(
        seen.summary,
        shown.map(({ id }) => dutyOfAction(id)),
      ),
      sharedWith(parts.register, seen.membership.authority.id, running.facts.inspection),
    ]);
    const listed = await pages.listed(rows, context.get('session').person, now);
    const duties = new Map(listed.map((each) => [each.milestone, each]));
    const themes = themeLines(running);
    const titles = new Map(improvement.actions.map(({ id, title }) => [id, title]));
    const words = new Map(improvement.recommendations.map(({ id, text }) => [id, text]));
    const answered = (ids: readonly string[]): string => recommendationsInWords(ids, (id) => words.get(id) ?? id);
    const path = context.req.path;
    return page(context, 'inspection-plan.html', {
      title: 'Plan',
      ...seen,
      tabs: tabsOf(seen, 'plan', { runs: true }),
      mayWrite: actingRole(seen.membership, running, 'revise').possible,
      total: improvement.actions.length,
      chosen: only,
      choices: [
        { href: path, text: 'All themes', current: only === undefined },
        ...themes.map(({ theme, title, done, all }) => ({
          href: `${path}?theme=${theme === '' ? NO_THEME : theme}`,
          text: `${title} (${done} of ${all} done)`,
          current: (theme === '' ? NO_THEME : theme) === only,
        })),
      ],
      sections: sections.map(({ theme, continued, groups }) => ({
        theme,
        continued,
        line: themes.find((each) => each.theme === (theme?.id ?? '')),
        groups: groups.map((group) => ({
          ...groupShown(group, duties, running.view.homes, answered),
          answeredBy: group.answeredBy.map((id) => ({
            text: titles.get(id) ?? id,
            href: titles.has(id) ? milestonePath(seen.id, dutyOfAction(id)) : undefined,
          })),
        })),
      })),
      measures: query.page === 1 ? measureLines(measures, [], localDate(now)) : [],
      shared: shared.map(({ duty, recommendations, ...each }) => ({
        ...each,
        ...duty,
        recommendations: answered(recommendations),
      })),
      pagination: pagination(path, query, lines.length, ACTIONS_A_PAGE),
    });
  });
}

function themeAsked(context: Context<Env>, themes: readonly { id: string }[]): string | undefined {
  const asked = context.req.query('theme');
  return asked === NO_THEME || themes.some(({ id }) => id === asked) ? asked : undefined;
}

/** A recommendation with its actions, each as it stands in the register; one that is not there yet, without dates. */
function groupShown(
  { actions, ...group }: PlanGroup,
  duties: ReadonlyMap<string, ListedMilestone>,
  homes: LifecycleView['homes'],
  answered: (ids: readonly string[]) => string,
) {
  return {
    ...group,
    actions: actions.map(({ id, title, measure, recommendations }) => ({
      title,
      measure,
      others: answered(recommendations.filter((each) => each !== group.recommendation?.id)),
      duty: duties.get(dutyOfAction(id)),
      home: homes[dutyOfAction(id)],
    })),
  };
}
