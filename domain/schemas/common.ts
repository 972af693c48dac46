import { z } from 'zod';
import { divisions } from '../calendar/calendar-data.ts';
import { isCivilDate } from '../calendar/civil-date.ts';

/** A civil date, YYYY-MM-DD, that exists. It has no time and no zone. */
export const civilDate = z
  .string()
  .refine(isCivilDate, { error: 'expected a date that exists, written YYYY-MM-DD, for example 2016-02-19' })
  .meta({ format: 'date' });

/** A short name in lower case, for ids: letters, digits and hyphens. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: 'expected lower-case letters and digits joined by hyphens, for example chief-executive',
  })
  .max(80);

/** A local time of day in the authority's zone (Europe/London), HH:MM; 24:00 is the end of the day. */
export const timeOfDay = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, {
  error: 'expected a time of day as "HH:MM", for example "09:00"; "24:00" is the end of the day',
});

export const division = z.enum(divisions);

/** Characters that no text needs and no database takes: control characters but for tabs and line ends, half characters. */
const UNPRINTABLE = /(?![\t\r\n])[\p{Cc}\p{Cs}]/u;
const printable = (text: string): boolean => !UNPRINTABLE.test(text);
const NOT_PRINTABLE = { error: 'expected text without control characters' };

/** Text for people: one line, never empty. */
export const line = z
  .string()
  .trim()
  .min(1, { error: 'expected some text' })
  .max(1000)
  .refine((text) => !/[\r\n]/.test(text), { error: 'expected one line of text' })
  .refine(printable, NOT_PRINTABLE);

/** Text for people of several lines. */
export const paragraphs = z
  .string()
  .trim()
  .min(1, { error: 'expected some text' })
  .max(10_000)
  .refine(printable, NOT_PRINTABLE);

/** Words to look for in a list. */
export const searchWords = z.string().trim().min(1).max(100).refine(printable, NOT_PRINTABLE);

/** How sure a source is: H primary text read, M secondary source, L not verified, U the council's own assertion. */
const confidence = z.enum(['H', 'M', 'L', 'U']);

export const citation = z.strictObject({
  cite: line,
  confidence,
  url: z.url().optional(),
  note: line.optional(),
});

/** Days counted: `after` leaves the trigger's day out, `beginning-with` makes it day 1, `clear-before` leaves out both ends. */
const dayConvention = z.enum(['after', 'beginning-with', 'clear-before']);

export const period = z.strictObject({
  n: z.int().min(0).max(3650),
  unit: z.enum(['working-day', 'calendar-day', 'month']),
  convention: dayConvention.default('after'),
});

export type Period = z.infer<typeof period>;
export type Citation = z.infer<typeof citation>;
export type Confidence = z.infer<typeof confidence>;
