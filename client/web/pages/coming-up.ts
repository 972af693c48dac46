import { Hono } from 'hono';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import { instantAt, localDate } from '../../../domain/calendar/london.ts';
import { isPending } from '../../../domain/milestone/milestone-state.ts';
import type { WorkingCalendar } from '../../../domain/calendar/working-calendar.ts';
import { filterChoices, filterOf, listQuery, type MilestonePages } from '../lists.ts';
import { leftOutOf } from '../left-out.ts';
import { page } from '../page.ts';
import type { Env, WebParts } from '../parts.ts';
import { calendarMonth } from '../pictures/month.ts';

/** Working days that the list looks ahead. */
const WORKING_DAYS = 20;
const MAX_ROWS_SHOWN = 500;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** What falls due in the next 20 working days as a list, and any month as a calendar. */
export function comingUpRoutes(parts: Pick<WebParts, 'register'>, pages: MilestonePages): Hono<Env> {
  return new Hono<Env>().get('/coming-up', async (context) => {
    const { person } = context.get('session');
    const now = context.get('now');
    const today = localDate(now);
    const query = listQuery(context);
    const authority = person.memberships[0]?.authority;
    const calendar = authority === undefined ? undefined : await pages.calendars.of(authority);
    const until = calendar === undefined ? today : calendar.addWorkingDays(today, WORKING_DAYS);
    const filter = filterOf(person, query, 'all');
    const month = monthOf(context.req.query('month'), today);
    const first = `${month}-01`;
    const next = addDays(first, 31).slice(0, 8) + '01';
    const all = { offset: 0, limit: MAX_ROWS_SHOWN };
    const [leftOut, soon, inMonth] = await Promise.all([
      leftOutOf(parts, now, filter.authorities),
      pages.read(
        now,
        { ...filter, dueFrom: instantAt(today, '00:00'), dueBefore: instantAt(addDays(until, 1), '00:01') },
        all,
      ),
      // A cut-off at midnight is the first instant of the day after.
      pages.read(now, { ...filter, dueFrom: instantAt(first, '00:01'), dueBefore: instantAt(next, '00:01') }, all),
    ]);
    const rows = (await pages.listed(soon.rows, person, now)).filter(
      (each) => each.due >= today && each.due <= until && each.standing !== 'overdue' && isPending(each),
    );
    return page(context, 'coming-up.html', {
      title: 'Coming up',
      rows,
      ...{ until, leftOut },
      several: person.memberships.length > 1,
      choices: filterChoices(person, query),
      month: calendarMonth({
        month,
        today,
        milestones: (await pages.listed(inMonth.rows, person, now)).filter(
          (each) => each.due >= first && each.due < next,
        ),
        daysOff: calendar === undefined ? [] : daysOffIn(calendar, first, next),
      }),
      more: inMonth.total > MAX_ROWS_SHOWN ? inMonth.total - MAX_ROWS_SHOWN : 0,
    });
  });
}

function monthOf(asked: string | undefined, today: string): string {
  const [, year = '', month = ''] = MONTH.exec(asked ?? '') ?? [];
  return year >= '2000' && year <= '2100' ? `${year}-${month}` : today.slice(0, 7);
}

function daysOffIn(calendar: WorkingCalendar, first: string, next: string) {
  const from = addDays(first, -1);
  return from < calendar.from || next > calendar.until ? [] : calendar.skippedHolidays(from, addDays(next, -1));
}
