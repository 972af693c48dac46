import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type BookSheet, headOf, REF, WITHDRAW } from '../../../client/plan-book/columns.ts';
import { HIDDEN } from '../../../client/plan-book/hidden.ts';
import { onPlan, placeOf, reportsOn } from '../../../client/plan-book/on-plan.ts';
import { readBook } from '../../../client/plan-book/read-book.ts';
import { BOOK_SHEETS } from '../../../client/plan-book/sheets.ts';
import { refusedReports } from '../../../client/plan-book/tried-reports.ts';
import { writeBook } from '../../../client/plan-book/write-book.ts';
import type { SheetKind } from '../../../client/plan-book/sheet-kind.ts';
import type { CellContent, ReadWorkbook } from '../../../client/workbook/cells.ts';
import { readWorkbook } from '../../../client/workbook/read-workbook.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { Story } from '../../../domain/preview/story.ts';
import { changesOf } from '../../../domain/revisions/changes.ts';
import type { PlanItem } from '../../../domain/revisions/plan-items.ts';
import type { Edit } from '../../../domain/revisions/edits.ts';
import { planWith } from '../../../domain/revisions/steps.ts';
import { startOf } from '../../support/facts.ts';
import { sourceAt } from '../../support/plan-book.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const action = (id: string, parts: object = {}) => ({
  ...{ id, title: `Action ${id}`, owner: 'team-manager', due: '2016-06-30', recommendations: ['i'] },
  ...parts,
});
const MEASURE = {
  ...{ id: 'visits', title: 'Visits in time', unit: '%', direction: 'up', source: 'Case system' },
  ...{ target: { value: 95, by: '2016-12-31' }, themes: [], actions: ['a1'], recommendations: ['ii'] },
};
const story = () =>
  new Story(
    startOf({
      recommendations: [
        { id: 'i', text: 'Review assessments.' },
        { id: 'ii', text: 'Supervise.' },
      ],
      themes: [{ id: 'so-1', title: 'Practice', officer: 'head-of-service', recommendations: ['ii'] }],
      actions: [action('a1'), action('a2', { theme: 'so-1', owner: undefined }), action('a3', { due: '2016-09-30' })],
      measures: [MEASURE],
    }),
    NOW,
  );
const told = story();
const source = sourceAt(told, NOW);
const out = await readWorkbook(await writeBook(source), 'plan.xlsx');
const { inspection } = told.state.facts;

const text = (words: string): CellContent => ({ is: 'text', text: words });
const date = (day: string): CellContent => ({ is: 'date', date: day });

type Typing = [what: SheetKind, row: number, head: string, content: CellContent | undefined];

/** The workbook with other cells; rows are counted from 0, below the heads. */
function typed(...all: Typing[]): ReadWorkbook {
  return {
    sheets: out.sheets.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row, index) =>
        row.map((content, column) => {
          const found = all.find(
            ([what, at, head]) =>
              BOOK_SHEETS[what].name === sheet.name && at + 1 === index && columnOf(what, head) === column,
          );
          return found === undefined ? content : found[3];
        }),
      ),
    })),
  };
}

function columnOf(what: SheetKind, head: string): number {
  const { columns } = BOOK_SHEETS[what] as BookSheet<PlanItem>;
  const heads = [REF.head, ...columns.map((each) => headOf(each, source.sent)), WITHDRAW.head];
  const at = heads.findIndex((each) => each.startsWith(head));
  if (at === -1) throw new Error(`no column ${head}`);
  return at;
}

const read = (...all: Typing[]) => readBook(typed(...all), 'plan.xlsx');
const linesOf = (book: ReturnType<typeof read>, present = inspection) => {
  const { edits } = onPlan(
    book,
    present,
    () => true,
    () => undefined,
  );
  return changesOf(present, edits).map((each) => ({ ...each, at: placeOf(book, each) }));
};

