import { z } from 'zod';
import { type Division, divisions } from '../calendar/calendar-data.ts';
import { hiddenIn } from '../hidden-characters.ts';
import { isWebAddress } from '../web-address.ts';
import { dateMistake } from './date-mistake.ts';

/** A civil date, YYYY-MM-DD, that exists, from 1900 on. It has no time and no zone. */
export const civilDate = z
  .string()
  .refine((text) => dateMistake(text) === undefined, { error: (issue) => dateMistake(String(issue.input)) })
  .meta({ format: 'date' });

/** The day of something that has been: never one that is still to come. */
export const pastDate = civilDate.meta({ past: true });

/** A short name in lower case, for ids: letters, digits and hyphens. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: 'expected lower-case letters and digits joined by hyphens, for example chief-executive',
  })
  .max(80);

/** HH:MM, or 24:00. */
export const TIME_OF_DAY = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** A local time of day in the authority's zone (Europe/London), HH:MM; 24:00 is the end of the day. */
export const timeOfDay = z.string().regex(TIME_OF_DAY, {
  error: 'expected a time of day as "HH:MM", for example "09:00"; "24:00" is the end of the day',
});

/** The longest address that mail servers take (RFC 5321, a path of 256 with its two brackets). */
const MAX_ADDRESS = 254;

/** An email address. */
export const emailAddress = z.email().max(MAX_ADDRESS, {
  error: `expected an email address of at most ${MAX_ADDRESS} characters: mail servers take no longer one`,
});

/** A closed set of names with what each of them means: editors show it, and docs/files.md. */
export function explained<T extends Record<string, string>>(
  names: z.ZodEnum<T>,
  meanings: Record<T[keyof T], string>,
): z.ZodEnum<T> {
  return names.meta({ enumDescriptions: names.options.map((name) => meanings[name]) });
}

/** Each division as people call it. */
export const DIVISIONS_IN_WORDS: Record<Division, string> = {
  'england-and-wales': 'England and Wales',
  scotland: 'Scotland',
  'northern-ireland': 'Northern Ireland',
};

export const division = explained(z.enum(divisions), DIVISIONS_IN_WORDS);

/** Text from people, by whatever door it comes: of no character that they can't see, and without space around it. */
function text(min: number, max: number): z.ZodString {
  return z
    .string()
    .trim()
    .min(min, { error: 'expected some text' })
    .max(max)
    .refine((given) => hiddenIn(given) === undefined, {
      error: ({ input }) =>
        `expected text whose every character can be seen, found ${hiddenIn(String(input)) ?? 'another'}; delete the words around it and type them again`,
    });
}

/** Text for people: one line, never empty. */
export const line = text(1, 1000).refine((given) => !/[\r\n]/.test(given), { error: 'expected one line of text' });

/** Where something can be found on the web, as somebody types it. */
export const webLink = line.refine(isWebAddress, {
  error: 'expected a web address that begins with https:// or http://',
});

const PER_CENT = 'expected a whole number from 0 to 100, without “%”';

/** Text for people of several lines. */
export const paragraphs = text(1, 10_000);

/** How much of something, in per cent. */
export const perCent = z.int(PER_CENT).min(0, PER_CENT).max(100, PER_CENT);

/** Who did something, as the record names them: an address, an account, a name. */
export const personName = text(1, 200);

/** Words to look for in a list. */
export const searchWords = text(1, 100);

/** How sure a source is. */
const confidence = explained(z.enum(['H', 'M', 'L', 'U']), {
  H: 'the primary text was read',
  M: 'an official or secondary source was read, or the primary text in part',
  L: 'not verified: check it before you rely on the date',
  U: "the council's own statement",
});

/** A link that a page may carry: nothing but the web. */
export const webUrl = z.url({ protocol: /^https?$/, error: 'expected a web address, http://… or https://…' });

export const citation = z
  .strictObject({
    cite: line.meta({
      description: 'The law, paper or page that says so, as you would quote it.',
      examples: ['SI 2007/462 reg 3'],
    }),
    confidence: confidence.describe('How sure the source is.'),
    url: webUrl.optional().meta({
      description: 'Where it can be read.',
      examples: ['https://www.legislation.gov.uk/uksi/2007/462'],
    }),
    note: line.optional().describe('What of it was read and what was not, or what a reader should know of it.'),
  })
  .meta({ part: 'citation' });

/** Which days of a period count. */
export const dayConvention = explained(z.enum(['after', 'beginning-with', 'clear-before']), {
  after: 'the day of the event is not counted: "within n days of"',
  'beginning-with': 'the day of the event is day 1: "beginning with the day on which"',
  'clear-before': 'counted back, and neither end is counted: "n clear days before"',
});

export const periodUnit = explained(z.enum(['working-day', 'calendar-day', 'week', 'month']), {
  'working-day':
    'Monday to Friday without bank holidays, and without the council’s closure days unless a rule says otherwise',
  'calendar-day': 'any day, weekends and holidays too',
  week: 'the same day of a later week',
  month: 'the same day of a later month, or its last day',
});

export const period = z
  .strictObject({
    n: z
      .int()
      .min(0)
      .max(3650)
      .meta({ description: 'How many.', examples: [70] }),
    unit: periodUnit.describe('What is counted.'),
    convention: dayConvention.default('after').describe('Whether the day of the event itself counts.'),
  })
  .meta({ part: 'period' });

export type Period = z.infer<typeof period>;
export type Citation = z.infer<typeof citation>;
export type Confidence = z.infer<typeof confidence>;
