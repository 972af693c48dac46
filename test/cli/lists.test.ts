import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDuty } from '../../client/cli/duties.ts';
import { table } from '../../client/cli/terminal.ts';
import { openRegister } from '../../register/register.ts';
import { entry, key, ownDatabase, started } from '../register/support.ts';
import { row } from '../support/rows.ts';
import { cli } from '../support/cli.ts';

const ends: (() => Promise<void>)[] = [];
let variables: Record<string, string>;
const LONG = 2500;

beforeAll(async () => {
  const url = await ownDatabase((end) => ends.push(end));
  variables = { DATABASE_URL: url };
  const register = openRegister({ url });
  ends.push(() => register.close());
  await register.migrate();
  const planned = [
    row({ title: '=HYPERLINK("https://evil.example.org")', owner: 'head-of-service' }),
    row({
      milestone: 'improvement-actions/a1',
      strand: 'improvement-actions',
      title: 'Action 1',
      due: '2099-05-04',
      dueAt: '2099-05-04T23:00:00.000Z',
      owner: 'team-manager',
      ownerTitle: 'Team Manager',
      strength: 'commitment',
    }),
    row({
      milestone: 'improvement-actions/b',
      strand: 'improvement-actions',
      title: 'Action b',
      status: 'completed',
      endedAt: '2016-03-01T10:00:00.000Z',
      owner: 'team-manager',
      strength: 'commitment',
    }),
  ];
  await register.append(key, [
    started,
    ...planned.map((each, index) => entry(index + 2, { milestone: each.milestone, row: each })),
  ]);
  const other = { ...key, authority: 'otherborough' };
  await register.append(other, [started, entry(2, { milestone: 'plan-submission/written-action-plan', row: row() })]);
  const long = { ...key, reference: 'long' };
  await register.append(long, [started]);
  for (let from = 2; from <= LONG; from += 500)
    await register.append(
      long,
      Array.from({ length: Math.min(500, LONG - from + 1) }, (_, n) => entry(from + n)),
    );
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('lists as CSV', () => {
  test.each([
    [['list'], 'Inspection,Title,Status,To do,Overdue,Next due,Started,Ended'],
    [['overdue'], 'Late,Due,Inspection,Milestone,Owner,Owner’s role,Id,Stands in for'],
    [
      ['show', 'anyborough/2016'],
      'Due,Inspection,Milestone,Status,Owner,Owner’s role,By its dates,Owner’s rating,Per cent done,Forecast,Reported on,Kind of duty,Kind of date,Provisional,Stands in for,Id',
    ],
    [['history', 'anyborough/2016'], 'When,What,Who,Kind,Milestone'],
    [['undeliverable'], 'Day,Inspection,To,Why'],
  ])('%j has a head, also where there is nothing', async (args, head) => {
    const { code, out } = await cli([...args, '--format', 'csv'], variables);
    expect([code, lines(out)[0]]).toEqual([0, `\uFEFF${head}`]);
  });

  test('a cell that a spreadsheet would run is kept as text; dates can be sorted', async () => {
    const { out } = await cli(['overdue', '--authority', 'anyborough', '--format', 'csv'], variables);
    const [, first = ''] = lines(out);
    expect(first).toContain(`"'=HYPERLINK(""https://evil.example.org"")"`);
    expect(first).toMatch(/^\d+,2016-06-30,anyborough\/2016,/);
  });

  test('--json and --format json are one', async () => {
    const [short, long] = await Promise.all([
      cli(['overdue', '--json'], variables),
      cli(['overdue', '--format', 'json'], variables),
    ]);
    expect(JSON.parse(long.out)).toEqual(JSON.parse(short.out));
  });
});

describe('filters', () => {
  const ids = async (args: string[]): Promise<string[]> =>
    (JSON.parse((await cli([...args, '--format', 'json'], variables)).out) as { milestone: string }[]).map(
      (each) => each.milestone,
    );
  test.each([
    [
      ['--owner', 'team-manager'],
      ['improvement-actions/b', 'improvement-actions/a1'],
    ],
    [['--status', 'overdue'], ['plan-submission/written-action-plan']],
    [['--status', 'completed'], ['improvement-actions/b']],
    [['--strand', 'improvement-actions', '--from', '2099-05-04'], ['improvement-actions/a1']],
    [['--to', '2099-05-04', '--status', 'open'], ['improvement-actions/a1']],
    [['--to', '2099-05-03', '--status', 'open'], []],
  ])('show %j', async (filter, milestones) => {
    expect(await ids(['show', 'anyborough/2016', ...filter])).toEqual(milestones);
  });

  test.each([
    [[], ['anyborough/2016', 'anyborough/long', 'otherborough/2016']],
    [['--authority', 'otherborough'], ['otherborough/2016']],
    [['--owner', 'team-manager'], ['anyborough/2016']],
    [['--strand', 'improvement-actions', '--from', '2099-01-01'], ['anyborough/2016']],
    [['--status', 'closed'], []],
  ])('list %j', async (filter, inspections) => {
    const { out } = await cli(['list', ...filter, '--format', 'csv'], variables);
    expect(
      lines(out)
        .slice(1)
        .map((line) => line.split(',')[0]),
    ).toEqual(inspections);
  });

  test('what is counted is of the duties that were asked for', async () => {
    const { out } = await cli(['list', '--owner', 'team-manager', '--json'], variables);
    expect(JSON.parse(out)).toMatchObject([{ open: 1, overdue: 0, nextDue: '2099-05-04' }]);
  });
});

describe('a long history', () => {
  test('comes in pages, in order, whole; as a table, CSV and JSON alike', async () => {
    const [people, sheet, data] = await Promise.all(
      ['table', 'csv', 'json'].map(
        async (format) => (await cli(['history', 'anyborough/long', '--format', format], variables)).out,
      ),
    );
    const told = Array.from({ length: LONG }, (_, n) => `entry ${n + 1}`);
    expect((JSON.parse(data ?? '') as { text: string }[]).map((each) => each.text)).toEqual(told);
    expect(
      lines(sheet ?? '')
        .slice(1)
        .map((line) => line.split(',')[1]),
    ).toEqual(told);
    expect(
      lines(people ?? '')
        .slice(1)
        .map((line) => /entry \d+/.exec(line)?.[0]),
    ).toEqual(told);
  });

  test('--limit gives the last', async () => {
    const { out } = await cli(['history', 'anyborough/long', '--limit', '2', '--json'], variables);
    expect((JSON.parse(out) as { text: string }[]).map((each) => each.text)).toEqual([
      `entry ${LONG - 1}`,
      `entry ${LONG}`,
    ]);
    expect(
      JSON.parse((await cli(['history', 'anyborough/2016', '--limit', '99', '--json'], variables)).out),
    ).toHaveLength(4);
  });

  test('a table takes twice as long for twice as many rows, not four times', () => {
    const time = (count: number): number => {
      const rows = Array.from({ length: count }, (_, n) => ['Fri 19 February 2016, 10:00', `entry ${n}`, 'someone']);
      const from = performance.now();
      expect(table(['When', 'What', 'Who'], rows, 1).split('\n')).toHaveLength(count + 1);
      return performance.now() - from;
    };
    time(1000);
    const [few, many] = [Math.min(time(1000), time(1000)), Math.min(time(8000), time(8000))];
    expect(many / few).toBeLessThan(20);
  });
});

describe('the duty that is meant', () => {
  const duties = [
    { id: 'improvement-actions/a1', due: '2016-06-30' },
    { id: 'improvement-actions/a', due: '2016-06-30' },
    { id: 'other-reporting/update', due: '2016-03-31' },
    { id: 'cabinet-updates/update', due: '2016-06-30' },
  ];
  test.each([
    ['a1', 'improvement-actions/a1'],
    ['a', 'improvement-actions/a'],
    ['improvement-actions/a1', 'improvement-actions/a1'],
    ['cabinet-updates/update', 'cabinet-updates/update'],
  ])('"%s" is %s', (name, id) => {
    expect(findDuty(duties, name, 'anyborough/2016').id).toBe(id);
  });

  test.each([
    ['update', /may be any of these[^]*other-reporting\/update, due Thu 31 March 2016\n +cabinet-updates\/update/],
    ['updaet', /no duty "updaet" \(did you mean update\?\)/],
    [
      'nothing-like-it',
      /^anyborough\/2016 has no duty "nothing-like-it"\. See them with: duecourse show anyborough\/2016$/,
    ],
  ])('"%s" is refused: %s', (name, sentence) => {
    expect(() => findDuty(duties, name, 'anyborough/2016')).toThrow(sentence);
  });
});
