import { type CivilDate, isCivilDate } from '../calendar/civil-date.ts';

const EXPECTED = 'expected a date that exists, written YYYY-MM-DD, for example 2016-02-19';
const FOUR_DIGITS = 'expected a date with a year of four digits, written YYYY-MM-DD, for example 2016-02-19';
/** Earlier years are slips, 0016 for 2016; so are later ones, and nothing can be counted from the end of all years. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const OF_OTHER_YEARS = `expected a date from ${FIRST_YEAR} to ${LAST_YEAR}: look at the year`;

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
  const read = readDate(text);
  if ('date' in read) return undefined;
  if (read.wrong === 'written') return `expected a date written YYYY-MM-DD: write ${read.meant}`;
  if (read.wrong === 'late') return OF_OTHER_YEARS;
  return read.wrong === 'year' ? FOUR_DIGITS : EXPECTED;
}

/** A civil date in a text, or what is wrong with it: a day written otherwise, a year that is none, no date at all. */
export function readDate(
  text: string,
): { date: CivilDate } | { wrong: 'written'; meant: CivilDate } | { wrong: 'year' | 'late' | 'none' } {
  if (isCivilDate(text)) {
    const year = Number(text.slice(0, 4));
    if (year > LAST_YEAR) return { wrong: 'late' };
    return year < FIRST_YEAR ? { wrong: 'year' } : { date: text };
  }
  const found = partsOf(text.trim());
  if (found === undefined) return { wrong: 'none' };
  if (found.year.length < 4 || Number(found.year) < FIRST_YEAR) return { wrong: 'year' };
  const meant = `${found.year}-${found.month.padStart(2, '0')}-${found.day.padStart(2, '0')}`;
  return meant !== text && isCivilDate(meant) ? { wrong: 'written', meant } : { wrong: 'none' };
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
