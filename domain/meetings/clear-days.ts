import { addDays, type CivilDate, weekday } from '../calendar/civil-date.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { lastDayOf } from '../plan/counting.ts';
import type { Period } from '../schemas/common.ts';
import type { Body } from './meetings.ts';
import {
  AGENDA_CLEAR_DAYS,
  GENERAL_EXCEPTION_CLEAR_DAYS,
  KEY_NOTICE_CLEAR_DAYS,
  PRIVATE_NOTICE_CLEAR_DAYS,
  PRIVATE_STATEMENT_CLEAR_DAYS,
} from './statutory-days.ts';

type Papers = NonNullable<Body['papers']>;
type ClearDays = Papers['clearDays'];

const clear = (n: number, unit: Period['unit']): Period => ({ n, unit, convention: 'clear-before' });

/** As `weekday` numbers the days of a week. */
const SATURDAY = 6;

/** Which days are clear, by each way of counting them; none on which a body's file says that they are not. */
const COUNTS: Record<ClearDays, { words: string; isClear(day: CivilDate, calendar: WorkingCalendar): boolean }> = {
  'working-day': { words: 'clear working days', isClear: (day, calendar) => calendar.isWorkingDay(day) },
  'monday-to-saturday': {
    words: 'clear days from Monday to Saturday, without bank holidays,',
    isClear: (day, calendar) => weekday(day) === SATURDAY || calendar.isWorkingDay(day),
  },
  'calendar-day': { words: 'clear days, weekends and holidays too,', isClear: () => true },
};

/** '5 clear working days', as a body's agenda counts them. */
export const clearDaysInWords = ({ agendaClearDays, clearDays = 'working-day' }: Partial<Papers>): string =>
  `${agendaClearDays ?? AGENDA_CLEAR_DAYS} ${COUNTS[clearDays].words}`;

/**
 * The last working day on which a body's agenda can be published for a meeting: by its file's number of clear days, and by which
 * days it counts. The council's closure days make it earlier only where the file says that they do.
 */
export function agendaBy(meeting: CivilDate, { papers }: Pick<Body, 'papers'>, calendar: WorkingCalendar): CivilDate {
  const { agendaClearDays = AGENDA_CLEAR_DAYS, clearDays = 'working-day', closureDays = false } = papers ?? {};
  const counted = calendar.countingBy(closureDays);
  const notClear = new Set((papers?.notClear ?? []).map(({ date }) => date));
  if (clearDays === 'working-day' && notClear.size === 0)
    return lastDayOf(clear(agendaClearDays, 'working-day'), meeting, counted);
  let day = meeting;
  for (let left = agendaClearDays; left > 0;) {
    day = addDays(day, -1);
    if (!notClear.has(day) && COUNTS[clearDays].isClear(day, counted)) left--;
  }
  return counted.previousWorkingDay(addDays(day, -1));
}

/** The last day for the notice of a key decision, which may be a day off. */
export function keyNoticeBy(meeting: CivilDate, calendar: WorkingCalendar): CivilDate {
  return lastDayOf(clear(KEY_NOTICE_CLEAR_DAYS, 'calendar-day'), meeting, calendar);
}

/** The last day for the notice that a meeting, or a part of it, is to be in private; and for the statement of reasons. */
export const privateNoticeBy = (meeting: CivilDate, calendar: WorkingCalendar): CivilDate =>
  lastDayOf(clear(PRIVATE_NOTICE_CLEAR_DAYS, 'calendar-day'), meeting, calendar);
export const privateStatementBy = (meeting: CivilDate, calendar: WorkingCalendar): CivilDate =>
  lastDayOf(clear(PRIVATE_STATEMENT_CLEAR_DAYS, 'working-day'), meeting, calendar.withoutClosureDays());

/** The last working day on which a key decision can still be notified by general exception; closure days do not count. */
export function generalExceptionBy(meeting: CivilDate, calendar: WorkingCalendar): CivilDate {
  return lastDayOf(clear(GENERAL_EXCEPTION_CLEAR_DAYS, 'working-day'), meeting, calendar.withoutClosureDays());
}
