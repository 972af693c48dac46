import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/activities.ts';
import type { ArchiveRequest, Archived } from '../activities/archive/archive-history.ts';

/**
 * No total bound, and that is meant: the engine keeps a history for 30 days after its end, and until it is in the
 * register nothing else matters.
 */
const { archiveHistory } = proxyActivities<Activities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

/** Which history, and how far the story's clock is from the engine's. */
export interface ArchiveInput extends ArchiveRequest {
  shiftMs?: number;
}

/**
 * Brings a lifecycle's history into the register once its run has ended. A lifecycle can't do that itself: its history is
 * whole only when it is over.
 */
export async function archiveInspection({ shiftMs = 0, ...request }: ArchiveInput): Promise<Archived> {
  return archiveHistory(request, new Date(Date.now() + shiftMs).toISOString());
}
