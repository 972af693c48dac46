import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMAND_FORMS } from '../../../client/web/forms/command-form.ts';
import { dateHint, exampleDaysOn } from '../../../client/web/forms/example-days.ts';
import { guidedFields } from '../../../client/web/start/guided.ts';
import { TEMPLATES } from '../../../client/web/render.ts';
import { packageRoot } from '../../../platform/package-root.ts';

const TODAYS = ['2026-11-28', '2027-02-28', '2028-02-29', '2031-12-31'];
const dates = COMMAND_FORMS.flatMap(({ name, fields }) =>
  fields.filter(({ kind }) => kind === 'date').map((field) => [`${name} ${field.name}`, field] as const),
);

/** The day that a hint begins with, as a civil date. */
function dayIn(hint: string): string {
  const [, day = '', month = '', year = ''] = /^For example (\d{1,2}) (\d{1,2}) (\d{4})(?:\. |$)/.exec(hint) ?? [];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

describe('the example beside a date is one that can be meant there, whatever today is', () => {
  test.each(dates)('%s', (_name, field) => {
    const hints = TODAYS.map((today) => ({ today, hint: dateHint(field, exampleDaysOn(today)) }));
    const suits = ({ today, hint }: (typeof hints)[number]): boolean => {
      const day = dayIn(hint);
      if (day < '2026' || !hint.endsWith(field.hint ?? '')) return false;
      if (field.past === true) return day < today;
      return field.toBeDone !== true || day > today;
    };
    expect(hints.filter((each) => !suits(each))).toEqual([]);
  });

  test.each(guidedFields().filter(({ kind }) => kind === 'date'))('$label, at the start', (field) => {
    const days = TODAYS.map((today) => dayIn(dateHint(field, exampleDaysOn(today))) < today);
    expect(days).toEqual(TODAYS.map(() => true));
  });

  test('no page and no form has a day of its own in its place', () => {
    const web = join(packageRoot(), 'client', 'web');
    const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|html)$/.test(name));
    expect(files.length).toBeGreaterThan(200);
    const own = files.filter(
      (name) =>
        name !== join('forms', 'example-days.ts') &&
        /[ “']\d{1,2} \d{1,2} 20\d\d\b/.test(readFileSync(join(web, name), 'utf8')),
    );
    expect(own).toEqual([]);
    const asked = readdirSync(TEMPLATES).flatMap(
      (name) => readFileSync(join(TEMPLATES, name), 'utf8').match(/\{\{ govukDateInput\(.*/g) ?? [],
    );
    expect(asked.length).toBeGreaterThan(6);
    for (const each of asked) expect(each).toContain('| dateHint(exampleDays)');
  });
});
