import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { type Division, divisions } from '../../domain/calendar/calendar-data.ts';
import type { BankHolidayEvent } from '../../domain/calendar/holidays.ts';
import { projectHolidays, standingHolidays } from '../../domain/calendar/projected-holidays.ts';
import { civilDate, division, line } from '../../domain/schemas/common.ts';
import { packageRoot } from '../../platform/package-root.ts';

/** Days that do not follow from the standing rules, each with where it is published: `proclaimed.json`. */
const proclaimedDays = z.array(
  z.strictObject({
    date: civilDate,
    /** The day of the standing rules that it was kept instead of. */
    instead: civilDate.optional(),
    title: line,
    notes: z.enum(['', 'Substitute day', 'Extra bank holiday']),
    bunting: z.boolean(),
    divisions: z.array(division).min(1),
    source: line,
  }),
);
const years = z.object({ from: civilDate, until: civilDate, publishedUntil: civilDate });

export const bankHolidayFile = (name = 'bank-holidays.json'): string =>
  join(packageRoot(), 'rules', 'bank-holidays', name);

const read = (name: string): unknown => JSON.parse(readFileSync(bankHolidayFile(name), 'utf8'));

/**
 * The text of `rules/bank-holidays/bank-holidays.json`: the standing rules of each division, with what was proclaimed for
 * single years, in GOV.UK's shape. Years after those published are projected.
 */
export function bankHolidays(): string {
  const proclaimed = proclaimedDays.parse(read('proclaimed.json'));
  const { from, until, publishedUntil } = years.parse(read('sources.json'));
  const [first, last] = [Number(from.slice(0, 4)), Number(until.slice(0, 4))];
  const blocks = divisions.map((name) => {
    const own = proclaimed.filter((day) => day.divisions.includes(name));
    const replaced = new Set(own.flatMap(({ date, instead }) => [date, ...(instead === undefined ? [] : [instead])]));
    const standing = Array.from({ length: last - first + 1 }, (_, index) => first + index)
      .flatMap((year) => eventsOf(name, year, `${year}-12-31` <= publishedUntil))
      .filter(({ date }) => !replaced.has(date));
    const events = [...standing, ...own].toSorted((a, b) => (a.date < b.date ? -1 : 1));
    return `  "${name}": {\n    "division": "${name}",\n    "events": [\n${events.map(lineOf).join(',\n')}\n    ]\n  }`;
  });
  return `{\n${blocks.join(',\n')}\n}\n`;
}

function eventsOf(name: Division, year: number, published: boolean): BankHolidayEvent[] {
  if (!published) return projectHolidays(name, year);
  return standingHolidays(name, year).map(({ title, date, moved, bunting }) => ({
    title,
    date,
    notes: moved ? 'Substitute day' : '',
    bunting,
  }));
}

function lineOf({ title, date, notes, bunting }: BankHolidayEvent): string {
  const fields = Object.entries({ title, date, notes, bunting });
  return `      { ${fields.map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(', ')} }`;
}

/** Run by hand after a change to the days proclaimed or the years: node --import tsx client/files/bank-holiday-file.ts */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(bankHolidayFile(), bankHolidays());
