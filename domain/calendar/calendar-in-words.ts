import { formatDate, isCivilDate } from './civil-date.ts';

const CLOSURES = /\+closures\.(\d+)\./;

/**
 * What a calendar's version counts by, for people: programs compare the version itself.
 *
 * @example
 * calendarInWords('2026-08-21+closures.2.1f0c') // 'the bank holidays as of Friday 21 August 2026, and 2 closure days of the council'
 */
export function calendarInWords(version: string): string {
  const [day = ''] = version.split('+');
  const holidays = isCivilDate(day)
    ? `the bank holidays as of ${formatDate(day)}`
    : day.startsWith('published.')
      ? 'the bank holidays that the council has approved'
      : 'bank holidays';
  const closures = Number(CLOSURES.exec(version)?.[1] ?? 0);
  if (closures === 0) return holidays;
  return `${holidays}, and ${closures} closure day${closures === 1 ? '' : 's'} of the council`;
}
