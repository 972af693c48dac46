import { describe, expect, onTestFinished, test } from 'vitest';
import type { MilestoneFilter } from '../../register/board-reads.ts';
import { SORT_COLUMNS, type SortColumn } from '../../register/folded-milestones.ts';
import type { Register } from '../../register/register.ts';
import type { MilestoneRow } from '../../domain/milestone/columns.ts';
import { STANDINGS } from '../../domain/milestone/statuses.ts';
import { FIXED_STRENGTHS } from '../../domain/milestone/strengths.ts';
import { seeded } from '../support/seeded.ts';
import { entry, ownRegister, rows, started } from './support.ts';
import { foldedCounts, keptCounts } from '../../register/folded-counts.ts';
import { openRegister } from '../../register/register.ts';
import { row } from '../support/rows.ts';

const NOW = '2016-06-15T10:00:00.000Z';
const ALL = { authorities: ['anyborough', 'otherborough'] };

/** A round of a cycle, due at the beginning of a month. */
const round = (cycle: string, number: number, month: string, parts: Partial<MilestoneRow> = {}): MilestoneRow =>
  row({
    milestone: `${cycle}-${number}`,
    cycle,
    title: `Report, no. ${number}`,
    due: `${month}-01`,
    dueAt: `${month}-01T23:00:00.000Z`,
    strength: 'commitment',
    ...parts,
  });

const MONTHLY = 'member-briefings/monthly';
const WEEKLY = 'other-reporting/weekly';

async function inspection(
  register: Register,
  authority: string,
  reference: string,
  rows: readonly MilestoneRow[],
): Promise<void> {
  const planned = rows.map((each, index) => entry(index + 2, { milestone: each.milestone, row: each }));
  const title = { data: { title: `The case of ${reference}`, division: 'scotland' } };
  await register.append({ authority, reference, inspectionTitle: reference }, [{ ...started, ...title }, ...planned]);
}

/** Two rounds late after four that were missed; two to come; two done; and duties that come once beside them, one of like name. */
const ROUNDS = [
  ...[1, 2, 3, 4].map((n) => round(MONTHLY, n, `2015-0${n}`, { status: 'missed', endedAt: NOW })),
  round(MONTHLY, 5, '2016-04', { owner: 'director' }),
  round(MONTHLY, 6, '2016-05'),
  round(MONTHLY, 7, '2016-07'),
  round(MONTHLY, 8, '2016-08'),
  round(WEEKLY, 1, '2016-01', { status: 'completed', endedAt: NOW }),
  round(WEEKLY, 2, '2016-02', { status: 'completed', endedAt: NOW, title: 'Report, late' }),
  row({ milestone: 'improvement-actions/so-1', dueAt: '2016-03-01T00:00:00.000Z', due: '2016-03-01' }),
  row({ milestone: 'improvement-actions/so-2', dueAt: '2016-03-01T00:00:00.000Z', due: '2016-03-01' }),
];

async function folded(filter: Partial<MilestoneFilter>, each = false, rounds: readonly MilestoneRow[] = ROUNDS) {
  const { register } = await ownRegister();
  await inspection(register, 'anyborough', 'one', rounds);
  await inspection(register, 'otherborough', 'one', [round(MONTHLY, 9, '2016-02')]);
  const asked = { authorities: ['anyborough'], ...filter };
  const rows = await register.board.foldedMilestones(NOW, asked, {
    sort: { by: 'due', order: 'ascending' },
    ...{ each, offset: 0, limit: 50 },
  });
  const counts = await register.board.foldedCounts(NOW, asked);
  return {
    counts,
    rows: rows.map(
      ({ milestone, rounds, roundsSince, missed, missedSince }) =>
        `${milestone.split('/')[1]}: ${rounds} since ${roundsSince}, ${missed} missed${missedSince === null ? '' : ` since ${missedSince}`}`,
    ),
  };
}

