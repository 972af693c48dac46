import { freshId, nameOfNumber } from '../../domain/revisions/fresh-id.ts';
import { itemsById, type PlanItem, planItems, type PlanPart } from '../../domain/revisions/plan-items.ts';
import type { SheetKind } from './sheet-kind.ts';
import { cellAddress, type CellContent, type ReadSheet } from '../workbook/cells.ts';
import type { CellProblem } from './book-read.ts';
import { type BookSheet, type Column, headOf, REF, WITHDRAW, YES } from './columns.ts';
import { wordsIn } from './read-cell.ts';
import type { Sent } from './sent.ts';
import { BOOK_SHEETS } from './sheets.ts';

/** One row of a sheet of the plan. */
export interface BookRow {
  what: SheetKind;
  id: string;
  /** As it went out; undefined for what was added. */
  before: PlanItem | undefined;
  /** Where its name stands. */
  at: string;
  /** What stands under each column that is there, and where. */
  cells: { column: Column<PlanItem>; content: CellContent | undefined; at: string }[];
  withdraw: { content: CellContent | undefined; at: string };
}

export interface BookRows {
  rows: BookRow[];
  problems: CellProblem[];
  /** What a reader should know of what was not read: a sentence each. */
  notes: string[];
}

/** Above the heads may stand so many rows that somebody has put in. */
const MAX_ABOVE = 10;

/** A sheet of the plan in rows, each with the name that it has, or gets. */
export function rowsOf(what: SheetKind, sheet: ReadSheet, sent: Sent): BookRows {
  const { name, columns } = BOOK_SHEETS[what] as BookSheet<PlanItem>;
  const heads = headsIn(sheet);
  if (heads === undefined) return { rows: [], problems: [headGone(name, REF.head)], notes: [] };
  const places = columns.flatMap((column) => {
    const at = heads.at.get(key(headOf(column, sent)));
    return at === undefined ? [] : [{ column, at }];
  });
  const missing = columns.filter((column) => column.of !== 'shown' && !places.some((each) => each.column === column));
  const [ref, withdraw] = [heads.at.get(key(REF.head)) ?? 0, heads.at.get(key(WITHDRAW.head))];
  const before = itemsById(planOf(sent), what);
  const taken = new Set(before.keys());
  const found: BookRows = {
    ...{ rows: [], notes: [] },
    problems: missing.map((column) => headGone(name, headOf(column, sent))),
  };
  const seen = new Map<string, string>();
  const place = (row: number, column: number) => cellAddress(sheet.name, row, column);
  sheet.rows.forEach((row, index) => {
    if (index <= heads.row) return;
    const cells = places.map(({ column, at }) => ({ column, content: row[at], at: place(index, at) }));
    const written = row[ref] === undefined ? '' : wordsIn(row[ref]);
    if (written === '' && cells.every(({ column, content }) => column.of === 'shown' || content === undefined)) return;
    const at = place(index, ref);
    const id = before.has(written.toLowerCase()) ? written.toLowerCase() : newName(what, written, cells, taken);
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      found.problems.push({ at, problem: `“${id}” stands in ${earlier} as well: each may be there once` });
      return;
    }
    seen.set(id, at);
    taken.add(id);
    const out = withdraw === undefined ? undefined : row[withdraw];
    found.rows.push({
      ...{ what, id, before: before.get(id), at, cells },
      withdraw: { content: out, at: place(index, withdraw ?? ref) },
    });
  });
  const gone = [...before.keys()].filter((id) => !seen.has(id));
  if (gone.length > 0) found.notes.push(goneInWords(name, gone));
  return found;
}

const MAX_NAMED = 5;
const goneInWords = (sheet: string, gone: readonly string[]): string =>
  `${gone.length === 1 ? 'A row that went out is' : `${gone.length} rows that went out are`} not in the sheet ${sheet} any more (${gone.slice(0, MAX_NAMED).join(', ')}${gone.length > MAX_NAMED ? ', …' : ''}). That changes nothing: to take something out, write “${YES}” under “${WITHDRAW.head}”.`;

/** What was added has the name that somebody gave it, or one made of its title. */
function newName(what: SheetKind, written: string, cells: BookRow['cells'], taken: ReadonlySet<string>): string {
  const named = nameOfNumber(written);
  if (named !== '') return named;
  const title = cells.find(({ column }) => column.of === 'plan' && TITLES.has(column.field))?.content;
  return freshId(title === undefined ? planItems(what).title : wordsIn(title), taken);
}

const TITLES: ReadonlySet<string> = new Set(['title', 'text']);

/** A column that is gone: what somebody may have written in it would be passed over. */
const headGone = (sheet: string, head: string): CellProblem => ({
  at: sheet,
  problem: `the column “${head}” is not there any more, so that nothing of it was read`,
});

/** The plan that went out. */
export const planOf = ({ plan }: Sent): PlanPart => ({ ...plan, owners: {}, commitments: [] });

const key = (head: string): string => head.replaceAll(/\s+/g, ' ').trim().toLowerCase();

/** The row of the heads, and which column each of them is. */
function headsIn({ rows }: ReadSheet): { row: number; at: ReadonlyMap<string, number> } | undefined {
  const row = rows
    .slice(0, MAX_ABOVE)
    .findIndex((each) => each.some((content) => content?.is === 'text' && key(content.text) === key(REF.head)));
  if (row === -1) return undefined;
  const at = new Map<string, number>();
  rows[row]?.forEach((content, column) => {
    if (content?.is === 'text' && !at.has(key(content.text))) at.set(key(content.text), column);
  });
  return { row, at };
}
