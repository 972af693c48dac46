import { continueAsNew, defineQuery, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Activities, ReplanFailure } from '../activities/activities.ts';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import type { Actor } from '../domain/commands/actor.ts';

const { openReferences, replanPage } = proxyActivities<Activities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** What a fan-out starts with, and goes on with after continue-as-new. */
export interface ReplanAllInput {
  authority: string;
  published: PublishedHolidays;
  actor: Actor;
  /** Open inspections a page; the same number goes side by side at most. */
  pageSize?: number;
  /** Where it stands: only set by itself. */
  progress?: ReplanProgress;
}

export interface ReplanProgress {
  /** The last reference that was dealt with; '' at the beginning. */
  after: string;
  done: number;
  failed: ReplanFailure[];
}

const progressQuery = defineQuery<ReplanProgress>('progress');

const PAGE = 100;
/** Told to the person who approved; the rest is in the log of the workflow. */
const MAX_FAILURES = 200;

/**
 * Brings approved bank holidays to every open inspection of an authority, a page at a time in the order of their
 * references. It can die anywhere: the same days a second time change nothing in an inspection.
 */
export async function replanAll(input: ReplanAllInput): Promise<ReplanProgress> {
  const progress: ReplanProgress = input.progress ?? { after: '', done: 0, failed: [] };
  setHandler(progressQuery, () => progress);
  for (;;) {
    const page = await openReferences(input.authority, progress.after, input.pageSize ?? PAGE);
    const last = page.at(-1);
    if (last === undefined) return progress;
    const failed = await replanPage(page, input.published, input.actor);
    progress.after = last;
    progress.done += page.length - failed.length;
    progress.failed = [...progress.failed, ...failed].slice(0, MAX_FAILURES);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof replanAll>({ ...input, progress });
  }
}