describe('what somebody types', () => {
  test('comes back line by line, each with its cell', () => {
    const book = read(
      ['action', 0, 'Action', text('Another title')],
      ['action', 0, 'Due', text('29/7/2016')],
      ['action', 1, 'Owner', text('team-manager')],
      ['measure', 0, 'Target', { is: 'number', value: 97, percent: false }],
    );
    expect(book.problems).toEqual([]);
    expect(linesOf(book)).toMatchObject([
      { what: 'action', id: 'a1', field: 'title', to: 'Another title', at: 'Actions!D2' },
      { what: 'action', id: 'a1', field: 'due', to: '2016-07-29', at: 'Actions!F2' },
      { what: 'action', id: 'a2', field: 'owner', to: 'team-manager', at: 'Actions!E3' },
      { what: 'measure', id: 'visits', field: 'target', to: { value: 97, by: '2016-12-31' }, at: 'Measures!G2' },
    ]);
  });

  test('what is added gets a name, and may be named by what is added beside it', () => {
    const book = read(
      ['theme', 1, 'Theme', text('Voice of the child')],
      ['theme', 1, 'Accountable', text('Director of Children’s Services')],
      ['recommendation', 2, 'Ref', text('III.')],
      ['recommendation', 2, 'Recommendation', text('Listen.')],
      ['action', 3, 'Theme', text('voice of the  child')],
      ['action', 3, 'Answers', text('iii, i')],
      ['action', 3, 'Action', text('Ask every child')],
      ['action', 3, 'Due', date('2016-10-31')],
    );
    expect(book.problems).toEqual([]);
    expect(linesOf(book)).toMatchObject([
      { kind: 'add', what: 'recommendation', id: 'iii', at: 'Recommendations!A4' },
      { kind: 'add', what: 'theme', id: 'voice-of-the-child', at: 'Themes!A3' },
      { kind: 'add', what: 'action', id: 'ask-every-child', at: 'Actions!A5' },
    ]);
  });

  test('what is withdrawn is named by nothing any more; a row that is gone is told, and stays', () => {
    const book = read(['recommendation', 1, 'Withdraw?', text('Yes')], ['action', 2, 'Ref', undefined], ...empty(2));
    expect(linesOf(book)).toMatchObject(
      [
        { what: 'recommendation', id: 'ii', kind: 'withdraw', at: 'Recommendations!E3' },
        { what: 'theme', id: 'so-1', field: 'recommendations', to: [] },
        { what: 'measure', id: 'visits', field: 'recommendations', to: [] },
      ].toSorted((a, b) => order(a.what) - order(b.what)),
    );
    expect(book.notes).toEqual([
      expect.stringContaining('A row that went out is not in the sheet Actions any more (a3)'),
    ]);
  });

  test('an action with an owner of its own again follows its theme where the cell is emptied', () => {
    const own = read(['action', 0, 'Owner', undefined]);
    expect(linesOf(own)).toMatchObject([{ id: 'a1', field: 'owner', from: 'team-manager' }]);
  });
});

const order = (what: string): number => ['recommendation', 'theme', 'action', 'measure'].indexOf(what);
const empty = (row: number): Typing[] =>
  ['Answers', 'Action', 'Owner', 'Due'].map((head): Typing => ['action', row, head, undefined]);

