import { createCalendar, withClosureDays, type WorkingCalendar } from '../../domain/calendar/working-calendar.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { loadBankHolidays } from '../files/rules.ts';

const made = new Map<string, WorkingCalendar>();

/** An authority's working days: its division's bank holidays and its own closure days. */
export function calendarFor({ division, closureDays }: Pick<Authority, 'division' | 'closureDays'>): WorkingCalendar {
  const key = JSON.stringify([division, closureDays]);
  const known = made.get(key) ?? createCalendar(withClosureDays(loadBankHolidays(division), closureDays));
  made.set(key, known);
  return known;
}
