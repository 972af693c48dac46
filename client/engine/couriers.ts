import { couriersOf } from '../../worker/couriers.ts';
import type { CourierOf } from '../../workflows/courier-id.ts';
import type { EngineClient } from './engine-client.ts';

/** Those who tell addresses outside what happened. */
export interface EngineCouriers {
  /** Something waits for an address: its courier goes at once. */
  nudgeCourier(to: CourierOf): Promise<void>;
}

export function engineCouriers({ client, taskQueue, patiently }: EngineClient): EngineCouriers {
  const { nudge } = couriersOf(client, taskQueue);
  return { nudgeCourier: (to) => patiently('change', () => nudge(to)) };
}
