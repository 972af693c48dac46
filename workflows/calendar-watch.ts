import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/activities.ts';
import type { Watched } from '../activities/calendars/watch.ts';

const { watchCalendar } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '1 hour',
});

/** A daily look at the source of bank holidays, started by its Schedule. What it finds, administrators read in the morning. */
export async function calendarWatch(): Promise<Watched> {
  return watchCalendar(new Date().toISOString());
}
