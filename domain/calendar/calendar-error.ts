/**
 * What was wrong with what the calendar was given.
 *
 * - `invalid-date`: not a date that exists, or not written YYYY-MM-DD
 * - `invalid-time`: not a time of day (HH:MM) or not an instant (ISO 8601 with a zone)
 * - `invalid-count`: a count of days or months that is not a whole number, or too small for the convention
 * - `out-of-range`: a date outside the years for which holidays are known, or outside the years 0001 to 9999
 * - `unknown-division`: not one of the three divisions of the bank holiday feed
 */
export type CalendarErrorCode = 'invalid-date' | 'invalid-time' | 'invalid-count' | 'out-of-range' | 'unknown-division';

/**
 * A calendar question that can't be answered. The message is one sentence a person can act on: it names the value
 * and what is permitted. Asking again gives the same error, so it is never worth a retry.
 *
 * @example
 * new CalendarError('invalid-count', 'The number of working days must be a whole number, not 1.5').code
 * // 'invalid-count'
 */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
  readonly code: CalendarErrorCode;

  constructor(code: CalendarErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * A value as error sentences show it: text in quotation marks and cut short, anything else as it prints.
 *
 * @example
 * shown('2015-02-30') // '"2015-02-30"'
 */
export function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
}
