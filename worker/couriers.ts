import type { Client } from '@temporalio/client';
import { courierId, type CourierOf, NUDGE } from '../workflows/courier-id.ts';

/** Those who tell addresses outside what happened. */
export interface Couriers {
  /** Something waits for an address: its courier goes at once, whether or not there is one yet. */
  nudge(to: CourierOf): Promise<void>;
}

export const couriersOf = (client: Client, taskQueue: string): Couriers => ({
  async nudge(to) {
    await client.workflow.signalWithStart('webhookCourier', {
      ...{ taskQueue, workflowId: courierId(to), args: [to], signal: NUDGE },
    });
  },
});
