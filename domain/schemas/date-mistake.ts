import { isCivilDate } from '../calendar/civil-date.ts';

const EXPECTED = 'expected a date that exists, written YYYY-MM-DD, for example 2016-02-19';
const FOUR_DIGITS = 'expected a date with a year of four digits, written YYYY-MM-DD, for example 2016-02-19';
/** Earlier years are slips: 0016 for 2016. */
const FIRST_YEAR = 1900;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * What is wrong with a text as a civil date, with the way to write the day that was meant; undefined where nothing is.
 * A year of two digits is not guessed at: which century was meant, its writer says.
 *
 * @example
 * dateMistake('19/02/2016') // 'expected a date written YYYY-MM-DD: write 2016-02-19'
 * dateMistake('19.2.16')    // 'expected a date with a year of four digits, …'
 */
export function dateMistake(text: string): string | undefined {
  if (isCivilDate(text)) return Number(text.slice(0, 4)) < FIRST_YEAR ? FOUR_DIGITS : undefined;
  const meant = partsOf(text.trim());
  if (meant === undefined) return EXPECTED;
  if (meant.year.length < 4 || Number(meant.year) < FIRST_YEAR) return FOUR_DIGITS;
  const date = `${meant.year}-${meant.month.padStart(2, '0')}-${meant.day.padStart(2, '0')}`;
  return date !== text && isCivilDate(date) ? `expected a date written YYYY-MM-DD: write ${date}` : EXPECTED;
}

/** The day as people in the United Kingdom write it, day first; or year first with other marks between. */
function partsOf(text: string): { day: string; month: string; year: string } | undefined {
  const dayFirst = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})$/.exec(text);
  if (dayFirst !== null) return parts(dayFirst[1], dayFirst[2], dayFirst[3]);
  const yearFirst = /^(\d{4})[/.\- ]?(\d{1,2})[/.\- ]?(\d{1,2})$/.exec(text);
  if (yearFirst !== null) return parts(yearFirst[3], yearFirst[2], yearFirst[1]);
  const words = /^(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?,? (\d{2}|\d{4})$/i.exec(text);
  const month = MONTHS.indexOf(words?.[2]?.slice(0, 3).toLowerCase() ?? '') + 1;
  return month === 0 ? undefined : parts(words?.[1], String(month), words?.[3]);
}

function parts(
  day: string | undefined,
  month: string | undefined,
  year: string | undefined,
): { day: string; month: string; year: string } | undefined {
  return day === undefined || month === undefined || year === undefined ? undefined : { day, month, year };
}
