import { namesOf } from '../../../domain/closed-table.ts';
import { runningInspection, type SeenInspection } from '../inspections.ts';
import type { WebParts } from '../parts.ts';

/** The pages of one inspection, in the order in which they stand as tabs above each of them. */
type Tab =
  | 'overview'
  | 'plan'
  | 'timeline'
  | 'duties'
  | 'progress'
  | 'decisions'
  | 'questions'
  | 'reports'
  | 'history'
  | 'facts';

/** What each is called, what it is for, its address below the inspection's, and whether it is made of what the lifecycle keeps. */
const TABS: Record<Tab, { text: string; path: string; about: string; ofLifecycle?: true }> = {
  overview: { text: 'Overview', path: '', about: 'What is late, what is next and how far it is.' },
  plan: {
    text: 'Plan',
    path: '/plan',
    about: 'The themes, the recommendations in the report’s words, and the actions that answer them.',
    ofLifecycle: true,
  },
  timeline: {
    text: 'Timeline',
    path: '/timeline',
    about: 'When everything falls due, by quarter or by year; the same as a table beneath.',
  },
  duties: { text: 'Duties', path: '/duties', about: 'Every duty of this inspection, by kind.' },
  progress: {
    text: 'Progress',
    path: '/progress',
    about: 'What owners have said in each round, who has not answered, and what has slipped.',
    ofLifecycle: true,
  },
  decisions: {
    text: 'Decisions',
    path: '/decisions',
    about: 'Decisions that follow from this inspection, and their call-in windows.',
    ofLifecycle: true,
  },
  questions: {
    text: 'Questions',
    path: '/questions',
    about: 'What members have asked about this inspection.',
    ofLifecycle: true,
  },
  reports: { text: 'Reports', path: '/reports', about: 'Reports to print or to hand on.', ofLifecycle: true },
  history: {
    text: 'History',
    path: '/history',
    about: 'All that has happened, the newest first. Nothing here is ever changed.',
  },
  facts: {
    text: 'Facts',
    path: '/facts',
    about: 'What is on file: dates, judgements, letters, notices. Every date is counted from these.',
    ofLifecycle: true,
  },
};

interface TabLink {
  href: string;
  text: string;
  /** As `aria-current` has it: this page itself, or one that belongs to it. */
  current: 'page' | 'true' | undefined;
  /** What the page is for. */
  about: string;
}

/**
 * Links to an inspection's pages, for the frame that all of them share (`inspection-frame.html`).
 *
 * @param here which of them this is, or, with `within`, belongs to
 * @param runs whether its lifecycle is still there: of one that ended long ago only the record is left
 */
export function tabsOf(
  { id }: Pick<SeenInspection, 'id'>,
  here: Tab,
  { runs, within = false }: { runs: boolean; within?: boolean },
): TabLink[] {
  return namesOf(TABS).flatMap((name) => {
    const { text, path, about, ofLifecycle } = TABS[name];
    if (ofLifecycle === true && !runs) return [];
    const current = name === here ? (within ? ('true' as const) : ('page' as const)) : undefined;
    return [{ href: `/inspections/${id}${path}`, text, current, about }];
  });
}

/** Is its lifecycle still there? Not asked of one that is open, whose page may not wait for the engine. */
export async function isLeft(parts: Pick<WebParts, 'engine'>, { id, summary }: SeenInspection): Promise<boolean> {
  return summary.status === 'open' || (await runningInspection(parts, id)) !== null;
}
