import { type Cell, type CellStyle, colToLetter, type DataValidation, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { namesOf } from '../../domain/closed-table.ts';
import { type PlanItem, planItems } from '../../domain/revisions/plan-items.ts';
import type { SheetKind } from './sheet-kind.ts';
import { cellOf, literal, printed } from './cell-of.ts';
import { type BookSheet, type Column, headOf, type Kind, type Out, REF, WITHDRAW, YES } from './columns.ts';
import { guideSheet } from './guide.ts';
import { HIDDEN, hiddenCells } from './hidden.ts';
import { type ListName, listRange, listsSheet } from './lists.ts';
import * as looks from './looks.ts';
import { COLOURS, ratingText } from './ratings.ts';
import { BOOK_SHEETS } from './sheets.ts';
import type { BookSource } from './source.ts';
import { decisionsSheet, peopleSheet } from './shown-sheets.ts';

/** A plan as a workbook: the bytes of an .xlsx file. */
export async function writeBook(source: BookSource): Promise<Uint8Array> {
  const plan = namesOf(BOOK_SHEETS).map((what) => planSheet(what, source));
  const hidden: WriteSheet = {
    name: HIDDEN,
    hidden: true,
    rows: hiddenCells(source.sent).map((each) => [literal(each)]),
  };
  return writeXlsx({
    sheets: [
      guideSheet(source),
      ...plan,
      decisionsSheet(source),
      peopleSheet(source),
      listsSheet(source),
      { ...hidden, protection: looks.PROTECTION },
    ],
    properties: { title: `${source.shown.title}: the plan`, creator: 'duecourse' },
    defaultFont: { name: 'Arial', size: 11 },
  });
}

/** How each kind of cell is written, and from which list it is chosen. */
const KINDS: Record<Kind, { format: string; list?: ListName }> = {
  line: { format: looks.TEXT_FORMAT },
  words: { format: looks.TEXT_FORMAT },
  date: { format: looks.DATE_FORMAT },
  percent: { format: '0' },
  amount: { format: 'General' },
  owner: { format: looks.TEXT_FORMAT, list: 'people' },
  officer: { format: looks.TEXT_FORMAT, list: 'people' },
  people: { format: looks.TEXT_FORMAT },
  theme: { format: looks.TEXT_FORMAT, list: 'themes' },
  themes: { format: looks.TEXT_FORMAT },
  recommendations: { format: looks.TEXT_FORMAT },
  actions: { format: looks.TEXT_FORMAT },
  rating: { format: looks.TEXT_FORMAT, list: 'ratings' },
  direction: { format: looks.TEXT_FORMAT, list: 'directions' },
};

const styles = new Map<string, CellStyle>();

/** One object for each look: the file says it once. */
function styleOf({ of, kind }: Pick<Column<unknown>, 'of' | 'kind'>): CellStyle {
  const key = `${of === 'shown'} ${kind}`;
  const made = styles.get(key) ?? looks.formatted(of === 'shown' ? looks.LOCKED : looks.OPEN, KINDS[kind].format);
  styles.set(key, made);
  return made;
}

const REF_LOCKED = looks.formatted(looks.LOCKED, looks.TEXT_FORMAT);
const TEXT_OPEN = looks.formatted(looks.OPEN, looks.TEXT_FORMAT);

function planSheet(what: SheetKind, source: BookSource): WriteSheet {
  const { sent, shown } = source;
  const { name, columns, spare, printed: onPaper = columns.length } = BOOK_SHEETS[what] as BookSheet<PlanItem>;
  const items = planItems(what).itemsIn({ ...sent.plan, owners: {}, commitments: [] });
  const { idOf } = planItems(what);
  const heads = [REF, ...columns, WITHDRAW];
  const cells = new Map<string, Partial<Cell>>();
  const put = (row: number, column: number, value: Out, style: CellStyle, note?: string) =>
    cells.set(`${row},${column}`, {
      ...cellOf(value),
      style,
      ...(note === undefined ? {} : { comment: { author: 'duecourse', text: note } }),
    });
  heads.forEach((each, at) => put(0, at, headOf(each, sent), looks.HEAD));
  const heights = [looks.heightOf(heads.map((each) => ({ text: headOf(each, sent), width: each.width - 1 })))];
  items.forEach((item, index) => {
    put(index + 1, 0, idOf(item), REF_LOCKED);
    const texts = [{ text: idOf(item), width: REF.width }];
    columns.forEach((column, at) => {
      const value = column.of === 'shown' ? column.out(item, shown) : column.out(item, sent);
      if (typeof value === 'string') texts.push({ text: value, width: column.width });
      put(index + 1, at + 1, value, styleOf(column), column.of === 'plan' ? column.note?.(item, shown) : undefined);
    });
    put(index + 1, columns.length + 1, undefined, TEXT_OPEN);
    heights.push(looks.heightOf(texts));
  });
  const last = items.length + spare;
  for (let row = items.length + 1; row <= last; row++) {
    put(row, 0, undefined, TEXT_OPEN);
    columns.forEach((column, at) => put(row, at + 1, undefined, styleOf(column)));
    put(row, columns.length + 1, undefined, TEXT_OPEN);
  }
  const range = (at: number) => `${colToLetter(at)}2:${colToLetter(at)}${last + 1}`;
  return {
    name,
    columns: heads.map(({ width }) => ({ width })),
    rows: Array.from({ length: last + 1 }, () => Array.from({ length: heads.length }, () => null)),
    cells,
    rowDefs: new Map(heights.map((height, row) => [row, { height }])),
    freezePane: { rows: 1, columns: 1 },
    autoFilter: { range: `A1:${colToLetter(heads.length - 1)}${last + 1}` },
    protection: looks.PROTECTION,
    pageSetup: {
      ...looks.pageSetup(true),
      // What is left free below is not printed, nor what is there to be filled in.
      printArea: `$A$1:$${colToLetter(onPaper)}$${Math.max(2, items.length + 1)}`,
    },
    headerFooter: { oddHeader: headerOf(source, name), oddFooter: '&RPage &P of &N' },
    dataValidations: [
      ...columns.flatMap((column, at) => validationsOf(column, range(at + 1), source)),
      { ...choose(range(columns.length + 1), `"${YES}"`), errorStyle: 'stop' },
    ],
    conditionalRules: columns.flatMap((column, at) =>
      column.of === 'report' && column.kind === 'rating' ? ratingRules(source, colToLetter(at + 1), range(at + 1)) : [],
    ),
  };
}

const headerOf = ({ shown, sent }: BookSource, name: string): string =>
  `&L${printed(`${shown.title}: ${name}`)}&RRevision ${sent.revision}`;

const choose = (range: string, formula1: string): DataValidation => ({
  ...{ type: 'list', range, formula1, allowBlank: true, showErrorMessage: true, errorStyle: 'warning' },
  ...{ errorTitle: 'Not in the list', errorMessage: 'Choose one of the list, see the sheet Lists.' },
});

function validationsOf(column: Column<PlanItem>, range: string, source: BookSource): DataValidation[] {
  if (column.of === 'shown') return [];
  const { list } = KINDS[column.kind];
  if (list !== undefined) return [choose(range, listRange(list, source))];
  if (column.kind === 'percent')
    return [
      {
        ...{ type: 'whole', operator: 'between', formula1: '0', formula2: '100', range, allowBlank: true },
        ...{ showErrorMessage: true, errorTitle: 'Per cent', errorMessage: 'A whole number from 0 to 100.' },
      },
    ];
  if (column.kind === 'date')
    return [
      {
        ...{ type: 'date', operator: 'between', formula1: '1', formula2: '109575', range, allowBlank: true },
        ...{ showErrorMessage: true, errorStyle: 'warning' },
        ...{ errorTitle: 'A date', errorMessage: 'Type it as day/month/year, the year with four digits.' },
      },
    ];
  return [];
}

/** The colour follows the words, also after somebody has chosen another rating. */
const ratingRules = ({ shown }: BookSource, letter: string, range: string) =>
  shown.ratings.map((rating, index) => ({
    ...{ type: 'expression' as const, priority: index + 1, range },
    formula: `$${letter}2="${ratingText(rating).replaceAll('"', '""')}"`,
    style: looks.coloured(COLOURS[rating.colour]),
  }));
