import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BankHolidayFeed, calendarFromFeed } from '../../domain/calendar/holidays.ts';
import type { CalendarData, Division } from '../../domain/calendar/working-calendar.ts';
import { packageRoot } from '../../platform/package-root.ts';

const bankHolidays = new Map<Division, CalendarData>();

/** The bank holidays of a division, 2006 to 2040; those after the published years are projected. Read once. */
export function loadBankHolidays(division: Division): CalendarData {
  const known = bankHolidays.get(division) ?? readBankHolidays(division);
  bankHolidays.set(division, known);
  return known;
}

function readBankHolidays(division: Division): CalendarData {
  const read = (name: string): object =>
    JSON.parse(readFileSync(join(packageRoot(), 'rules', 'bank-holidays', name), 'utf8')) as object;
  return calendarFromFeed({ ...read('bank-holidays.json'), ...read('sources.json') } as BankHolidayFeed, division);
}
