import type { Hono } from 'hono';
import type { MilestonePages } from './lists.ts';
import type { PageLink } from './navigation.ts';
import { broughtFiles } from './administration/brought-files.ts';
import { administrationDayRoutes } from './pages/administration-days.ts';
import { administrationFormRoutes } from './pages/administration-form.ts';
import { administrationCalendarRoutes } from './pages/administration-calendar.ts';
import { administrationPartRoutes } from './pages/administration-parts.ts';
import { administrationKeyRoutes } from './pages/administration-keys.ts';
import { administrationTemplateRoutes } from './pages/administration-template.ts';
import { administrationWebhookRoutes } from './pages/administration-webhooks.ts';
import { administrationRoutes } from './pages/administration.ts';
import { apiPageRoutes } from './pages/api-page.ts';
import { chosenRoutes } from './pages/chosen.ts';
import { comingUpRoutes } from './pages/coming-up.ts';
import { decisionRoutes } from './pages/decisions.ts';
import { demonstrationRoutes } from './pages/demonstration.ts';
import { doRoutes } from './pages/do.ts';
import { dutyRoutes } from './pages/duties.ts';
import { evidenceRoutes } from './pages/evidence.ts';
import { feedPageRoutes } from './pages/feeds.ts';
import { figureRoutes } from './pages/figures.ts';
import { firstPageRoutes } from './pages/first-page.ts';
import { healthRoutes } from './pages/health.ts';
import { frozenRoutes } from './pages/frozen.ts';
import { helpRoutes } from './pages/help.ts';
import { overviewRoutes } from './pages/inspection.ts';
import { inspectionDocumentRoutes } from './pages/inspection-documents.ts';
import { inspectionDutyRoutes } from './pages/inspection-duties.ts';
import { planRoutes } from './pages/inspection-plan.ts';
import { recordRoutes } from './pages/inspection-record.ts';
import { timelineRoutes } from './pages/inspection-timeline.ts';
import { inspectionRoutes } from './pages/inspections.ts';
import { milestoneRoutes } from './pages/milestone.ts';
import { passOnRoutes } from './pages/pass-on.ts';
import { settingsRoutes } from './pages/settings.ts';
import { inspectionProgressRoutes } from './pages/inspection-progress.ts';
import { overdueRoutes } from './pages/overdue.ts';
import { planWritingRoutes } from './pages/plan.ts';
import { progressFormRoutes } from './pages/progress-form.ts';
import { publicPageRoutes } from './pages/public-page.ts';
import { questionRoutes } from './pages/questions.ts';
import { ruleRoutes } from './pages/rules.ts';
import { searchRoutes } from './pages/search.ts';
import { startManyRoutes } from './pages/start-many.ts';
import { startRoutes } from './pages/start.ts';
import { viewRoutes } from './pages/views.ts';
import { undeliverableRoutes } from './pages/undeliverable.ts';
import { waitingRoutes } from './pages/waiting.ts';
import type { AppParts, Env } from './parts.ts';

/** One or several pages for whoever has signed in, and how people get there; null where other pages lead there. */
export interface BoardPage {
  routes: Hono<Env>;
  link: PageLink | null;
}

type Said = Pick<PageLink, 'about' | 'only'>;
const navigation = (href: string, text: string, said: Said): PageLink => ({ href, text, in: 'navigation', ...said });
const footer = (href: string, text: string, said: Said): PageLink => ({ href, text, in: 'footer', ...said });

/**
 * Every page of the board, in the order in which the links to them stand.
 *
 * @param document what the API says of itself
 */
