import { describe, expect, test } from 'vitest';
import { milestone as milestoneSchema } from '../../client/web/api/schemas.ts';
import { mapTable, namesOf } from '../../domain/closed-table.ts';
import {
  type Column,
  LISTED_COLUMNS,
  LISTS,
  MILESTONE_COLUMNS,
  type MilestoneRow,
  type StoredColumn,
} from '../../domain/milestone/columns.ts';
import { standingOf } from '../../domain/milestone/milestone-state.ts';
import { MILESTONE_STATUSES, STANDINGS } from '../../domain/milestone/statuses.ts';
import { STRENGTHS } from '../../domain/milestone/strengths.ts';
import { sqlTypeOf } from '../../register/milestone-sql.ts';
import { entry, key, ownRegister, rows, started } from './support.ts';
import { row } from '../support/rows.ts';

test('the table of milestones in the database has these columns and types, and no others', async () => {
  const { url } = await ownRegister();
  const found = (await rows(
    url,
    `SELECT column_name AS name, data_type AS type, is_nullable = 'YES' AS nullable FROM information_schema.columns WHERE table_name = 'milestone'`,
  )) as { name: string; type: string; nullable: boolean }[];
  const stored = namesOf(MILESTONE_COLUMNS).map((name) => {
    const column: StoredColumn = MILESTONE_COLUMNS[name];
    return { name: column.sql, type: sqlTypeOf(column), nullable: column.nullable === true };
  });
  const beside = [
    { name: 'authority', type: 'text', nullable: false },
    { name: 'reference', type: 'text', nullable: false },
    { name: 'seq', type: 'bigint', nullable: false },
    { name: 'inspection_open', type: 'boolean', nullable: false },
  ];
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  expect(found.toSorted(byName)).toEqual([...beside, ...stored].toSorted(byName));
});

const full: MilestoneRow = row({
  dueVersion: 3,
  status: 'held',
  provisional: true,
  explanation: ['one', 'two'],
  endedAt: '2016-06-30T10:00:00.000Z',
  holdReviewOn: '2016-07-04',
  body: 'cabinet',
});

test.each<[string, MilestoneRow]>([
  ['full', full],
  ['with nothing where nothing may be said', row()],
])('every column of a row that is %s is kept, changed and read back', async (_what, one) => {
  const { register } = await ownRegister();
  const other = { ...full, title: 'before', due: '2016-01-01', owner: 'director', ownerTitle: 'Director' };
  await register.append(key, [started, entry(2, { row: other }), entry(3, { row: one })]);
  const place = { ...{ authority: 'anyborough', reference: '2016' }, inspectionTitle: 'Anyborough 2016' };
  expect(await register.milestones('anyborough', '2016')).toEqual([
    { ...one, ...place, division: 'england-and-wales', inspectionOpen: true },
  ]);
  expect((await register.verify())[0]?.ok).toBe(true);
});

test('the example of each column is what the API says that it is', () => {
  const examples = mapTable(LISTED_COLUMNS, ({ example }: Column) => example);
  expect(milestoneSchema.strict().parse(examples)).toEqual(examples);
});

test.each(Object.entries(LISTS))('no two columns of the list %s have the same head', (_name, names) => {
  const heads = names.map((name) => LISTED_COLUMNS[name].title);
  expect(new Set(heads).size).toBe(heads.length);
});

describe('where a milestone stands', () => {
  const DUE = '2016-06-30T23:00:00.000Z';
  const every = namesOf(MILESTONE_STATUSES).flatMap((status) =>
    namesOf(STRENGTHS).map((strength) => row({ milestone: `other-reporting/${status}-${strength}`, status, strength })),
  );

  test.each([
    ['a millisecond before', '2016-06-30T22:59:59.999Z'],
    ['at its cut-off', DUE],
  ])('%s: the database and the domain say the same of every status and strength', async (_when, now) => {
    const { register } = await ownRegister();
    await register.append(key, [started, ...every.map((each, index) => entry(index + 2, { row: each }))]);
    const filter = { authorities: ['anyborough'] };
    const expected = mapTable(
      mapTable(MILESTONE_STATUSES, () => 0),
      (_none, status) => every.filter((each) => standingOf(each, true, now) === status).length,
    );
    const overdue = every.filter((each) => standingOf(each, true, now) === 'overdue');
    expect(await register.board.milestoneCounts(now, filter)).toEqual({ ...expected, overdue: overdue.length });
    for (const status of STANDINGS) {
      const listed = await register.board.milestones(now, { ...filter, status }, { offset: 0, limit: 100 });
      const theirs = every.filter((each) => standingOf(each, true, now) === status);
      expect(listed.map((each) => each.milestone).toSorted()).toEqual(theirs.map((each) => each.milestone).toSorted());
    }
    expect((await register.overdue(now)).map((each) => each.milestone).toSorted()).toEqual(
      overdue.map((each) => each.milestone).toSorted(),
    );
    expect((await register.figures(now)).overdue).toBe(overdue.length);
    expect((await register.list(now))[0]?.overdue).toBe(overdue.length);
  });
});
