import { expect, inject, test } from 'vitest';
import { publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { loadBankHolidays } from '../../client/files/bank-holidays.ts';
import { loadStart } from '../../client/files/load-start.ts';
import { startUnder } from '../../client/start-inspection.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { ownRegister } from '../register/support.ts';
import { cli } from '../support/cli.ts';
import { exampleFile } from '../support/example.ts';
import type { Preview } from '../../domain/preview/preview.ts';

const FILE = exampleFile('middlesbrough-2016');
const ADMINISTRATOR = 'democratic-services';
/** The week in which the written action plan would be due is given two more days off. */
const NEW_DAYS = [
  { date: '2016-06-23', title: 'A day for a vote' },
  { date: '2016-06-24', title: 'The day after it' },
];

interface Shown extends Preview {
  countedBy: string;
}

const previewed = async (variables: Record<string, string> = {}): Promise<Shown> => {
  const { code, out, err } = await cli(['preview', FILE, '--json'], variables);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Shown;
};

const duesOf = (milestones: readonly { id: string; due: string }[]): Record<string, string> =>
  Object.fromEntries(milestones.map(({ id, due }) => [id, due]));

test('a preview counts by the bank holidays that the administrator has approved, as the lifecycle does', async () => {
  const { register, url } = await ownRegister();
  const variables = { DATABASE_URL: url };
  const unapproved = await previewed(variables);
  expect(unapproved.countedBy).toMatch(/own files.*: Middlesbrough Council’s administrator has approved no others/);

  const own = loadBankHolidays('england-and-wales').holidays.filter(({ date }) => date.startsWith('2016'));
  const approved = publishedHolidays('england-and-wales', [...own, ...NEW_DAYS]);
  const now = new Date().toISOString();
  await register.approveHolidays('middlesbrough', approved, ADMINISTRATOR, now);
  const shown = await previewed(variables);
  expect(shown.countedBy).toContain('Middlesbrough Council’s administrator has approved');
  expect(shown.countedBy).toContain(approved.version);
  const plan = 'plan-submission/written-action-plan';
  expect([duesOf(unapproved.milestones)[plan], duesOf(shown.milestones)[plan]]).toEqual(['2016-06-30', '2016-07-04']);
  const begun = viewOf(
    openLifecycle(startUnder(loadStart(FILE), { id: 'test', role: ADMINISTRATOR }, approved, now), now),
    now,
  ).milestones;
  expect(begun.length).toBeGreaterThan(5);
  expect(duesOf(begun)).toMatchObject(duesOf(shown.milestones));

  const screen = await cli(['preview', FILE, '--short'], variables);
  expect(screen.out.replaceAll('\n', ' ')).toContain('Counted by the bank holidays that Middlesbrough Council’s');
});

test.each<[string, () => Record<string, string>, RegExp]>([
  [
    'no register',
    () => ({ DUECOURSE_VAR: '/nowhere/at/all' }),
    /no register runs here, so what Middlesbrough Council’s/,
  ],
  [
    'a register that does not answer',
    () => ({ DATABASE_URL: 'postgres://127.0.0.1:1/none' }),
    /the register was asked in vain \(The register can't be reached/,
  ],
  [
    'a database that is no register',
    () => ({ DATABASE_URL: new URL('/none', inject('databaseUrl')).href }),
    /the register was asked in vain/,
  ],
])('with %s a preview counts by the files, and says so', async (_name, variables, said) => {
  expect((await previewed(variables())).countedBy).toMatch(said);
});
