import type { Hono } from 'hono';
import type { MilestonePages } from './lists.ts';
import type { PageLink } from './navigation.ts';
import { apiPageRoutes } from './pages/api-page.ts';
import { comingUpRoutes } from './pages/coming-up.ts';
import { decisionRoutes } from './pages/decisions.ts';
import { doRoutes } from './pages/do.ts';
import { dutyRoutes } from './pages/duties.ts';
import { evidenceRoutes } from './pages/evidence.ts';
import { feedPageRoutes } from './pages/feeds.ts';
import { healthRoutes } from './pages/health.ts';
import { inspectionRoutes } from './pages/inspections.ts';
import { milestoneRoutes } from './pages/milestone.ts';
import { overdueRoutes } from './pages/overdue.ts';
import { questionRoutes } from './pages/questions.ts';
import { ruleRoutes } from './pages/rules.ts';
import { startManyRoutes } from './pages/start-many.ts';
import { startRoutes } from './pages/start.ts';
import { undeliverableRoutes } from './pages/undeliverable.ts';
import type { AppParts, Env } from './parts.ts';

/** One or several pages for whoever has signed in, and how people get there; null where other pages lead there. */
export interface BoardPage {
  routes: Hono<Env>;
  link: PageLink | null;
}

const navigation = (href: string, text: string, only?: 'seniors'): PageLink => ({
  ...{ href, text, in: 'navigation' },
  ...(only === undefined ? {} : { only }),
});
const footer = (href: string, text: string): PageLink => ({ href, text, in: 'footer' });

/**
 * Every page of the board, in the order in which the links to them stand.
 *
 * @param document what the API says of itself
 */
export function boardPages(parts: AppParts, pages: MilestonePages, document: () => { paths?: unknown }): BoardPage[] {
  return [
    { routes: overdueRoutes(pages), link: navigation('/', 'Overdue') },
    { routes: comingUpRoutes(pages), link: navigation('/coming-up', 'Coming up') },
    { routes: dutyRoutes(parts, pages), link: navigation('/my-duties', 'My duties') },
    { routes: inspectionRoutes(parts, pages), link: navigation('/inspections', 'Inspections') },
    { routes: milestoneRoutes(parts, pages), link: null },
    { routes: doRoutes(parts, pages), link: null },
    { routes: evidenceRoutes(parts, pages), link: null },
    { routes: startRoutes(parts, pages), link: null },
    { routes: startManyRoutes(parts, pages), link: null },
    { routes: decisionRoutes(parts), link: navigation('/decisions', 'Decisions') },
    { routes: questionRoutes(parts), link: navigation('/questions', 'Questions') },
    { routes: undeliverableRoutes(parts), link: navigation('/undeliverable', 'Undeliverable', 'seniors') },
    { routes: ruleRoutes(), link: navigation('/rules', 'Rules') },
    { routes: feedPageRoutes(parts), link: footer('/feeds', 'Calendar feeds') },
    { routes: apiPageRoutes(parts, document), link: footer('/api', 'For programs') },
    { routes: healthRoutes(parts), link: footer('/health', 'Health') },
  ];
}
