import { proxyActivities } from '@temporalio/workflow';
import type { NaiveActivities } from './naive-activities.ts';

const { findDue, notifyOne } = proxyActivities<NaiveActivities>({ startToCloseTimeout: '10 minutes' });

/**
 * A naive design: a run each day for each inspection, which asks the database what has fallen due and sends that.
 * What people change goes straight to the database.
 */
export async function pollWorkflow(reference: string, shiftMs: number): Promise<void> {
  const now = new Date(Date.now() + shiftMs).toISOString();
  const due = await findDue(reference, now);
  await Promise.all(due.map((notice) => notifyOne(reference, notice, now)));
}
