import { afterEach, describe, expect, test } from 'vitest';
import { loadBankHolidays } from '../../client/files/bank-holidays.ts';
import { loadStart } from '../../client/files/load-start.ts';
import { readyToStart, startFromFile } from '../../client/start-inspection.ts';
import { addDays, daysBetween } from '../../domain/calendar/civil-date.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { createCalendar } from '../../domain/calendar/working-calendar.ts';
import { Story } from '../../domain/preview/story.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { boardForAll, type Visitor } from '../support/board.ts';
import { cli } from '../support/cli.ts';

/**
 * The same late duty of councils that count differently, in every place that says how late it is. In real time: the command
 * line has no other.
 */
const FILE = 'examples/middlesbrough-2016.yaml';
const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const TITLE = 'An action that is late';

const base = loadBankHolidays('england-and-wales');
const england = createCalendar(base);
const NOW = new Date().toISOString();
/** The board's clock: the real one, but where a mail of another day is compared. */
let clock = NOW;
afterEach(() => void (clock = NOW));
const today = localDate(NOW);
/** Twelve working days before today, by the bank holidays alone; the days between, earliest first. */
const due = england.addWorkingDays(today, -12);
const between = Array.from({ length: 10 }, (_, n) => england.addWorkingDays(due, n + 1)).filter((day) => day < today);
const bare = england.countWorkingDays(due, today);

const closed = (dates: string[]) => dates.map((date) => ({ date, title: 'Council closed' }));
const approvedWith = (dates: string[]) =>
  publishedHolidays('england-and-wales', [
    ...base.holidays.filter(({ date }) => date.slice(0, 4) >= due.slice(0, 4) && date.slice(0, 4) <= today.slice(0, 4)),
    ...dates.map((date) => ({ date, title: 'Proclaimed' })),
  ]);

const COUNCILS = [
  { id: 'plain-borough', closureDays: [], approved: null, late: bare },
  { id: 'closed-borough', closureDays: closed(between.slice(0, 2)), approved: null, late: bare - 2 },
  {
    id: 'holiday-borough',
    closureDays: closed(between.slice(0, 2)),
    approved: approvedWith(between.slice(1, 5)),
    late: bare - 5,
  },
];

let visitor: Visitor;
let key = '';
const board = boardForAll(
  async (rig) => {
    const { register, engine } = rig;
    for (const { id, closureDays, approved } of COUNCILS) {
      const loaded = loadStart(FILE);
      const authority = { ...loaded.facts.authority, id, name: id, closureDays };
      const action = (name: string, title: string, on: string) => ({
        id: name,
        title,
        theme: 'one',
        owner: OWNER,
        due: on,
      });
      const inspection = inspectionSchema.parse({
        ...loaded.facts.inspection,
        reference: '2016',
        themes: [{ id: 'one', title: 'One', officer: OWNER, recommendations: [] }],
        recommendations: [],
        commitments: [],
        happened: [],
        approvals: [],
        actions: [
          action('late', TITLE, due),
          ...['b', 'c', 'd'].map((name) => action(name, `Later: ${name}`, addDays(today, 200))),
        ],
      });
      if (approved !== null) await register.approveHolidays(id, approved, ADMINISTRATOR, NOW);
      const facts = { ...loaded.facts, authority, inspection };
      const startedBy = { id: 'test', role: authority.chain.administrator };
      const start = await readyToStart({ ...loaded, facts }, startedBy, { register }, NOW);
      await startFromFile({ engine, register }, start);
      await register.reached(id, '2016', (await engine.view(`${id}/2016`)).seq, 20_000);
    }
    visitor = await rig.signedIn(ADMINISTRATOR);
    key = await visitor.apiKey();
  },
  { clock: () => new Date(clock) },
);

const OWNER = loadStart(FILE).facts.authority.chain.director;

/** What each place says, as it would be read there. */
async function said(id: string): Promise<Record<string, number>> {
  const query = `authority=${id}&q=${encodeURIComponent(TITLE)}`;
  const answer = await visitor.request(`/api/v1/milestones?${query}`, { headers: { Authorization: `Bearer ${key}` } });
  const { items } = (await answer.json()) as { items: { workingDaysLate: number }[] };
  const [row] = /(\d+) working days?<\/span>/.exec(await visitor.text(`/?${query}`))?.slice(1) ?? [];
  const page = await visitor.text(`/inspections/${id}/2016/milestones/improvement-actions/late`);
  const csv = await visitor.text(`/overdue.csv?${query}`);
  const [head = [], line = []] = csv
    .replace('\uFEFF', '')
    .split('\n')
    .map((each) => each.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  return {
    api: items[0]?.workingDaysLate ?? NaN,
    list: Number(row),
    page: Number(/(\d+) working days? late/.exec(page)?.[1]),
    table: Number(line[head.indexOf('Working days late')]),
  };
}

describe.each(COUNCILS)('$id', ({ id, late }) => {
  test('is as late by API, list, milestone page and table', async () => {
    expect(await said(id)).toEqual({ api: late, list: late, page: late, table: late });
  });

  test('and by the command line', async () => {
    const { out, err } = await cli(['overdue', '--authority', id, '--json'], board().environment);
    const rows = JSON.parse(out === '' ? err : out) as { milestone: string; due: string; workingDaysLate: number }[];
    const [row] = rows.filter((each) => each.milestone === 'improvement-actions/late');
    expect(row).toMatchObject({ due, workingDaysLate: late });
  });

  test('rated alike by both reports', async () => {
    const { out, err } = await cli(['report', `${id}/2016`, '--json'], board().environment);
    const { themes } = JSON.parse(out === '' ? err : out) as { themes: { title: string; rag: string }[] };
    // By days of the calendar, which are the same for all of them.
    const rating = daysBetween(due, today) > 14 ? 'Red' : 'Amber';
    expect(themes.find((each) => each.title === 'One')?.rag).toBe(rating);
    const page = await visitor.text(`/inspections/${id}/2016/report`);
    expect(page).toMatch(new RegExp(`class="rag rag--${rating.toLowerCase()}"`));
  });

  test('and in the mail that its lifecycle would send, on its own day', async () => {
    const running = await board().engine.facts(`${id}/2016`);
    const startedBy = { id: 'test', role: running.facts.authority.chain.administrator };
    const story = new Story({ ...running, startedBy }, NOW).until(`${addDays(today, 10)}T12:00:00.000Z`);
    const [mail] = story.mails.filter((each) => each.notices.some((notice) => notice.title === TITLE));
    const left = mail?.notices.find((notice) => notice.title === TITLE)?.workingDaysLeft;
    clock = mail?.at ?? '';
    const days = 0 - (left ?? NaN);
    expect(days).toBeGreaterThanOrEqual(late);
    expect(await said(id)).toEqual({ api: days, list: days, page: days, table: days });
  });
});

test('nothing went wrong', () => {
  expect(board().errors).toEqual([]);
});
