import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cli } from '../support/cli.ts';
import { exampleFile } from '../support/example.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecourse-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const nowhere = { DUECOURSE_VAR: join(folder, 'var') };
const MIDDLESBROUGH = exampleFile('middlesbrough-2016');

describe('calendar', () => {
  test.concurrent.each([
    [['add', '2016-02-19', '90'], '2016-06-30'],
    [['add', '2016-02-19', '70'], '2016-06-02'],
    [['add', '2011-07-22', '90'], '2011-11-28'],
    [['add', '2020-05-21', '5'], '2020-05-29'],
    [['add', '2010-10-29', '5'], '2010-11-05'],
    [['add', '2016-02-19', '-5'], '2016-02-12'],
    [['add', '2026-06-12', '1', '--division', 'scotland'], '2026-06-16'],
    [['clear-before', '2016-05-10', '5'], '2016-04-29'],
    [['count', '2015-12-17', '2016-02-19'], '43'],
    [['add-months', '2016-01-31', '1'], '2016-02-29'],
    [['add-months', '2016-03-31', '-1'], '2016-02-29'],
    [['add-months', '2024-03-01', '3', '--beginning-with'], '2024-05-31'],
    [['add-months', '2026-03-01', '1', '--beginning-with'], '2026-03-31'],
    [['add-months', '2023-03-01', '12', '--beginning-with'], '2024-02-29'],
    // Nothing is known of these years, and nothing of them is needed.
    [['add-months', '1999-12-31', '2'], '2000-02-29'],
  ])('%j is %s', async (args, answer) => {
    const { code, out } = await cli(['calendar', ...args]);
    expect(code).toBe(0);
    expect(out.split(/\s/)[0]).toBe(answer);
  });

  test.concurrent('batch answers a list of questions in its order', async () => {
    const questions = file(
      'batch.json',
      JSON.stringify([
        { op: 'add', division: 'england-and-wales', start: '2016-02-19', n: 90 },
        { op: 'count', division: 'scotland', start: '2026-06-12', end: '2026-06-16' },
        { op: 'clear-before', division: 'england-and-wales', start: '2016-05-10', n: 28 },
        { op: 'months-after', start: '2016-01-31', n: 3 },
        { op: 'months-beginning-with', start: '2016-01-31', n: 3 },
        { op: 'months-beginning-with', start: '2024-05-01', n: 3 },
      ]),
    );
    const { code, out } = await cli(['calendar', 'batch', questions]);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      ['2016-06-30', 1, '2016-03-29', '2016-04-30', '2016-04-30', '2024-07-31'],
    ]);
  });
});

