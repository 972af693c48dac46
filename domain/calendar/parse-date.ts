import { CalendarError, shown } from './calendar-error.ts';
import { FIRST_DAY, LAST_DAY, NOT_A_DATE, parseEpochDay, writeEpochDay } from './epoch-day.ts';

/**
 * A civil date `YYYY-MM-DD`, years 0001 to 9999, with no time and no zone. Civil dates compare with `<` and `>`.
 */
export type CivilDate = string;

/**
 * Whether the text is a date that exists, written YYYY-MM-DD, in the years 0001 to 9999.
 *
 * @example
 * isCivilDate('2016-02-29') // true
 * isCivilDate('2015-02-29') // false
 */
export function isCivilDate(text: string): boolean {
  return parseEpochDay(text) !== NOT_A_DATE;
}

/**
 * The number of days from 1970-01-01 to the date; dates before it are negative.
 *
 * @throws CalendarError `invalid-date` where the date doesn't exist
 * @example
 * toEpochDay('2016-06-30') // 16982
 */
export function toEpochDay(date: CivilDate): number {
  const epochDay = parseEpochDay(date);
  if (epochDay === NOT_A_DATE) throw invalidDate(date);
  return epochDay;
}

function invalidDate(date: unknown): CalendarError {
  const hint = typeof date === 'string' ? nearestDate(date) : 'write dates as text, YYYY-MM-DD, for example 2016-02-19';
  return new CalendarError('invalid-date', `${shown(date)} is not a date that exists; ${hint}`);
}

/** For 2015-02-30 the example given is 2015-02-28: the last day of the month that was meant. */
function nearestDate(text: string): string {
  const lastOfMonth = [31, 30, 29, 28].map((day) => `${text.slice(0, 7)}-${day}`).find(isCivilDate);
  return `write dates as YYYY-MM-DD, for example ${lastOfMonth ?? '2016-02-19'}`;
}

/**
 * The civil date of an epoch day.
 *
 * @throws CalendarError `out-of-range` outside the years 0001 to 9999, or where it is not a whole number
 * @example
 * fromEpochDay(16982) // '2016-06-30'
 */
export function fromEpochDay(epochDay: number): CivilDate {
  if (!(epochDay >= FIRST_DAY && epochDay <= LAST_DAY) || !Number.isInteger(epochDay)) {
    throw new CalendarError(
      'out-of-range',
      `${epochDay} is not the number of a day; days run from ${FIRST_DAY} (0001-01-01) to ${LAST_DAY} (9999-12-31), in whole numbers`,
    );
  }
  return writeEpochDay(epochDay);
}
