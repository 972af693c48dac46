import type { CellContent, MergedCells, ReadSheet } from '../workbook/cells.ts';
import { wordsIn } from '../plan-book/read-cell.ts';
import { likeness, OWN_FIELD_NAMES, type OwnField, plainWords } from './own-fields.ts';

/** Above the heads may stand so many rows: a title, who owns the plan, what its colours mean. */
const MAX_ABOVE = 40;

/** Is one of the ways in which the head of a column is said this one? */
export const isCalled = (names: readonly string[], head: string): boolean =>
  names.some((each) => plainWords(each) === plainWords(head));

/** Which columns somebody has chosen, each by its head; null for one that is not to be taken. */
export type ChosenColumns = Partial<Record<OwnField, string | null>>;

/** A table with a row of heads, in a sheet that somebody made. */
export interface OwnTable {
  sheet: ReadSheet;
  /** The first row below the heads, counted from 0. */
  from: number;
  /** What stands above each column; '' where nothing does. */
  heads: readonly string[];
  /** The column of each field that is taken. */
  columns: ReadonlyMap<OwnField, number>;
}

/** The head of a column may be said in several ways where it has two rows. */
type Heads = readonly (readonly string[])[];

/**
 * The table of actions in a workbook: of all sheets that are shown the rows of heads that say most of a plan.
 *
 * @param name of the sheet, where somebody has said which
 * @returns undefined where no row has a column of actions and one of something else
 */
export function tableOfActions(
  sheets: readonly ReadSheet[],
  chosen: ChosenColumns,
  name?: string,
): OwnTable | undefined {
  const tables = sheets
    .filter((each) => (name === undefined ? !each.hidden : plainWords(each.name) === plainWords(name)))
    .flatMap((sheet) => headRows(sheet).map((heads) => tableAt(sheet, heads, chosen)));
  return tables.reduce<OwnTable | undefined>((best, each) => {
    if (!each.columns.has('action') || each.columns.size < 2) return best;
    return best === undefined || each.columns.size > best.columns.size ? each : best;
  }, undefined);
}

function tableAt(sheet: ReadSheet, { from, heads }: HeadRows, chosen: ChosenColumns): OwnTable {
  return { sheet, from, heads: heads.map((names) => names.at(-1) ?? ''), columns: columnsOf(heads, chosen) };
}

interface HeadRows {
  from: number;
  heads: Heads;
}

/** Every row that may be one of heads, by itself, and with the one above it where cells are merged over both or in that. */
function headRows({ rows, merges }: ReadSheet): HeadRows[] {
  return rows.slice(0, MAX_ABOVE).flatMap((row, at): HeadRows[] => {
    const single = row.map((content) => (content === undefined ? [] : [wordsIn(content)]));
    const above = at === 0 ? undefined : rows[at - 1];
    const isPair = above !== undefined && merges.some((each) => isOverTwo(each, at - 1));
    if (!isPair) return [{ from: at + 1, heads: single }];
    const width = Math.max(row.length, above.length);
    const top = spread(above, merges, { at: at - 1, width });
    const both = Array.from({ length: width }, (_, column) => {
      const [upper = '', lower = ''] = [top[column], single[column]?.[0]];
      return lower === '' ? [upper] : upper === '' ? [lower] : [lower, `${upper} ${lower}`];
    });
    return [
      { from: at + 1, heads: single },
      { from: at + 1, heads: both },
    ];
  });
}

const isOverTwo = ({ top, bottom, left, right }: MergedCells, row: number): boolean =>
  top === row && (right > left || bottom > top);

/** A row in which each merged cell says the same in all its columns; what is beside the table is not looked at. */
function spread(
  row: readonly (CellContent | undefined)[],
  merges: readonly MergedCells[],
  { at, width }: { at: number; width: number },
): string[] {
  const words = Array.from({ length: width }, (_, column) => {
    const content = row[column];
    return content === undefined ? '' : wordsIn(content);
  });
  for (const { top, left, right } of merges)
    if (top === at && right > left && left < width) words.fill(words[left] ?? '', left, Math.min(right + 1, width));
  return words;
}

/** Which column is which: what somebody has chosen first, then the likeliest pairs, each column and field once. */
function columnsOf(heads: Heads, chosen: ChosenColumns): ReadonlyMap<OwnField, number> {
  const found = new Map<OwnField, number>();
  const used = new Set<number>();
  const take = (field: OwnField, column: number): void => {
    found.set(field, column);
    used.add(column);
  };
  for (const field of OWN_FIELD_NAMES) {
    const { [field]: head } = chosen;
    const column = head === undefined || head === null ? -1 : heads.findIndex((names) => isCalled(names, head));
    if (column !== -1) take(field, column);
  }
  // A head that is not there says nothing of this table.
  const free = OWN_FIELD_NAMES.filter((field) => chosen[field] !== null && !found.has(field));
  const pairs = free.flatMap((field) =>
    heads.map((names, column) => ({ field, column, like: Math.max(0, ...names.map((each) => likeness(each, field))) })),
  );
  for (const { field, column, like } of pairs.toSorted((a, b) => b.like - a.like))
    if (like > 0 && !found.has(field) && !used.has(column)) take(field, column);
  return found;
}
