import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownDate } from '../../../client/own-book/own-date.ts';
import { OWN_FIELD_NAMES, OWN_FIELDS, type OwnField } from '../../../client/own-book/own-fields.ts';
import { ownPeople } from '../../../client/own-book/own-people.ts';
import { readOwnBook } from '../../../client/own-book/read-own-book.ts';
import { readCsv } from '../../../client/workbook/read-csv.ts';
import type { CellContent, ReadSheet } from '../../../client/workbook/cells.ts';
import { example } from '../../support/example.ts';
import { sourceOfStart } from '../../support/plan-book.ts';

const SOURCE = sourceOfStart(example('every-key/inspection'), '2027-01-04T12:00:00.000Z');
const text = (words: string): CellContent => ({ is: 'text', text: words });
const sheetOf = (rows: ReadSheet['rows']): ReadSheet => ({
  name: 'Plan',
  hidden: false,
  merges: [],
  hiddenRows: [],
  rows,
});
const read = (rows: ReadSheet['rows']) =>
  readOwnBook({ sheets: [sheetOf(rows)] }, 'plan.xlsx', SOURCE, { columns: {}, people: {} });

/** A day as people write it. */
const WRITTEN: readonly ((day: number, month: number) => string)[] = [
  (day, month) => `${day}/${month}/2027`,
  (day, month) => `${day}.${month}.27`,
  (day, month) => `2027-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  (day, month) =>
    `${day} ${new Date(Date.UTC(2027, month - 1)).toLocaleString('en-GB', { month: 'long', timeZone: 'UTC' })} 2027`,
];

test('whatever its columns are called, wherever they stand, and whatever is between its rows: every action comes back', () => {
  const optional = OWN_FIELD_NAMES.filter(
    (field) => !['action', 'owner', 'due'].includes(field) && TYPED[field] !== undefined,
  );
  const columns = fc
    .subarray(optional)
    .chain((more) => fc.shuffledSubarray<OwnField>(['action', 'owner', 'due', ...more], { minLength: more.length + 3 }))
    .chain((fields) =>
      fc.tuple(...fields.map((field) => fc.constantFrom(...OWN_FIELDS[field].heads).map((head) => ({ field, head })))),
    );
  const row = fc.record({
    owner: fc.constantFrom(...SOURCE.sent.people),
    day: fc.integer({ min: 1, max: 28 }),
    month: fc.integer({ min: 1, max: 12 }),
    written: fc.constantFrom(...WRITTEN),
    blank: fc.boolean(),
  });
  fc.assert(
    fc.property(
      columns,
      fc.array(row, { minLength: 1, maxLength: 6 }),
      fc.nat({ max: 4 }),
      fc.boolean(),
      (heads, rows, above, isLoud) => {
        const cells = rows.flatMap(({ owner, day, month, written, blank }, n) => {
          const said: Partial<Record<OwnField, string>> = {
            ...TYPED,
            action: `Do the work of number ${n}`,
            owner: owner.title,
            due: written(day, month),
            ref: `X${n}`,
          };
          return [heads.map(({ field }) => text(said[field] ?? '')), ...(blank ? [[]] : [])];
        });
        const found = read([
          ...Array.from({ length: above }, (_, n) => [text(`A line above, ${n}`)]),
          heads.map(({ head }) => text(isLoud ? head.toUpperCase() : ` ${head}: `)),
          ...cells,
        ]);
        expect(found.problems).toEqual([]);
        const actions = found.edits.flatMap(({ edit }) =>
          edit.kind === 'put' && edit.what === 'action' ? [edit.item] : [],
        );
        expect(actions.map(({ title, owner, due }) => [title, owner, due])).toEqual(
          rows.map(({ owner, day, month }, n) => [
            `Do the work of number ${n}`,
            owner.id,
            `2027-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
          ]),
        );
      },
    ),
  );
});

/** What stands in each other column. */
const TYPED: Partial<Record<OwnField, string>> = {
  ref: 'X',
  theme: 'Practice that is new',
  recommendation: '1',
  measure: 'Every case',
  progress: 'Drafted',
};

