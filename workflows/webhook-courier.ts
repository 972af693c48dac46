import {
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../activities/activities.ts';
import { type CourierOf, NUDGE } from './courier-id.ts';

/** No total bound, and that is meant: what waits is in the register, and is given up there by what it says itself. */
const { tellAddress } = proxyActivities<Activities>({
  startToCloseTimeout: '3 minutes',
  heartbeatTimeout: '20 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});

/** Even if something is due now, rest a moment: a courier must never spin. */
const MIN_WAIT_MS = 1000;

/** Tells one address outside what waits for it, until nothing does; nudged when something more does. */
export async function webhookCourier(to: CourierOf): Promise<void> {
  let nudged = false;
  setHandler(defineSignal(NUDGE), () => {
    nudged = true;
  });
  for (;;) {
    nudged = false;
    const { waitMs } = await tellAddress(to);
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof webhookCourier>(to);
    if (waitMs === null && !nudged) return;
    if (waitMs !== null && !nudged) await condition(() => nudged, Math.max(MIN_WAIT_MS, waitMs));
  }
}
