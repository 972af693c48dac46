import { formatDate } from '../../domain/calendar/civil-date.ts';
import { amountInWords } from '../../domain/measures/measures.ts';
import { findRating } from '../../domain/progress/ratings.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import type { BookReport } from './book-read.ts';

/** What a report of a workbook says, in words. */
export function reportInWords(report: BookReport, { authority, inspection }: Facts): string {
  if (report.command === 'recordMeasure') {
    const { value, on, source } = report.payload;
    const unit = inspection.measures?.find(({ id }) => id === report.id)?.unit ?? '';
    return [
      amountInWords(value, unit),
      ...(on === undefined ? [] : [`on ${formatDate(on)}`]),
      ...(source === undefined ? [] : [`from ${source}`]),
    ].join(' ');
  }
  const { rating, percent, forecast, text } = report.payload;
  return [
    ...(rating === undefined ? [] : [findRating(authority, rating)?.name ?? rating]),
    ...(percent === undefined ? [] : [`${percent} per cent done`]),
    ...(forecast === undefined ? [] : [`expected by ${formatDate(forecast)}`]),
    ...(text === undefined ? [] : [text]),
  ].join('; ');
}
