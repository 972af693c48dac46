import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { formatDate, formatShortDate } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { isPending } from '../../domain/milestone/milestone-state.ts';
import { packageRoot } from '../../platform/package-root.ts';
import { boardForAll } from '../support/board.ts';
import { cli } from '../support/cli.ts';

let id = '';
const board = boardForAll(async (rig) => {
  id = await rig.start('examples/middlesbrough-2016.yaml');
});

/** The due day of what falls due next, as the milestones themselves have it. */
async function nextDue(): Promise<{ due: string; dueAt: string }> {
  const [authority = '', reference = ''] = id.split('/');
  const now = new Date().toISOString();
  const rows = await board().register.milestones(authority, reference);
  const next = rows.find((each) => isPending(each) && each.dueAt > now);
  if (next === undefined) throw new Error('nothing is to come');
  return next;
}

describe('what falls due next is shown by its due day', () => {
  const variables = () => ({
    DATABASE_URL: board().databaseUrl,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
  });
  const visit = async (path: string) =>
    (await (await board().signedIn('democratic-services@middlesbrough.example.org')).get(path)).text();

  test('which is not the day of the instant from which it is late', async () => {
    const { due, dueAt } = await nextDue();
    expect(localDate(dueAt) > due).toBe(true);
  });

  test.each<[where: string, seen: () => Promise<string>, as: (due: string) => string]>([
    ['duecourse list', async () => (await cli(['list'], variables())).out, formatShortDate],
    [
      'duecourse list --json',
      async () => (await cli(['list', '--json'], variables())).out,
      (due) => `"nextDue": "${due}"`,
    ],
    [
      'duecourse show',
      async () => (await cli(['show', id], variables())).out,
      (due) => `; next due ${formatShortDate(due)}\n`,
    ],
    [
      'duecourse show --json',
      async () => (await cli(['show', id, '--json'], variables())).out,
      (due) => `"nextDue": "${due}"`,
    ],
    ['the page of inspections', () => visit('/inspections'), (due) => `data-label="Next due">${formatDate(due)}<`],
    ['the page of an inspection', () => visit(`/inspections/${id}`), (due) => `<br>${formatShortDate(due)}`],
    ['the API', () => visit(`/api/v1/inspections/${id}`), (due) => `"nextDue":"${due}"`],
  ])('%s', async (_where, seen, as) => {
    const { due } = await nextDue();
    expect(await seen()).toContain(as(due));
  });
});

/** Ways of making a day of an instant of a duty, which at midnight is the day after. */
const WRONG = [
  /localDate\([^()]*\b(dueAt|nextDueAt|nextDue)\b/,
  /\b(dueAt|nextDueAt)\b[^|}]*\|\s*(day|date|shortDate)\b/,
  /\bnextDue\b[^|}]*\|\s*day\b/,
];
const isWrong = (text: string): boolean => WRONG.some((pattern) => pattern.test(text));

test.each([
  'formatShortDate(localDate(row.nextDue))',
  'formatDate(localDate(milestone.dueAt))',
  '{{ each.nextDue | day if each.nextDue }}',
  '{{ m.dueAt | shortDate }}',
])('%s makes a day of an instant', (text) => {
  expect(isWrong(text)).toBe(true);
});

test('nobody else makes a day of a duty’s instant: pages, mail, command line, domain', () => {
  const files = ['client', 'activities', 'domain', 'workflows', 'register'].flatMap((folder) =>
    readdirSync(join(packageRoot(), folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|html|txt|svg)$/.test(name))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(200);
  const wrong = files.filter((file) =>
    readFileSync(join(packageRoot(), file), 'utf8')
      .split('\n')
      .some((line) => isWrong(line)),
  );
  expect(wrong).toEqual([]);
});
