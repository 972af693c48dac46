import { z } from 'zod';
import { divisions } from '../calendar/calendar-data.ts';
import { isCivilDate, weekday } from '../calendar/civil-date.ts';
import { civilDate, division, line } from './common.ts';

const event = z.object({
  title: line.meta({ description: 'What the holiday is called.', examples: ['Good Friday'] }),
  date: civilDate.meta({ description: 'The day on which nobody works.', examples: ['2026-04-03'] }),
});
const events = z.object({ events: z.array(event).min(1).max(5000).describe('The bank holidays, by date.') });

/** Fewer than so many bank holidays in a year, or more, and it is not a list of them. */
const MIN_PER_YEAR = 6;
const MAX_PER_YEAR = 20;
/** The feed holds some years, not centuries. */
const MAX_YEARS = 60;

/**
 * Bank holidays as GOV.UK publishes them (bank-holidays.json), with what any such list must be: all three divisions, each
 * year with a believable number of days, none twice, none at a weekend. What else the feed holds is left alone.
 */
export const bankHolidays = z
  .object({
    'england-and-wales': events.describe('The bank holidays of England and Wales.'),
    scotland: events.describe('The bank holidays of Scotland.'),
    'northern-ireland': events.describe('The bank holidays of Northern Ireland.'),
  })
  .superRefine((feed, context) => {
    for (const name of divisions)
      for (const message of problemsOf(feed[name].events))
        context.addIssue({ code: 'custom', path: [name, 'events'], message });
  });

function problemsOf(list: readonly { date: string; title: string }[]): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  const years = new Map<string, number>();
  for (const { date, title } of list) {
    // Said by the schema of a date already.
    if (!isCivilDate(date)) return problems;
    if (seen.has(date)) problems.push(`${date} (${title}) is there twice`);
    seen.add(date);
    if ([0, 6].includes(weekday(date))) problems.push(`${date} (${title}) is at a weekend`);
    const year = date.slice(0, 4);
    years.set(year, (years.get(year) ?? 0) + 1);
  }
  const [first, last] = [Math.min(...[...years.keys()].map(Number)), Math.max(...[...years.keys()].map(Number))];
  if (last - first > MAX_YEARS) return [`from ${first} to ${last} is more than ${MAX_YEARS} years`];
  for (let year = first; year <= last; year++) {
    const count = years.get(String(year)) ?? 0;
    if (count < MIN_PER_YEAR || count > MAX_PER_YEAR)
      problems.push(`${year} has ${count} bank holidays; expected ${MIN_PER_YEAR} to ${MAX_PER_YEAR}`);
  }
  return problems;
}

export type BankHolidays = z.infer<typeof bankHolidays>;

/** Published days for some whole years of one division, as a command carries them. */
export const published = z.strictObject({
  division,
  version: line,
  from: civilDate,
  until: civilDate,
  holidays: z.array(z.strictObject({ date: civilDate, title: line })).max(5000),
});
