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
  /** How many were told, or refused, or could not be told. */
  tried: number;
  /** How many count by the new days now. */
  done: number;
  failed: ReplanFailure[];
}

const progressQuery = defineQuery<ReplanProgress>('progress');

/** One page is told side by side; how far it has come is known after each. */
const PAGE = 20;
/** Named to the person who approved; of the rest it is known how many they are. */
const MAX_FAILURES = 200;

/**
 * Brings approved bank holidays to every open inspection of an authority, a page at a time in the order of their
 * references. One that does not answer is named, and keeps no other. It can die anywhere: the same days a second time
 * change nothing in an inspection.
 */
export async function replanAll(input: ReplanAllInput): Promise<ReplanProgress> {
  const progress: ReplanProgress = input.progress ?? { after: '', tried: 0, done: 0, failed: [] };
  setHandler(progressQuery, () => progress);
  for (;;) {
    const page = await openReferences(input.authority, progress.after, input.pageSize ?? PAGE);
    const last = page.at(-1);
    if (last === undefined) return progress;
    const failed = await replanPage(page, input.published, input.actor);
    progress.after = last;
    progress.tried += page.length;
    progress.done += page.length - failed.length;
    progress.failed = [...progress.failed, ...failed].slice(0, MAX_FAILURES);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof replanAll>({ ...input, progress });
  }
}
