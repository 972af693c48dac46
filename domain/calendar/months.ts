import { CalendarError } from './calendar-error.ts';
import { addDays, type CivilDate, toEpochDay } from './civil-date.ts';
import { monthsAfter } from './ordinary-dates.ts';

export { lastOfMonth, monthsFrom } from './ordinary-dates.ts';

/**
 * The same day of the month `months` months later (earlier where negative), or the month's last day where it is
 * shorter. Count repeating dates always from the anchor and never from an earlier result: 31 January, 28 February,
 * 31 March … and not 28 March.
 *
 * @param anchor the day counted from; it isn't counted itself
 * @throws CalendarError `invalid-date`; `invalid-count` where `months` is not a whole number; `out-of-range` outside the
 *   years 0001 to 9999
 * @example
 * addMonths('2016-01-31', 1) // '2016-02-29'
 * addMonths('2016-01-31', 2) // '2016-03-31'
 */
export function addMonths(anchor: CivilDate, months: number): CivilDate {
  toEpochDay(anchor);
  if (!Number.isInteger(months)) {
    throw new CalendarError('invalid-count', `The number of months must be a whole number, not ${months}`);
  }
  const year = Number(anchor.slice(0, 4)) + Math.floor((Number(anchor.slice(5, 7)) - 1 + months) / 12);
  if (year < 1 || year > 9999) {
    throw new CalendarError('out-of-range', `${anchor} and ${months} months is outside the years 0001 to 9999`);
  }
  return monthsAfter(anchor, months);
}

/**
 * The last day of a period of `months` months beginning with `date`: both that day and the last one count ("beginning with"
 * counts the day itself: Trow v Ind Coope [1967] 2 QB 899). A period of months ends on the day before the corresponding
 * date, the day of the last month with the same number; where that month has none, on its last day (Dodds v Walker [1981]
 * 1 WLR 1027).
 *
 * @throws CalendarError `invalid-date`; `invalid-count` where `months` is not a whole number of 1 or more; `out-of-range`
 * @example
 * monthsBeginningWith('2016-02-19', 3) // '2016-05-18'
 * monthsBeginningWith('2016-03-01', 3) // '2016-05-31'
 * monthsBeginningWith('2016-01-31', 3) // '2016-04-30'
 */
export function monthsBeginningWith(date: CivilDate, months: number): CivilDate {
  toEpochDay(date);
  if (!Number.isInteger(months) || months < 1) {
    throw new CalendarError(
      'invalid-count',
      `A period beginning with a day has a whole number of months, 1 or more, not ${months}`,
    );
  }
  const corresponding = addMonths(date, months);
  const exists = corresponding.slice(8) === date.slice(8);
  return exists ? addDays(corresponding, -1) : corresponding;
}
