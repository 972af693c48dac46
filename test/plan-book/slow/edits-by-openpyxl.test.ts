import fc from 'fast-check';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { expect, test } from 'vitest';
import { type BookSheet, headOf, REF, WITHDRAW } from '../../../client/plan-book/columns.ts';
import { textOf } from '../../../client/plan-book/choices.ts';
import { peopleIn, themesIn } from '../../../client/plan-book/names.ts';
import { readBook } from '../../../client/plan-book/read-book.ts';
import { planOf } from '../../../client/plan-book/read-rows.ts';
import { BOOK_SHEETS } from '../../../client/plan-book/sheets.ts';
import type { BookSource } from '../../../client/plan-book/source.ts';
import { writeBook } from '../../../client/plan-book/write-book.ts';
import type { SheetKind } from '../../../client/plan-book/sheet-kind.ts';
import { columnLetters } from '../../../client/workbook/cells.ts';
import { readWorkbook } from '../../../client/workbook/read-workbook.ts';
import { changesOf } from '../../../domain/revisions/changes.ts';
import { type PlanItem, planItems } from '../../../domain/revisions/plan-items.ts';
import { example } from '../../support/example.ts';
import { EDIT_SCRIPT, openpyxl, type TypedCell } from '../../support/edited-book.ts';
import { sourceOfStart } from '../../support/plan-book.ts';

const BOOKS = 40;
const EDITS = 5;

/** One edit of a person's: what they type, and what is to come back. */
interface Made {
  typed: readonly TypedCell[];
  comes: object;
}

/** Where things stand in a workbook, by their sheets' own heads: found by the test, not told by the reader. */
function placesIn(source: BookSource) {
  const itemsOf = (what: SheetKind) => planItems(what).itemsIn(planOf(source.sent));
  const at = (what: SheetKind, row: number, head: string, value: Omit<TypedCell, 'sheet' | 'cell'>): TypedCell => {
    const { name, columns } = BOOK_SHEETS[what] as BookSheet<PlanItem>;
    const heads = [REF.head, ...columns.map((each) => headOf(each, source.sent)), WITHDRAW.head];
    return {
      sheet: name,
      cell: `${columnLetters(heads.findIndex((each) => each.startsWith(head)))}${row + 2}`,
      ...value,
    };
  };
  const id = (what: SheetKind, row: number): string => {
    const item = itemsOf(what)[row];
    return item === undefined ? '' : planItems(what).idOf(item);
  };
  return { itemsOf, at, id, count: (what: SheetKind) => itemsOf(what).length };
}

const date = fc.integer({ min: 1, max: 28 }).map((day) => `2027-03-${String(day).padStart(2, '0')}`);
const words = fc.constantFrom(
  '=SUM(A1)',
  'Put it right',
  '+44 1642',
  '@work',
  'A “quoted” <tag> & more',
  '1.50',
  'Straße ☃',
);

/** What somebody may do to a workbook; of two on one thing the second is left out below. */
function editsFor(source: BookSource): fc.Arbitrary<{ of: string; made: Made }> {
  const { at, id, count } = placesIn(source);
  const { sent } = source;
  const row = (what: SheetKind) => fc.nat({ max: count(what) - 1 });
  /** What is said of an action otherwise than it stands in the workbook. */
  const unlike = (n: number, said: { rating: string; percent: number; forecast: string }): object => {
    const { rating, percent, forecast } = sent.actions[id('action', n)] ?? {};
    const stood = { rating, percent, forecast };
    return Object.fromEntries(
      Object.entries(said).filter(([name, value]) => stood[name as keyof typeof said] !== value),
    );
  };
  const change = (what: SheetKind, n: number, field: string, to: unknown) => ({ what, id: id(what, n), field, to });
  const actions = fc.tuple(
    row('action'),
    date,
    words,
    fc.constantFrom(...sent.people),
    fc.constantFrom(...sent.ratings),
    fc.nat({ max: 100 }),
  );
  return fc.oneof(
    actions.chain(([n, day, text, person, rating, percent]) => {
      const [own, other] = [{ of: `action ${n}` }, { of: `progress ${n}` }];
      const recommendation = sent.plan.recommendations[0]?.id ?? '';
      const theme = sent.plan.themes.at(-1);
      return fc.constantFrom(
        {
          ...own,
          made: { typed: [at('action', n, 'Action', { value: text })], comes: change('action', n, 'title', text) },
        },
        { ...own, made: { typed: [at('action', n, 'Due', { date: day })], comes: change('action', n, 'due', day) } },
        {
          ...own,
          made: {
            typed: [at('action', n, 'Owner', { value: textOf(peopleIn(sent), person.id) })],
            comes: change('action', n, 'owner', person.id),
          },
        },
        {
          ...own,
          made: {
            typed: [
              at('action', n, 'Theme', { value: theme === undefined ? '' : textOf(themesIn(sent.plan), theme.id) }),
            ],
            comes: change('action', n, 'theme', theme?.id),
          },
        },
        {
          ...own,
          made: {
            typed: [at('action', n, 'Answers', { value: recommendation })],
            comes: change('action', n, 'recommendations', [recommendation]),
          },
        },
        {
          ...own,
          made: {
            typed: [at('action', n, 'Withdraw?', { value: 'yes' })],
            comes: { what: 'action', id: id('action', n), gone: true },
          },
        },
        {
          ...other,
          made: {
            typed: [
              at('action', n, 'Rating', { value: rating.text }),
              at('action', n, 'Per cent', { value: percent }),
              at('action', n, 'Expected', { date: day }),
              at('action', n, 'New report', { value: text }),
            ],
            comes: {
              of: `progress/${id('action', n)}`,
              ...unlike(n, { rating: rating.id, percent, forecast: day }),
              text,
            },
          },
        },
      );
    }),
    fc.tuple(row('theme'), words, fc.constantFrom(...sent.people)).chain(([n, text, person]) =>
      fc.constantFrom(
        {
          of: `theme ${n}`,
          made: {
            typed: [at('theme', n, 'Accountable', { value: textOf(peopleIn(sent), person.id) })],
            comes: change('theme', n, 'officer', person.id),
          },
        },
        {
          of: `theme ${n}`,
          made: {
            typed: [at('theme', n, 'Theme', { value: `${text} ${n}` })],
            comes: change('theme', n, 'title', `${text} ${n}`),
          },
        },
      ),
    ),
    fc.tuple(row('recommendation'), words).map(([n, text]) => ({
      of: `recommendation ${n}`,
      made: {
        typed: [at('recommendation', n, 'Recommendation', { value: text })],
        comes: change('recommendation', n, 'text', text),
      },
    })),
    fc.tuple(fc.nat({ max: 9 }), words, date, fc.constantFrom(...sent.people)).map(([n, text, day, person]) => {
      const spare = count('action') + n;
      return {
        of: `new ${n}`,
        made: {
          typed: [
            at('action', spare, 'Ref', { value: `New ${n}` }),
            at('action', spare, 'Action', { value: text }),
            at('action', spare, 'Owner', { value: textOf(peopleIn(sent), person.id) }),
            at('action', spare, 'Due', { date: day }),
          ],
          comes: { what: 'action', id: `new-${n}`, title: text, isNew: true },
        },
      };
    }),
    ...(count('measure') === 0
      ? []
      : [
          fc.tuple(row('measure'), fc.integer({ min: -1000, max: 100_000 }), date).map(([n, value, day]) => ({
            of: `value ${n}`,
            made: {
              typed: [
                at('measure', n, 'New value', { value: value / 4 }),
                at('measure', n, 'Of the day', { date: day }),
              ],
              comes: { of: `value/${id('measure', n)}`, value: value / 4, on: day },
            },
          })),
        ]),
  );
}