describe('a day as somebody wrote it', () => {
  test.each([
    ['26/03/2027', '2027-03-26'],
    ['31.3.27', '2027-03-31'],
    ['31-3-27', '2027-03-31'],
    ['1 Sept 2027', '2027-09-01'],
    ['Mar 2027', '2027-03-31'],
    ['march 2027', '2027-03-31'],
    ['Feb-28', '2028-02-29'],
    ['end of June 2027', '2027-06-30'],
    ['by the end of June 2027', '2027-06-30'],
    ['By April 2027', '2027-04-30'],
    ['46112', '2026-03-31'],
  ])('%s: %s', (written, date) => {
    expect(ownDate(text(written))).toMatchObject({ date });
  });

  test('what is not said in so many words is told; a number by which a spreadsheet counts is one', () => {
    expect(ownDate(text('26/03/2027'))).toEqual({ date: '2027-03-26' });
    expect(ownDate(text('Mar 2027'))).toEqual({
      date: '2027-03-31',
      read: '“Mar 2027” is read as Wednesday 31 March 2027',
    });
    expect(ownDate({ is: 'number', value: 46_112, percent: false })).toMatchObject({ date: '2026-03-31' });
  });

  test.each([
    'Ongoing',
    'TBC',
    'Q4 2026/27',
    'Spring 2027',
    '31/2/2027',
    '31.2.27',
    '12',
    '1e9',
    '13/13/2027',
    'Maybe 2027',
    '',
  ])('%s is none', (written) => {
    expect(ownDate(text(written))).toMatchObject({ wrong: expect.stringContaining('is not a date') as unknown });
  });
});

describe('whom a cell names', () => {
  const people = [
    'Director of Children’s Services',
    'Assistant Director, Children’s Social Care',
    'Head of Early Help',
    'Head of Education',
    'Head of Safeguarding and Quality',
  ].map((title) => ({ id: title.toLowerCase().replaceAll(/[^a-z]+/g, '-'), text: title }));
  const [dcs = '', assistant = '', early = '', education = '', safe = ''] = people.map(({ id }) => id);

  test.each<[string, string[]]>([
    ['head of early  help', [early]],
    ["Director of Children's Services", [dcs]],
    ['DCS', [dcs]],
    ['DCS / Head of Early Help', [dcs, early]],
    ['Assistant Director, Children’s Social Care', [assistant]],
    ['Assistant Director, Children’s Social Care, Head of Education', [assistant, education]],
    ['Head of Safeguarding and Quality and Head of Early Help', [safe, early]],
    ['Head of Early Help\nHead of Education', [early, education]],
    ['Head of Early Help (interim)', [early]],
    ['Interim Head of Early Help', [early]],
    ['Head of Early Help; Head of Early Help', [early]],
  ])('%s', (written, roles) => {
    expect(ownPeople(written, people, {})).toMatchObject({ roles });
  });

  // Whoever is left over could be somebody; and letters of two are nobody's.
  test.each([
    'J. Smith',
    'Head of Early Help, J. Smith',
    'Head of Early Help / J. Smith',
    'HoE',
    'HE',
    'Head',
    '',
    '–',
  ])('“%s” is nobody whom we know', (written) => {
    expect(ownPeople(written, people, {})).toHaveProperty('wrong');
  });

  test('somebody says who it is', () => {
    expect(ownPeople('j smith & DCS', people, { 'J. Smith': early })).toMatchObject({ roles: [early, dcs] });
  });
});

describe('comma-separated values', () => {
  const firstOf = (content: Buffer) =>
    readCsv(content, 'a.csv').sheets[0]?.rows.map((row) => row.map((cell) => (cell?.is === 'text' ? cell.text : null)));

  test.each<[string, Buffer, (string | null)[][]]>([
    [
      'commas',
      Buffer.from('a,b\n"c, d",\n'),
      [
        ['a', 'b'],
        ['c, d', null],
      ],
    ],
    [
      'semicolons after a mark of UTF-8',
      Buffer.from('\u{FEFF}a;b\r\n1;"x\r\ny"'),
      [
        ['a', 'b'],
        ['1', 'x\ny'],
      ],
    ],
    [
      'tabs',
      Buffer.from('a\tb\n1\t2'),
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['Windows', Buffer.from([0x91, 0x61, 0x92, 0x2c, 0x80]), [['‘a’', '€']]],
  ])('%s', (_what, content, rows) => {
    expect(firstOf(content)).toEqual(rows);
  });

  test.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['bytes', Buffer.from([1, 0, 2]), 'no Excel workbook'],
    ['an open quotation mark', Buffer.from('a,"b\n'), 'can’t be told apart'],
    ['too many columns', Buffer.from(','.repeat(400)), 'too many cells'],
    ['too much', Buffer.alloc(9 * 1024 * 1024, 'a'), 'too large'],
  ])('%s: refused', (_what, content, says) => {
    expect(() => readCsv(content, 'a.csv')).toThrow(says);
  });
});
