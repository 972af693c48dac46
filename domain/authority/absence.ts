import { type CivilDate, formatDate } from '../calendar/civil-date.ts';

/**
 * The last day of a time away that has no end: a permanent stand-in. It is the last day that a file can name, so that it
 * compares with any other; whoever reads of it reads "until further notice".
 */
export const WITHOUT_END: CivilDate = '2199-12-31';

interface Days {
  from: CivilDate;
  until: CivilDate;
}

/** 'until Friday 11 December 2026', 'until further notice' */
export const untilInWords = (until: CivilDate, written: (date: CivilDate) => string = formatDate): string =>
  `until ${until === WITHOUT_END ? 'further notice' : written(until)}`;

/** 'Tuesday 1 December 2026 to Friday 11 December 2026', 'from Tuesday 1 December 2026 until further notice' */
export const absenceInWords = ({ from, until }: Days): string =>
  until === WITHOUT_END
    ? `from ${formatDate(from)} ${untilInWords(until)}`
    : `${formatDate(from)} to ${formatDate(until)}`;
