import type { CivilDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { lastDayOf } from '../plan/counting.ts';
import type { Period } from '../schemas/common.ts';
import type { Body } from './meetings.ts';
import { AGENDA_CLEAR_DAYS, GENERAL_EXCEPTION_CLEAR_DAYS, KEY_NOTICE_CLEAR_DAYS } from './statutory-days.ts';

const clear = (n: number, unit: Period['unit']): Period => ({ n, unit, convention: 'clear-before' });

/** The last working day on which a body's agenda can be published for a meeting: by its file's number of clear days. */
export function agendaBy(meeting: CivilDate, body: Pick<Body, 'papers'>, calendar: WorkingCalendar): CivilDate {
  return lastDayOf(clear(body.papers?.agendaClearDays ?? AGENDA_CLEAR_DAYS, 'working-day'), meeting, calendar);
}

/** The last day for the notice of a key decision, which may be a day off. */
export function keyNoticeBy(meeting: CivilDate, calendar: WorkingCalendar): CivilDate {
  return lastDayOf(clear(KEY_NOTICE_CLEAR_DAYS, 'calendar-day'), meeting, calendar);
}

/** The last working day on which a key decision can still be notified by general exception. */
export function generalExceptionBy(meeting: CivilDate, calendar: WorkingCalendar): CivilDate {
  return lastDayOf(clear(GENERAL_EXCEPTION_CLEAR_DAYS, 'working-day'), meeting, calendar);
}