/** What came back, as the test has written down what it did. */
function cameBack(read: ReturnType<typeof readBook>): object[] {
  const edits = read.edits.map(({ edit }) => edit);
  return [
    ...changesOf(planOf({ ...read.sent, people: [], ratings: [] }), edits).map((each) => {
      if (each.kind === 'withdraw') return { what: each.what, id: each.id, gone: true };
      if (each.kind === 'add') return { what: each.what, id: each.id, title: each.title, isNew: true };
      return { what: each.what, id: each.id, field: each.field, to: each.to };
    }),
    ...read.reports.map(({ name, payload }) => {
      const {
        milestone: _m,
        measure: _n,
        noChange: _c,
        ...said
      } = { milestone: '', measure: '', noChange: false, ...payload };
      return { of: name, ...said };
    }),
  ];
}

const inOrder = (all: readonly object[]): string[] =>
  all.map((each) => JSON.stringify(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))).toSorted();

test('two hundred edits that openpyxl has made come back as exactly those', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-books-'));
  const process = spawn(openpyxl(), [EDIT_SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const sources = [
      sourceOfStart(example('middlesbrough-2016'), '2016-02-22T12:00:00.000Z'),
      sourceOfStart(example('every-key/inspection'), '2027-01-04T12:00:00.000Z'),
    ];
    const files = await Promise.all(
      sources.map(async (source, at) => {
        const file = join(folder, `${at}.xlsx`);
        writeFileSync(file, await writeBook(source));
        return file;
      }),
    );
    const answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
    let made = 0;
    for (let n = 0; n < BOOKS; n++) {
      const at = n % sources.length;
      const [source, file, to] = [sources[at], files[at], join(folder, 'edited.xlsx')];
      if (source === undefined || file === undefined) throw new Error('no source');
      const [edits = []] = fc.sample(
        fc.uniqueArray(editsFor(source), { minLength: EDITS, maxLength: EDITS, selector: ({ of }) => of }),
        1,
      );
      const typed = edits.flatMap((each) => each.made.typed);
      process.stdin.write(`${JSON.stringify({ file, to, cells: typed })}\n`);
      await answers.next();
      const read = readBook(await readWorkbook(readFileSync(to), 'edited.xlsx'), 'edited.xlsx');
      const before = new Set(inOrder(unchanged(source)));
      const expected = inOrder(edits.map((each) => each.made.comes)).filter((each) => !before.has(each));
      expect(
        { problems: read.problems, notes: read.notes, came: inOrder(cameBack(read)) },
        JSON.stringify(typed),
      ).toEqual({
        ...{ problems: [], notes: [], came: expected },
      });
      made += edits.length;
    }
    expect(made).toBe(BOOKS * EDITS);
  } finally {
    process.stdin.end();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** What stands in the workbook already, as an edit would say it: typed again, it is none. */
function unchanged({ sent }: BookSource): object[] {
  return (['action', 'theme', 'recommendation'] as const).flatMap((what) =>
    planItems(what)
      .itemsIn(planOf(sent))
      .flatMap((item) =>
        Object.entries(item).map(([field, to]) => ({ what, id: planItems(what).idOf(item), field, to: to as unknown })),
      ),
  );
}
