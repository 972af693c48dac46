import type { CivilDate } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { lastDayOf } from '../plan/counting.ts';
import type { Period } from '../schemas/common.ts';
import type { Body } from './meetings.ts';
import { AGENDA_CLEAR_DAYS, GENERAL_EXCEPTION_CLEAR_DAYS, KEY_NOTICE_CLEAR_DAYS } from './statutory-days.ts';

const clear = (n: number, unit: Period['unit']): Period => ({ n, unit, convention: 'clear-before' });

/**
 * The last working day on which a body's agenda can be published for a meeting: by its file's number of clear days. The
 * council's closure days make it earlier only where the file says that they do.
 */
export function agendaBy(meeting: CivilDate, { papers }: Pick<Body, 'papers'>, calendar: WorkingCalendar): CivilDate {
  const { agendaClearDays = AGENDA_CLEAR_DAYS, closureDays = false } = papers ?? {};
  return lastDayOf(
    clear(agendaClearDays, 'working-day'),
    meeting,
    closureDays ? calendar : calendar.withoutClosureDays(),
  );
}

/** The last day for the notice of a key decision, which may be a day off. */
export function keyNoticeBy(meeting: CivilDate, calendar: WorkingCalendar): CivilDate {
  return lastDayOf(clear(KEY_NOTICE_CLEAR_DAYS, 'calendar-day'), meeting, calendar);
}

/** The last working day on which a key decision can still be notified by general exception; closure days do not count. */
export function generalExceptionBy(meeting: CivilDate, calendar: WorkingCalendar): CivilDate {
  return lastDayOf(clear(GENERAL_EXCEPTION_CLEAR_DAYS, 'working-day'), meeting, calendar.withoutClosureDays());
}