describe('what can’t be used is told with its cell, and nothing of its row is taken', () => {
  const BAD: [typing: Typing, at: string, says: RegExp][] = [
    [
      ['action', 0, 'Owner', text('Team Manger')],
      'Actions!E2',
      /“Team Manger” is not in the list; did you mean “Team Manager”/,
    ],
    [
      ['action', 0, 'Due', text('soon')],
      'Actions!F2',
      /“soon” is not a date: type it as day\/month\/year, the year with four digits/,
    ],
    [['action', 0, 'Due', text('1/2/16')], 'Actions!F2', /no year of four digits/],
    [['action', 0, 'Due', { is: 'number', value: 2016, percent: false }], 'Actions!F2', /“2016” is not a date/],
    [['action', 0, 'Due', date('1804-02-03')], 'Actions!F2', /look at the year/],
    [['action', 0, 'Due', undefined], 'Actions!F2', /“Due” is missing/],
    [['action', 0, 'Action', undefined], 'Actions!D2', /“Action” is missing/],
    [['action', 0, 'Action', text('x'.repeat(1001))], 'Actions!D2', /“Action”/],
    [['action', 0, 'Answers', text('i, iv')], 'Actions!C2', /there is no recommendation “iv”/],
    [['action', 0, 'Theme', text('Nothing')], 'Actions!B2', /“Nothing” is not in the list/],
    [['action', 0, 'Rating', text('Blue')], 'Actions!I2', /“Blue” is not in the list/],
    [['action', 0, 'Per cent', text('lots')], 'Actions!J2', /not a whole number from 0 to 100/],
    [['action', 0, 'Per cent', { is: 'number', value: 101, percent: false }], 'Actions!J2', /from 0 to 100/],
    [['action', 0, 'Withdraw?', text('perhaps')], 'Actions!P2', /write “yes”, or leave it empty/],
    [['action', 0, 'Action', { is: 'unusable', why: 'it holds the error #REF!' }], 'Actions!D2', /#REF!/],
    [['action', 1, 'Ref', text('a1')], 'Actions!A3', /“a1” stands in Actions!A2 as well/],
    [['action', 4, 'Rating', text('Green')], 'Actions!I6', /not in the plan yet/],
    [['theme', 0, 'Accountable', undefined], 'Themes!C2', /“Accountable officer” is missing/],
    [['measure', 0, 'Target', text('many')], 'Measures!G2', /not a number/],
    [['measure', 0, 'Of the day', date('2016-02-01')], 'Measures!P2', /“New value” is missing/],
  ];
  test.each(BAD)('%j', (typing, at, says) => {
    const book = read(typing);
    expect(book.problems.find((each) => each.at === at)?.problem).toMatch(says);
    expect(book.edits.filter(({ name }) => name === 'action/a1' && typing[1] === 0)).toEqual([]);
    expect(book.reports).toEqual([]);
  });

  test('sheets and heads that are gone can’t be passed over: they are among what can’t be used', () => {
    const without = { sheets: out.sheets.filter(({ name }) => name !== 'Themes') };
    expect(readBook(without, 'x.xlsx').problems).toEqual([
      { at: 'Themes', problem: 'the sheet is not there any more, so that nothing of it was read' },
    ]);
    const renamed = out.sheets.map((sheet) => ({
      ...sheet,
      rows: sheet.rows.map((row) =>
        row.map((each) => (each?.is === 'text' && each.text === 'Due' ? text('By when') : each)),
      ),
    }));
    expect(readBook({ sheets: renamed }, 'x.xlsx').problems).toEqual([
      { at: 'Actions', problem: 'the column “Due” is not there any more, so that nothing of it was read' },
    ]);
  });

  test('of a workbook from elsewhere, or whose hidden sheet was changed, nothing is read', () => {
    const visible = { sheets: out.sheets.filter(({ name }) => name !== HIDDEN) };
    expect(() => readBook(visible, 'x.xlsx')).toThrow(/not made here, or whose hidden sheet is gone/);
    const touched = out.sheets.map((sheet) =>
      sheet.name === HIDDEN
        ? {
            ...sheet,
            rows: sheet.rows.map((row, at) =>
              at === 2 ? [text(`${row[0]?.is === 'text' ? row[0].text.replace('a1', 'a9') : ''}`)] : row,
            ),
          }
        : sheet,
    );
    expect(() => readBook({ sheets: touched }, 'x.xlsx')).toThrow(/hidden sheet that was changed/);
  });
});

describe('where others have changed the plan since', () => {
  const put = (item: object): Edit => ({ kind: 'put', what: 'action', item }) as Edit;
  const a1 = inspection.actions[0] ?? action('a1');
  const present = { ...inspection, ...planWith(inspection, [put({ ...a1, due: '2016-08-31', title: 'Theirs' })]) };
  const book = read(['action', 0, 'Due', date('2016-07-29')], ['action', 0, 'What shows', text('Shares')]);

  test('what both have changed stays as they have it, until it is said', () => {
    const over = onPlan(
      book,
      present,
      () => true,
      () => undefined,
    );
    expect(over.clashes).toMatchObject([{ name: 'action/a1/due', yours: '2016-07-29', theirs: '2016-08-31' }]);
    expect(changesOf(present, over.edits)).toMatchObject([{ field: 'measure', to: 'Shares' }]);
    const mine = onPlan(
      book,
      present,
      () => true,
      () => 'yours',
    );
    expect(changesOf(present, mine.edits).map(({ kind, ...each }) => [kind, 'field' in each && each.field])).toEqual([
      ['change', 'due'],
      ['change', 'measure'],
    ]);
  });

  test('of several lines some may be chosen', () => {
    const two = read(['action', 0, 'Action', text('One')], ['action', 2, 'Action', text('Three')]);
    const { edits } = onPlan(
      two,
      inspection,
      (name) => name === 'action/a3',
      () => undefined,
    );
    expect(changesOf(inspection, edits)).toMatchObject([{ id: 'a3', to: 'Three' }]);
  });

  test('what they have withdrawn falls away, and is told', () => {
    const gone = { ...inspection, ...planWith(inspection, [{ kind: 'withdraw', what: 'action', id: 'a1' }]) };
    expect(
      onPlan(
        book,
        gone,
        () => true,
        () => undefined,
      ),
    ).toMatchObject({ edits: [], lost: [{ id: 'a1' }] });
  });
});

describe('progress and values', () => {
  const book = read(
    ['action', 0, 'Rating', text('amber')],
    ['action', 0, 'Per cent', { is: 'number', value: 0.4, percent: true }],
    ['action', 0, 'Expected', date('2016-07-15')],
    ['action', 1, 'New report', text('Two lines.\nOf it.')],
    ['measure', 0, 'New value', text('61.5%')],
    ['measure', 0, 'Of the day', date('2016-02-20')],
  );

  test('come back as reports by the person', () => {
    expect([book.problems, book.edits]).toEqual([[], []]);
    expect(book.reports.map(({ name, payload }) => ({ name, ...payload }))).toMatchObject([
      {
        name: 'progress/a1',
        milestone: 'improvement-actions/a1',
        rating: 'amber',
        percent: 40,
        forecast: '2016-07-15',
      },
      { name: 'progress/a2', text: 'Two lines.\nOf it.' },
      { name: 'value/visits', value: 61.5, on: '2016-02-20' },
    ]);
  });

  test('each is asked of its command: whoever may not give it is told so', () => {
    const now = { state: told.state, now: NOW };
    const refused = (role: string) => [...refusedReports(book.reports, now, () => ({ id: 'x', role })).keys()];
    expect(refused('director')).toEqual([]);
    expect(refused('team-manager')).toEqual(['progress/a2']);
    expect(refused('scrutiny-chair')).toEqual(['progress/a1', 'progress/a2', 'value/visits']);
  });

  test('what others have reported since is told, and what stands so already is no report', () => {
    const later = story();
    const by = { id: 'x', role: 'team-manager' };
    later.command({ name: 'progress', payload: { milestone: 'improvement-actions/a1', rating: 'red' } }, by);
    const view = viewOf(later.state, NOW);
    expect(reportsOn(book, view).map(({ report, overtaken }) => [report.name, overtaken])).toEqual([
      ['progress/a1', true],
      ['progress/a2', false],
      ['value/visits', false],
    ]);
    const same = { milestone: 'improvement-actions/a1', rating: 'amber', percent: 40, forecast: '2016-07-15' };
    later.command({ name: 'progress', payload: same }, by);
    later.command({ name: 'recordMeasure', payload: { measure: 'visits', value: 61.5, on: '2016-02-20' } }, by);
    expect(reportsOn(book, viewOf(later.state, NOW)).map(({ report }) => report.name)).toEqual(['progress/a2']);
  });
});

test('a workbook that LibreOffice has opened and saved says nothing that nobody typed', async () => {
  const file = readFileSync(new URL('../../files/workbooks/plan-by-libreoffice.xlsx', import.meta.url));
  const book = readBook(await readWorkbook(file, 'plan.xlsx'), 'plan.xlsx');
  expect(book).toMatchObject({ edits: [], reports: [], problems: [], notes: [] });
  expect(book.sent.plan.actions).toHaveLength(16);
});