describe('exit codes and errors', () => {
  const oneBad = file(
    'bad.json',
    JSON.stringify([
      { op: 'add', start: '2016-02-19', n: 90 },
      { op: 'add', start: '2015-02-29', n: 1 },
    ]),
  );
  test.concurrent.each<[string[], number, RegExp]>([
    [['calendar', 'add', '2016-02-30', '1'], 1, /2016-02-30/],
    [['calendar', 'add', '2016-02-19', 'many'], 2, /"many" is not a whole number/],
    [['calendar', 'add', '2016-02-19'], 2, /missing required argument 'n'/],
    [['calendar', 'add', '2016-02-19', '1', '--division', 'wales'], 2, /england-and-wales, scotland, northern-ireland/],
    [['calendar', 'add', '1999-01-01', '1'], 1, /2006/],
    [['calendar', 'add-months', '2016-02-30', '1'], 1, /2016-02-30/],
    [['calendar', 'add-months', '2016-02-19', '0', '--beginning-with'], 1, /1 or more/],
    [['calendar', 'batch', oneBad], 1, /question 2: .*2015-02-29/],
    [['nonsense'], 2, /unknown command/],
    [['preview', join(folder, 'none.yaml')], 1, /none\.yaml:1:1 .*no such file/],
    [['preview', MIDDLESBROUGH, '--received', '2016-02-31'], 2, /not a date that exists/],
    [['preview', MIDDLESBROUGH, '--received', '2015-12-01'], 1, /before the inspection ended/],
    [['rehearse', MIDDLESBROUGH, '--miss', 'everything'], 1, /the plan has no milestone "everything"/],
    [['submit', 'middlesbrough/2016', 'written-action-plan'], 2, /--as ROLE/],
    [['list'], 1, /Start duecourse with `npm start`/],
    [['start', MIDDLESBROUGH], 1, /No engine is running .*npm start/],
    [['start', MIDDLESBROUGH, '--as', 'scrutiny-chair'], 1, /may not start an inspection/],
  ])('%j ends with %i', async (args, code, message) => {
    const result = await cli(args, nowhere);
    expect([result.code, result.err]).toEqual([code, expect.stringMatching(message)]);
    expect(result.err).not.toMatch(/\n\s+at /);
  });

  test.concurrent('an unreachable Temporal is named with what to start', async () => {
    const { code, err } = await cli(['show', 'middlesbrough/2016'], { ...nowhere, TEMPORAL_ADDRESS: '127.0.0.1:9' });
    expect(code).toBe(1);
    expect(err).toContain("Temporal can't be reached at 127.0.0.1:9. Start duecourse with `npm start`");
  });

  test.concurrent('each bad setting has its line', async () => {
    const { code, err } = await cli(['list'], {
      DUECOURSE_PORT: '99999',
      DUECOURSE_SMTP_URL: 'mail.example.org',
      DATABASE_URL: 'mysql://secret@host',
    });
    expect(code).toBe(1);
    for (const name of ['DUECOURSE_PORT "99999"', 'DUECOURSE_SMTP_URL', 'DATABASE_URL']) expect(err).toContain(name);
    expect(err).not.toContain('secret');
  });

  test.concurrent('--debug shows where an error comes from', async () => {
    const { err } = await cli(['--debug', 'calendar', 'add', '2016-02-30', '1']);
    expect(err).toMatch(/\n\s+at /);
  });

  test.concurrent('--help speaks of every command', async () => {
    const { code, out } = await cli(['--help']);
    expect(code).toBe(0);
    for (const name of [
      'calendar',
      'preview',
      'rehearse',
      'dev',
      'start',
      'list',
      'show',
      'overdue',
      'history',
      'submit',
      'complete',
      'extend',
      'hold',
      'release',
      'waive',
      'reassign',
      'decide',
      'call-in',
      'close',
      'register',
      'setup',
    ])
      expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  });
});

describe('preview', () => {
  test.concurrent('gives each milestone with its reasons and each notice with its day and role', async () => {
    const { code, out } = await cli(['preview', MIDDLESBROUGH, '--json']);
    const { milestones } = JSON.parse(out) as {
      milestones: {
        id: string;
        strand: string;
        title: string;
        due: string;
        dueAt: string;
        owner: string;
        provisional: boolean;
        explanation: string[];
        notices: { on: string; kind: string; to: string }[];
      }[];
    };
    expect(code).toBe(0);
    const plan = milestones.find((each) => each.strand === 'plan-submission');
    expect(plan).toMatchObject({
      due: '2016-06-30',
      dueAt: '2016-06-30T23:00:00.000Z',
      owner: 'executive-director',
      provisional: false,
    });
    expect(plan?.explanation.join(' ')).toContain('Good Friday');
    // By the stricter reading it is due on 2 June: its reminders count down to that first.
    expect(plan?.notices.filter((notice) => notice.kind === 'stricter').map((notice) => notice.on)).toEqual([
      '2016-05-04',
      '2016-05-18',
      '2016-05-25',
      '2016-05-31',
      '2016-06-02',
    ]);
    expect(plan?.notices.filter((notice) => notice.kind === 'reminder').map((notice) => notice.on)).toEqual([
      '2016-06-16',
      '2016-06-23',
      '2016-06-28',
    ]);
    expect(
      plan?.notices.filter((notice) => notice.kind === 'escalation').map((notice) => `${notice.on} ${notice.to}`),
    ).toEqual([
      '2016-07-01 chief-executive',
      '2016-07-07 chief-executive',
      '2016-07-14 chief-executive',
      '2016-07-21 chief-executive',
    ]);
  });

  test.concurrent('--received moves what is counted from it', async () => {
    const { out } = await cli(['preview', MIDDLESBROUGH, '--received', '2016-02-12', '--json']);
    const { milestones } = JSON.parse(out) as { milestones: { strand: string; due: string }[] };
    expect(milestones.find((each) => each.strand === 'plan-submission')?.due).toBe('2016-06-23');
  });
});
