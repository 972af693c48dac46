import { continueAsNew, defineQuery, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Activities, ReplanFailure } from '../activities/activities.ts';
import type { PublishedHolidays } from '../domain/calendar/published-holidays.ts';
import type { Actor } from '../domain/commands/actor.ts';

const { openReferences, runningReferences, replanPage, keepApproval } = proxyActivities<Activities>({
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
  /** Where it stands, and what it has come by: only set by itself. */
  progress?: ReplanProgress;
  seen?: string[];
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
 *
 * Inspections that start later count by the days once somebody's inspection does: all refused means nobody approved. Those that
 * were being started meanwhile, and had not reached the register when their page was read, are asked of the engine at the end.
 */
export async function replanAll(input: ReplanAllInput): Promise<ReplanProgress> {
  const { authority, published, actor, pageSize = PAGE } = input;
  const progress: ReplanProgress = input.progress ?? { after: '', tried: 0, done: 0, failed: [] };
  const seen = new Set(input.seen);
  setHandler(progressQuery, () => progress);
  const bring = async (page: string[]): Promise<void> => {
    const failed = await replanPage(page, published, actor);
    for (const each of page) seen.add(each);
    progress.tried += page.length;
    progress.done += page.length - failed.length;
    progress.failed = [...progress.failed, ...failed].slice(0, MAX_FAILURES);
  };
  for (;;) {
    const page = await openReferences(authority, progress.after, pageSize);
    const last = page.at(-1);
    if (last === undefined) break;
    await bring(page);
    progress.after = last;
    if (workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof replanAll>({ ...input, progress, seen: [...seen] });
  }
  if (progress.done === 0) return progress;
  await keepApproval(authority, published, actor.id, new Date().toISOString());
  const late = (await runningReferences(authority)).filter((each) => !seen.has(each));
  for (let from = 0; from < late.length; from += pageSize) await bring(late.slice(from, from + pageSize));
  return progress;
}
