import { CalendarError } from './calendar-error.ts';
import type { CivilDate } from './civil-date.ts';
import { addDays, dateParts, fromEpochDay, toEpochDay } from './civil-date.ts';
import { daysInMonth, epochDayOf } from './epoch-day.ts';

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
  const { year, month, day } = dateParts(anchor);
  if (!Number.isInteger(months)) {
    throw new CalendarError('invalid-count', `The number of months must be a whole number, not ${months}`);
  }
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  if (newYear < 1 || newYear > 9999) {
    throw new CalendarError('out-of-range', `${anchor} and ${months} months is outside the years 0001 to 9999`);
  }
  const newMonth = index - newYear * 12 + 1;
  return fromEpochDay(epochDayOf(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth))));
}

/**
 * The last day of a period of `months` months beginning with `date`: both that day and the last one count. It is
 * `months` months after the day before ("beginning with" counts the day itself: Trow v Ind Coope [1967] 2 QB 899; the
 * corresponding date ends a period of months: Dodds v Walker [1981] 1 WLR 1027).
 *
 * @throws CalendarError `invalid-date`; `invalid-count` where `months` is not a whole number of 1 or more; `out-of-range`
 * @example
 * monthsBeginningWith('2016-02-19', 3) // '2016-05-18'
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
  return addMonths(addDays(date, -1), months);
}
