import { type CivilDate, isCivilDate } from '../calendar/civil-date.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const MONTH = MONTHS.map((month) => `${month}|${month.slice(0, 3)}(?=[ .])`).join('|');
const WEEKDAY = '(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?';
const DAY = String.raw`${WEEKDAY}(\d{1,2})(?:st|nd|rd|th)?`;
const DATE = String.raw`${DAY},? (?:of )?(${MONTH})\.?(?:,? (\d{4}))?`;
const BETWEEN = String.raw`\s*(?:–|—|-|to|and|until|till|through)\s*`;

const RANGE = new RegExp(String.raw`\b(?:${DATE}|${DAY})${BETWEEN}${DATE}`, 'i');
const SINGLE = new RegExp(String.raw`\b${DATE}`, 'i');
const NUMBERS = /\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g;

/** Days written in figures, day first, as words. */
const inWords = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(
      NUMBERS,
      (_all, day: string, month: string, year: string) => `${day} ${MONTHS[Number(month) - 1] ?? month} ${year}`,
    );

/** Days that a text names, from the first to the last, both counted; why they are not sure, where they are not. */
export interface Days {
  from: CivilDate;
  until: CivilDate;
  unsure?: string;
}

const YEAR_NOT_WRITTEN = 'The year of the first day is not written: it follows from the last day’s.';

/**
 * The first days that a text names: two days with words between them, or one alone; undefined where it names none whose
 * year is written.
 *
 * @example
 * daysIn('28 November to 9 December 2022') // { from: '2022-11-28', until: '2022-12-09' }
 */
export function daysIn(given: string): Days | undefined {
  const text = inWords(given);
  const range = RANGE.exec(text);
  if (range !== null) {
    const [, day, month, year, dayAlone, lastDay, lastMonth, lastYear] = range;
    const until = dateOf(lastDay, lastMonth, lastYear);
    const isLater = monthOf(month ?? lastMonth) > monthOf(lastMonth);
    const inferred = year === undefined && isLater ? String(Number(lastYear) - 1) : lastYear;
    const from = dateOf(day ?? dayAlone, month ?? lastMonth, year ?? inferred);
    if (from === undefined || until === undefined) return undefined;
    if (from > until) return { from, until, unsure: 'The first day is later than the last.' };
    const rest = RANGE.exec(text.slice(range.index + range[0].length));
    const more = rest === null ? undefined : daysIn(rest[0]);
    if (more !== undefined && more.until > until)
      return { from, until: more.until, unsure: 'The text names several times; these are the first day and the last.' };
    return { from, until, ...(year === undefined && isLater ? { unsure: YEAR_NOT_WRITTEN } : {}) };
  }
  const on = dayIn(text);
  return on === undefined ? undefined : { from: on, until: on };
}

/** The first day that a text names with its year. */
export function dayIn(text: string): CivilDate | undefined {
  const single = SINGLE.exec(inWords(text));
  return single === null ? undefined : dateOf(single[1], single[2], single[3]);
}

/** A month and a year that stand without a day, as they stand. */
export const monthIn = (text: string): string | undefined =>
  new RegExp(String.raw`^(?:${MONTH}) \d{4}$`, 'i').exec(text.trim())?.[0];

const monthOf = (month: string | undefined): number =>
  MONTHS.findIndex(
    (each) => month !== undefined && each.slice(0, 3).toLowerCase() === month.slice(0, 3).toLowerCase(),
  ) + 1;

function dateOf(day: string | undefined, month: string | undefined, year: string | undefined): CivilDate | undefined {
  if (day === undefined || year === undefined) return undefined;
  const date = `${year}-${String(monthOf(month)).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCivilDate(date) ? date : undefined;
}
