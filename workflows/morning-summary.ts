import { proxyActivities } from '@temporalio/workflow';
import type { Activities, MorningSummaryInput } from '../activities/activities.ts';
import { expandCalendar } from '../domain/calendar/kept-calendar.ts';
import { localTime, localDate } from '../domain/calendar/london.ts';
import { createCalendar } from '../domain/calendar/working-calendar.ts';

/** Tried for as long as the morning lasts; what could not be sent by then, the next morning's summary says anew. */
const { sendMorningSummary } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '4 hours',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '10 minutes' },
});

/** What became of a morning's summary. */
export type MorningResult = 'sent' | 'nothing to say' | 'not a working day' | 'outside sending hours' | 'undeliverable';

/**
 * One morning's summary for one authority's administrator: started by its Schedule on weekdays, it goes out on working
 * days, within sending hours only (a Schedule that catches up may come late).
 */
export async function morningSummary(input: MorningSummaryInput): Promise<MorningResult> {
  const now = new Date().toISOString();
  const { authority, calendar } = input;
  if (!createCalendar(expandCalendar(calendar, authority.closureDays)).isWorkingDay(localDate(now)))
    return 'not a working day';
  const time = localTime(now);
  if (time < authority.sending.from || time >= authority.sending.until) return 'outside sending hours';
  return sendMorningSummary(input, now);
}
