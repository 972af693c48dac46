import { describe, expect, test } from 'vitest';
import type { MilestoneFilter } from '../../register/board-reads.ts';
import type { Register } from '../../register/register.ts';
import type { MilestoneRow } from '../../domain/milestone/columns.ts';
import { standingOf } from '../../domain/milestone/milestone-state.ts';
import { strandName } from '../../domain/schemas/rule-pack.ts';
import { entry, ownRegister, started } from './support.ts';
import { row } from '../support/rows.ts';

const NOW = '2016-06-15T10:00:00.000Z';
const ALL = { authorities: ['anyborough', 'otherborough'] };
const EVERY = { offset: 0, limit: 100 };

/** What stands in each inspection: one late, one late on hold that is statutory, one on hold, one to come, one done. */
const stands: MilestoneRow[] = [
  row({ milestone: 'improvement-actions/late', dueAt: '2016-06-01T23:00:00.000Z', strength: 'commitment' }),
  row({ milestone: 'plan-submission/late', dueAt: '2016-06-02T23:00:00.000Z', status: 'held' }),
  row({
    milestone: 'improvement-actions/held',
    dueAt: '2016-06-03T23:00:00.000Z',
    status: 'held',
    strength: 'commitment',
  }),
  row({ milestone: 'improvement-actions/done', dueAt: '2016-06-04T23:00:00.000Z', status: 'completed' }),
  row({
    milestone: 'improvement-actions/to-come',
    title: '100% of_cases',
    owner: 'director',
    beside: ['team-manager'],
  }),
];
const rows = stands.map((each) => ({ ...each, strand: strandName.parse(each.milestone.split('/')[0]) }));

async function inspection(register: Register, authority: string, reference: string): Promise<void> {
  const planned = rows.map((each, index) => entry(index + 2, { milestone: each.milestone, row: each }));
  await register.append({ authority, reference, inspectionTitle: reference }, [started, ...planned]);
}

async function three(): Promise<Register> {
  const { register } = await ownRegister();
  await inspection(register, 'anyborough', 'one');
  await inspection(register, 'otherborough', 'two');
  await inspection(register, 'otherborough', 'closed');
  await register.append({ authority: 'otherborough', reference: 'closed', inspectionTitle: 'closed' }, [
    entry(10, { kind: 'inspection-closed' }),
    // What is still told about a milestone afterwards does not bring it back.
    entry(11, { kind: 'milestone-moved', milestone: 'improvement-actions/to-come', row: rows[4] ?? null }),
  ]);
  return register;
}

const listed = async (register: Register, filter: MilestoneFilter, page = EVERY) =>
  (await register.board.milestones(NOW, filter, page)).map(
    (each) => `${each.reference} ${each.milestone.split('/')[1] ?? ''} ${standingOf(each, each.inspectionOpen, NOW)}`,
  );

describe('lists of milestones', () => {
  test('open inspections’ alone, by due instant; made again from the entries they are the same', async () => {
    const register = await three();
    const expected = [
      'one late overdue',
      'two late overdue',
      'one late overdue',
      'two late overdue',
      'one held held',
      'two held held',
      'one done completed',
      'two done completed',
      'one to-come open',
      'two to-come open',
    ];
    const counts = {
      overdue: 4,
      open: 2,
      held: 2,
      submitted: 0,
      completed: 2,
      waived: 0,
      missed: 0,
      lapsed: 0,
      unfinished: 0,
    };
    for (const again of [false, true]) {
      if (again) await register.rebuild();
      expect(await listed(register, ALL)).toEqual(expected);
      expect(await register.board.milestoneCounts(NOW, ALL)).toEqual(counts);
      expect(await register.overdue(NOW)).toHaveLength(4);
      expect(await register.figures(NOW)).toMatchObject({ openInspections: 2, overdue: 4, held: 4 });
      expect((await register.morning('otherborough', NOW)).milestones).toHaveLength(4);
    }
  });

  test('pages put together are the whole', async () => {
    const register = await three();
    const pages = [];
    for (let offset = 0; offset < 12; offset += 3) pages.push(...(await listed(register, ALL, { offset, limit: 3 })));
    expect(pages).toEqual(await listed(register, ALL));
  });

  test.each<[string, Partial<MilestoneFilter>, string[], number]>([
    ['a standing', { status: 'overdue' }, ['one late overdue', 'one late overdue'], 5],
    ['on hold and not late', { status: 'held' }, ['one held held'], 5],
    ['an owner', { owner: 'director' }, ['one to-come open'], 1],
    ['a strand', { strand: 'plan-submission' }, ['one late overdue'], 1],
    ['words, to the letter', { search: '100% OF_' }, ['one to-come open'], 1],
    ['words of the inspection’s title', { search: 'anyborough 2016', status: 'completed' }, ['one done completed'], 5],
    ['a wildcard, which is none', { search: '%of%' }, [], 0],
    ['a reference', { reference: 'two' }, [], 0],
    ['nobody’s council', { authorities: [] }, [], 0],
  ])('by %s: the rows, and how many there are of all standings', async (_what, filter, expected, inAll) => {
    const register = await three();
    const asked = { authorities: ['anyborough'], ...filter };
    expect(await listed(register, asked)).toEqual(expected);
    const counts = await register.board.milestoneCounts(NOW, asked);
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(inAll);
  });
});

test('somebody’s own duties: what their role owns, and what it is beside the owner of; not what has ended, nor another council’s', async () => {
  const register = await three();
  const own = async (role: string, authority = 'anyborough') =>
    (await register.board.dutiesOf([{ authority, role }])).map(({ milestone }) => milestone);
  expect(await own('team-manager')).toEqual(['improvement-actions/to-come']);
  expect(await own('director')).toEqual(['improvement-actions/to-come']);
  expect(await own('head-of-service')).toEqual([
    'improvement-actions/late',
    'plan-submission/late',
    'improvement-actions/held',
  ]);
  expect(await own('team-manager', 'elsewhere')).toEqual([]);
  // Who is both sees it once.
  const both = ['team-manager', 'director'].map((role) => ({ authority: 'anyborough', role }));
  expect(await register.board.dutiesOf(both)).toHaveLength(1);
});
