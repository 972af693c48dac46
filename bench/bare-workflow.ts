import { condition, defineUpdate, proxyActivities, setHandler } from '@temporalio/workflow';
import type { BareActivities } from './bare-worker.ts';

const { nothing } = proxyActivities<BareActivities>({ startToCloseTimeout: '1 minute' });

/** A change that is recorded by one activity afterwards, as a lifecycle records one. */
const touchUpdate = defineUpdate<number>('touch');

/**
 * What any workflow of so many events costs, whatever it is for: some activities that do nothing, then one for each
 * update. It holds nothing and works nothing out.
 */
export async function bare(activities: number): Promise<void> {
  let asked = 0;
  setHandler(touchUpdate, () => ++asked);
  for (let n = 0; n < activities; n++) await nothing();
  for (let done = 0; ; done++) {
    await condition(() => asked > done);
    await nothing();
  }
}
