import {
  ScheduleAlreadyRunning,
  type ScheduleOptions,
  ScheduleNotFoundError,
  type ScheduleSpec,
} from '@temporalio/client';
import type { MorningSummaryInput } from '../../activities/activities.ts';
import { authorityCalendar } from '../../domain/calendar/authority-calendar.ts';
import { expandCalendar, keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import type { PublishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { withoutWebhooks } from '../../domain/webhooks/without-webhooks.ts';
import { CALENDAR_WATCH, morningSummaryId } from '../../workflows/schedule-ids.ts';
import type { EngineClient } from './engine-client.ts';

/** What happens every morning, by Temporal Schedules. */
export interface EngineSchedules {
  /**
   * Sees to it that an authority's administrator gets a summary every working morning: one Temporal Schedule an authority,
   * at its local time whatever the clocks do. Missed while the server was down for more than two hours, it is not made up.
   *
   * @param existing what becomes of a Schedule that is there: left as it is, or brought up to date
   */
  keepMorningSummary(input: MorningSummaryInput, existing: 'as it is' | 'updated'): Promise<void>;
  /** The morning summary counts by these bank holidays from now on, where there is one. */
  changeSummaryCalendar(authority: string, published: PublishedHolidays): Promise<void>;
  /** Sees to it that the source of bank holidays is looked at every morning; safe to ask for again. */
  keepCalendarWatch(): Promise<void>;
}

/** When the morning summary goes out where the authority's file does not say. */
const MORNING_SUMMARY_TIME = '08:30';
const ZONE = 'Europe/London';

export function engineSchedules({ client, taskQueue, patiently }: EngineClient): EngineSchedules {
  const { schedule } = client;

  /** Makes a Schedule where there is none. */
  const keep = (options: ScheduleOptions, whereThere: () => Promise<void> = () => Promise.resolve()): Promise<void> =>
    patiently('change', async () => {
      try {
        await schedule.create(options);
      } catch (error) {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
        await whereThere();
      }
    });

  return {
    async keepMorningSummary(given, existing) {
      const input = { ...given, authority: withoutWebhooks(given.authority) };
      const scheduleId = morningSummaryId(input.authority.id);
      const spec = everyWorkdayAt(input.authority.sending.summary ?? MORNING_SUMMARY_TIME);
      const action = {
        type: 'startWorkflow' as const,
        workflowType: 'morningSummary',
        workflowId: scheduleId,
        taskQueue,
        args: [input],
      };
      await keep({ scheduleId, spec, action, policies: { overlap: 'SKIP', catchupWindow: '2 hours' } }, async () => {
        if (existing === 'updated')
          await schedule.getHandle(scheduleId).update((known) => ({ ...known, spec, action }));
      });
    },

    async changeSummaryCalendar(authority, published) {
      try {
        await schedule.getHandle(morningSummaryId(authority)).update((known) => {
          const [input] = known.action.args as [MorningSummaryInput];
          const { authority: whose, calendar } = input;
          const days = expandCalendar(calendar, whose.closureDays);
          const args = [{ ...input, calendar: keepCalendar(authorityCalendar(days, whose, published)) }];
          return { ...known, action: { ...known.action, args } };
        });
      } catch (error) {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
      }
    },

    keepCalendarWatch: () =>
      keep({
        scheduleId: CALENDAR_WATCH,
        spec: { timezone: ZONE, calendars: [{ hour: 6, minute: 45 }] },
        action: { type: 'startWorkflow', workflowType: 'calendarWatch', workflowId: CALENDAR_WATCH, taskQueue },
        policies: { overlap: 'SKIP', catchupWindow: '12 hours' },
      }),
  };
}

function everyWorkdayAt(time: string): ScheduleSpec {
  const [hour, minute] = time.split(':').map(Number);
  return {
    timezone: ZONE,
    calendars: [{ hour: hour ?? 8, minute: minute ?? 30, dayOfWeek: [{ start: 'MONDAY', end: 'FRIDAY' }] }],
  };
}