describe('rounds of a cycle that stand alike are one row', () => {
  const MISSED = '4 missed since 2015-01-01';
  test.each<[string, Partial<MilestoneFilter>, string[]]>([
    [
      'the newest of those that are late; what only looks like a round stands alone',
      { status: 'overdue' },
      [
        'so-1: 1 since 2016-03-01, 0 missed',
        'so-2: 1 since 2016-03-01, 0 missed',
        `monthly-6: 2 since 2016-04-01, ${MISSED}`,
      ],
    ],
    ['the next of those to come', { status: 'open' }, [`monthly-7: 2 since 2016-07-01, ${MISSED}`]],
    ['the newest of those done', { status: 'completed' }, ['weekly-2: 2 since 2016-01-01, 0 missed']],
    ['the newest of those missed', { status: 'missed' }, [`monthly-4: 4 since 2015-01-01, ${MISSED}`]],
    [
      'of those that one role owns',
      { status: 'overdue', owner: 'director' },
      [`monthly-5: 1 since 2016-04-01, ${MISSED}`],
    ],
    [
      'of those with a word in their title',
      { search: 'no. 1' },
      [`monthly-1: 1 since 2015-01-01, ${MISSED}`, 'weekly-1: 1 since 2016-01-01, 0 missed'],
    ],
    [
      'of what nobody has promised',
      { strength: 'commitment', status: 'overdue' },
      [`monthly-6: 2 since 2016-04-01, ${MISSED}`],
    ],
    ['none', { strength: 'guidance' }, []],
  ])('%s', async (_what, filter, expected) => {
    const { rows, counts } = await folded(filter);
    expect(rows).toEqual(expected);
    const chosen = STANDINGS.filter((each) => filter.status === undefined || each === filter.status);
    expect(chosen.reduce((sum, each) => sum + counts[each].rows, 0)).toBe(expected.length);
  });

  test('all standings at once: each by itself; and each round on a row of its own', async () => {
    const { rows, counts } = await folded({});
    expect(rows.map((each) => each.split(':')[0])).toEqual([
      ...['monthly-4', 'weekly-2', 'so-1', 'so-2', 'monthly-6', 'monthly-7'],
    ]);
    expect(counts).toMatchObject({
      overdue: { duties: 4, rows: 3 },
      open: { duties: 2, rows: 1 },
      missed: { duties: 4, rows: 1 },
      completed: { duties: 2, rows: 1 },
    });
    const every = await folded({ cycle: MONTHLY, reference: 'one' }, true);
    expect(every.rows).toHaveLength(8);
    expect(every.rows[0]).toBe(`monthly-1: 1 since 2015-01-01, ${MISSED}`);
  });
});

describe('late rounds of one cycle, of which one is held though the law does not wait', () => {
  const LATE = [
    round(MONTHLY, 1, '2016-04', { strength: 'statutory' }),
    round(MONTHLY, 2, '2016-05', { strength: 'statutory', status: 'held' }),
  ];
  test.each<Partial<MilestoneFilter>>([{ status: 'overdue' }, {}])(
    'are one row, and counted as one: %o',
    async (filter) => {
      const { rows, counts } = await folded(filter, false, LATE);
      expect(rows).toEqual(['monthly-2: 2 since 2016-04-01, 0 missed']);
      expect(counts.overdue).toEqual({ duties: 2, rows: 1 });
    },
  );
});

describe('a list sorted by any column', () => {
  const random = seeded(20_160_630);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const many = Array.from({ length: 30 }, (_, n): MilestoneRow => {
    const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
    return row({
      milestone: `improvement-actions/a${n}`,
      title: pick(['alpha', 'Beta', 'gamma', 'Delta']),
      ownerTitle: pick(['director', 'Head', 'clerk']),
      strength: pick(['statutory', 'imposed', 'guidance', 'constitution', 'commitment']),
      status: pick(['open', 'open', 'held', 'completed']),
      due: `2016-06-${day}`,
      dueAt: `2016-06-${day}T23:00:00.000Z`,
    });
  });
  const STRENGTH_ORDER = ['statutory', 'imposed', 'guidance', 'constitution', 'commitment'];
  type Row = MilestoneRow & { reference: string; inspectionTitle: string };
  const standing = ({ status, strength, dueAt }: Row) => {
    const late = dueAt <= NOW && (status === 'open' || (status === 'held' && FIXED_STRENGTHS.includes(strength)));
    return late ? '0' : String(['open', 'held', 'submitted', 'completed'].indexOf(status) + 1);
  };
  const KEYS: Record<SortColumn, (row: Row) => string> = {
    due: ({ dueAt }) => dueAt,
    workingDaysLate: ({ dueAt }) => String(4e12 - Date.parse(dueAt)),
    title: ({ title }) => title.toLowerCase(),
    ownerTitle: ({ ownerTitle }) => ownerTitle.toLowerCase(),
    strength: ({ strength }) => String(STRENGTH_ORDER.indexOf(strength)),
    standing,
    inspectionTitle: ({ inspectionTitle }) => inspectionTitle.toLowerCase(),
  };

  test.each(SORT_COLUMNS.flatMap((by) => (['ascending', 'descending'] as const).map((order) => [by, order] as const)))(
    'by %s, %s: in that order, by date where that is the same, and pages put together are the whole',
    async (by, order) => {
      const { register } = await ownRegister();
      await inspection(register, 'anyborough', 'one', many.slice(0, 15));
      await inspection(register, 'otherborough', 'two', many.slice(15));
      const page = async (offset: number, limit: number) =>
        register.board.foldedMilestones(NOW, ALL, { sort: { by, order }, each: false, offset, limit });
      const rows = await page(0, 50);
      expect(rows).toHaveLength(30);
      const compared = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
      const expected = rows.toSorted((a, b) => {
        const first = compared(KEYS[by](a), KEYS[by](b)) * (order === 'ascending' ? 1 : -1);
        if (first !== 0) return first;
        const [left, right] = [a, b].map(
          (each) => `${each.dueAt} ${each.authority} ${each.reference} ${each.milestone}`,
        );
        return compared(left ?? '', right ?? '');
      });
      const names = (list: readonly Row[]) => list.map((each) => `${each.reference} ${each.milestone}`);
      expect(names(rows)).toEqual(names(expected));
      const parts = [...(await page(0, 7)), ...(await page(7, 7)), ...(await page(14, 50))];
      expect(names(parts)).toEqual(names(rows));
    },
  );
});