export function boardPages(parts: AppParts, pages: MilestonePages, document: () => { paths?: unknown }): BoardPage[] {
  const brought = broughtFiles();
  return [
    { routes: firstPageRoutes(), link: null },
    {
      routes: overdueRoutes(parts, pages),
      link: navigation('/overdue', 'Overdue', {
        about:
          'Every duty by where it stands, the longest overdue first. Sort by any column, and narrow the list above it.',
      }),
    },
    {
      routes: waitingRoutes(parts, pages),
      link: navigation('/waiting', 'Waiting for you', {
        about:
          'What waits for your answer, by what you are: later dates and submissions, decisions and questions, what is not right.',
        only: 'all but owners',
      }),
    },
    {
      routes: comingUpRoutes(parts, pages),
      link: navigation('/coming-up', 'Coming up', {
        about: 'What falls due in the next 20 working days, and any month as a calendar.',
      }),
    },
    {
      routes: dutyRoutes(parts, pages),
      link: navigation('/my-duties', 'My duties', {
        about:
          'What belongs to you by the roles that you hold, or has you beside its owner: late, this week, asked of you, later, and done lately.',
      }),
    },
    {
      routes: inspectionRoutes(parts),
      link: navigation('/inspections', 'Inspections', {
        about: 'The inspections of your council. Each has its plan, its timeline and its record.',
      }),
    },
    { routes: overviewRoutes(parts, pages), link: null },
    { routes: planRoutes(parts, pages), link: null },
    { routes: timelineRoutes(parts, pages), link: null },
    { routes: inspectionDutyRoutes(parts, pages), link: null },
    { routes: recordRoutes(parts), link: null },
    { routes: inspectionDocumentRoutes(parts, pages), link: null },
    { routes: frozenRoutes(parts, pages), link: null },
    { routes: progressFormRoutes(parts, pages), link: null },
    { routes: inspectionProgressRoutes(parts), link: null },
    { routes: milestoneRoutes(parts, pages), link: null },
    { routes: publicPageRoutes(parts), link: null },
    { routes: doRoutes(parts, pages), link: null },
    { routes: evidenceRoutes(parts, pages), link: null },
    { routes: planWritingRoutes(parts, pages), link: null },
    { routes: startRoutes(parts, pages), link: null },
    { routes: startManyRoutes(parts, pages), link: null },
    {
      routes: decisionRoutes(parts),
      link: navigation('/decisions', 'Decisions', {
        about: 'Decisions that follow from inspections, with the last day on which each can be called in.',
      }),
    },
    {
      routes: questionRoutes(parts),
      link: navigation('/questions', 'Questions', {
        about: 'What members have asked, and by when each is to be answered.',
      }),
    },
    {
      routes: figureRoutes(parts),
      link: navigation('/figures', 'Figures', {
        about:
          'How the council keeps its dates: done on time, overdue, ratings of themes, dates moved, load by officer.',
      }),
    },
    {
      routes: undeliverableRoutes(parts),
      link: navigation('/undeliverable', 'Undeliverable', {
        about: 'Mail that nobody got. Put the address right, then send it again.',
        only: 'seniors',
      }),
    },
    {
      routes: administrationRoutes(parts, brought),
      link: navigation('/administration', 'Administration', {
        about: 'What is on file of your council: who holds which role, who is away, and what has been changed.',
        only: 'administrators',
      }),
    },
    { routes: administrationPartRoutes(parts, brought), link: null },
    { routes: administrationCalendarRoutes(parts, brought), link: null },
    { routes: administrationDayRoutes(parts, pages), link: null },
    { routes: administrationKeyRoutes(parts), link: null },
    { routes: administrationTemplateRoutes(parts), link: null },
    { routes: administrationWebhookRoutes(parts), link: null },
    { routes: administrationFormRoutes(parts, pages), link: null },
    { routes: passOnRoutes(parts, pages), link: null },
    { routes: searchRoutes(parts, pages), link: null },
    { routes: chosenRoutes(parts, pages), link: null },
    { routes: viewRoutes(parts), link: null },
    {
      routes: ruleRoutes(parts),
      link: footer('/rules', 'Rules', {
        about: 'Where every date comes from: the rules, how each counts, and its source.',
      }),
    },
    { routes: helpRoutes(), link: footer('/help', 'Help', { about: 'What you want to do, and what to press.' }) },
    {
      routes: settingsRoutes(parts),
      link: footer('/settings', 'My settings', {
        about: 'How often your mail comes, and who gets it while you are away.',
      }),
    },
    {
      routes: feedPageRoutes(parts),
      link: footer('/feeds', 'Calendar feeds', {
        about: 'Due dates in your own calendar: an address that Outlook and others keep up to date.',
      }),
    },
    {
      routes: apiPageRoutes(parts, document),
      link: footer('/api', 'API', { about: 'For whoever writes programs that read or change what these pages show.' }),
    },
    {
      routes: healthRoutes(parts),
      link: footer('/health', 'Health', {
        about: 'Whether all parts of duecourse work, and what is not as it should be.',
      }),
    },
    { routes: demonstrationRoutes(parts), link: null },
  ];
}
