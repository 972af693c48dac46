/**
 * The arithmetic under civil dates: whole numbers and text, no checks of ranges and no errors. `civil-date.ts` is what to use.
 */

/** Epoch days of 0001-01-01 and 9999-12-31. */
export const FIRST_DAY = -719_162;
export const LAST_DAY = 2_932_896;

/** Sunday is 0, Saturday is 6. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** Days of each month of a common year, by its number. */
const MONTH_LENGTHS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days from 1 March to the first of each month, by its number. */
const DAYS_FROM_MARCH = [0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];
const DAYS_FROM_MARCH_TO_JANUARY = 306;

/** Looking text up is faster than padding numbers, and dates are written far more often than the tables are made. */
const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

/** The years that are nearly always meant, so that writing a date joins two texts and no more. */
const FIRST_YEAR_WRITTEN = 1900;
const YEARS = Array.from({ length: 250 }, (_, n) => String(FIRST_YEAR_WRITTEN + n));

function fourDigits(year: number): string {
  return String(year).padStart(4, '0');
}

/** '-03-01' to '-02-29': the 366 days of a year that begins in March. */
const MONTHS_AND_DAYS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2].flatMap((month) =>
  Array.from({ length: daysInMonth(2000, month) }, (_, day) => `-${TWO_DIGITS[month]}-${TWO_DIGITS[day + 1]}`),
);

/** Not an epoch day: what `parseEpochDay` answers where the text is not a date. */
export const NOT_A_DATE = -1_000_000_000;

/** The number of days in a month of the Gregorian calendar: `daysInMonth(2016, 2)` is 29. */
export function daysInMonth(year: number, month: number): number {
  const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return (MONTH_LENGTHS[month] ?? 0) + leapDay;
}

/**
 * The epoch day of a text YYYY-MM-DD, or NOT_A_DATE: `parseEpochDay('2016-06-30')` is 16982. By character codes, because this
 * runs for every date that comes in and a regular expression takes several times as long.
 */
export function parseEpochDay(text: string): number {
  if (typeof text !== 'string' || text.length !== 10) return NOT_A_DATE;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return NOT_A_DATE;
  const y1 = text.charCodeAt(0) - 48;
  const y2 = text.charCodeAt(1) - 48;
  const y3 = text.charCodeAt(2) - 48;
  const y4 = text.charCodeAt(3) - 48;
  const m1 = text.charCodeAt(5) - 48;
  const m2 = text.charCodeAt(6) - 48;
  const d1 = text.charCodeAt(8) - 48;
  const d2 = text.charCodeAt(9) - 48;
  // One sign bit is left over where any of the eight is below 0 or above 9.
  const low = y1 | y2 | y3 | y4 | m1 | m2 | d1 | d2;
  const high = (9 - y1) | (9 - y2) | (9 - y3) | (9 - y4) | (9 - m1) | (9 - m2) | (9 - d1) | (9 - d2);
  if ((low | high) < 0) return NOT_A_DATE;
  const year = y1 * 1000 + y2 * 100 + y3 * 10 + y4;
  const month = m1 * 10 + m2;
  const day = d1 * 10 + d2;
  if (year < 1 || day < 1 || day > daysInMonth(year, month)) return NOT_A_DATE;
  return epochDayOf(year, month, day);
}

/**
 * The epoch day of a year, month (1 to 12) and day, which must exist: `epochDayOf(1970, 1, 1)` is 0.
 * Years are counted from 1 March, so that the leap day comes last (Hinnant, "days_from_civil").
 */
export function epochDayOf(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const century = (y / 100) | 0;
  const leapDays = (y >> 2) - century + (century >> 2);
  return y * 365 + leapDays + (DAYS_FROM_MARCH[month] ?? 0) + day - 719_469;
}

/**
 * The text YYYY-MM-DD of an epoch day from FIRST_DAY to LAST_DAY (Hinnant, "civil_from_days"): `writeEpochDay(16982)` is
 * '2016-06-30'.
 */
export function writeEpochDay(epochDay: number): string {
  const fromMarchOfYear0 = epochDay + 719_468;
  // `| 0` drops the fraction of a division, as Math.floor would here, and keeps the arithmetic in whole numbers.
  const era = (fromMarchOfYear0 / 146_097) | 0;
  const dayOfEra = fromMarchOfYear0 - era * 146_097;
  const leapDays = ((dayOfEra / 1460) | 0) - ((dayOfEra / 36_524) | 0) + ((dayOfEra / 146_096) | 0);
  const yearOfEra = ((dayOfEra - leapDays) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const year = era * 400 + yearOfEra + (dayOfYear >= DAYS_FROM_MARCH_TO_JANUARY ? 1 : 0);
  return (YEARS[year - FIRST_YEAR_WRITTEN] ?? fourDigits(year)) + MONTHS_AND_DAYS[dayOfYear]!;
}

/** The day of the week of an epoch day, 0 = Sunday: `weekdayOfEpochDay(0)` is 4, a Thursday. */
export function weekdayOfEpochDay(epochDay: number): Weekday {
  const shifted = epochDay + 4;
  return (shifted - Math.floor(shifted / 7) * 7) as Weekday;
}