describe('counts are kept by council', () => {
  const later = (now: string, hours: number): string => new Date(Date.parse(now) + hours * 3_600_000).toISOString();

  test('what has happened since, and what has fallen due, is counted; of a council that nothing is new of, the same', async () => {
    const { register, url } = await ownRegister();
    await inspection(register, 'anyborough', 'one', ROUNDS);
    await inspection(register, 'otherborough', 'one', [round(MONTHLY, 9, '2016-08')]);
    const fresh = openRegister({ url });
    onTestFinished(() => fresh.close());
    const counted = (now: string, filter: Partial<MilestoneFilter> = {}) =>
      register.board.foldedCounts(now, { ...ALL, ...filter });
    // One that has never counted before, and so knows no better than the tables.
    const anew = (now: string, filter: Partial<MilestoneFilter> = {}) =>
      foldedCounts({ query: (sql, values) => rowsOf(url, sql, values) }, keptCounts(), now, { ...ALL, ...filter });
    const filters: Partial<MilestoneFilter>[] = [
      {},
      { owner: 'director' },
      { search: 'no. 9' },
      { authorities: ['otherborough'] },
    ];
    const agree = async (now: string): Promise<void> => {
      for (const filter of filters) expect(await counted(now, filter)).toEqual(await anew(now, filter));
    };
    await agree(NOW);
    expect((await counted(NOW)).overdue).toEqual({ duties: 4, rows: 3 });
    // By another process; nothing has told this one.
    const done = { ...round(MONTHLY, 6, '2016-05'), status: 'completed' as const, endedAt: NOW };
    const key = { authority: 'anyborough', reference: 'one', inspectionTitle: 'one' };
    await fresh.append(key, [entry(50, { milestone: done.milestone, row: done })]);
    await agree(NOW);
    expect((await counted(NOW)).overdue).toEqual({ duties: 3, rows: 3 });
    // A minute before the next round is due nothing has changed; at its instant it is late. And back: a clock may be put right.
    await agree('2016-07-01T22:59:00.000Z');
    await agree('2016-07-01T23:00:00.000Z');
    expect((await counted('2016-07-01T23:00:00.000Z')).overdue.duties).toBe(4);
    await agree(later(NOW, 1));
    await fresh.append(key, [entry(51, { kind: 'inspection-closed' })]);
    await agree(later(NOW, 1));
    expect((await counted(NOW)).open).toEqual({ duties: 1, rows: 1 });
  });

  test('only what has changed is counted again', async () => {
    const { register, url } = await ownRegister();
    await inspection(register, 'anyborough', 'one', ROUNDS);
    await inspection(register, 'otherborough', 'one', [round(MONTHLY, 9, '2016-08')]);
    const kept = keptCounts();
    const asked: unknown[] = [];
    const count = () =>
      foldedCounts(
        {
          query: (sql, values) => {
            if (sql.includes('milestone')) asked.push(values?.[1]);
            return rowsOf(url, sql, values);
          },
        },
        kept,
        NOW,
        ALL,
      );
    await count();
    await count();
    expect(asked).toEqual([['anyborough', 'otherborough']]);
    await inspection(register, 'otherborough', 'two', [round(MONTHLY, 9, '2016-08')]);
    expect((await count()).open.duties).toBe(4);
    expect(asked.slice(1)).toEqual([['otherborough']]);
  });
});

const rowsOf = async <Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> =>
  (await rows(url, text, values)) as Row[];
