import { type CivilDate, formatDate } from '../calendar/civil-date.ts';
import type { Authority } from '../schemas/authority.ts';
import type { Standing } from './newest-report.ts';
import { findRating } from './ratings.ts';

/** A forecast beside the date that it is measured by. */
function forecastInWords(forecast: CivilDate, due: CivilDate): string {
  return `expected by ${formatDate(forecast)}${forecast > due ? `, after its date of ${formatDate(due)}` : ''}`;
}

/** How an action stands by its owner's word: rating, per cent, forecast; of what was never said, nothing. */
export function standingInWords(
  { rating, percent, forecast }: Standing,
  due: CivilDate,
  council: Pick<Authority, 'ratings'>,
): string[] {
  return [
    ...(rating === undefined ? [] : [findRating(council, rating)?.name ?? rating]),
    ...(percent === undefined ? [] : [`${percent} per cent done`]),
    ...(forecast === undefined ? [] : [forecastInWords(forecast, due)]),
  ];
}
