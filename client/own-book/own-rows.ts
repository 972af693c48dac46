import { someOf } from '../../domain/some-of.ts';
import { wordsIn } from '../plan-book/read-cell.ts';
import { cellAddress, type CellContent } from '../workbook/cells.ts';
import type { OwnTable } from './find-table.ts';
import { OWN_FIELDS, type OwnField, plainWords } from './own-fields.ts';

/** What stands in a field of a row, and where. */
export interface OwnCell {
  content: CellContent;
  at: string;
}

/** An action as a row of somebody's own table has it. */
export interface OwnRow {
  /** Where its action stands. */
  at: string;
  cells: ReadonlyMap<OwnField, OwnCell>;
}

export interface OwnRows {
  rows: OwnRow[];
  /** What a reader should know of what was not read, or was read though it is not seen: a sentence each. */
  notes: string[];
}

/**
 * The rows of a table: cells that are merged downwards count for each of their rows, blank rows and repeated heads are passed over,
 * and a row that holds nothing but one text, over columns that are merged, is the theme of the rows below.
 */
export function rowsIn({ sheet, from, heads, columns }: OwnTable): OwnRows {
  const found: OwnRows = { rows: [], notes: [] };
  const [without, unseen]: [string[], string[]] = [[], []];
  const hidden = new Set(sheet.hiddenRows);
  const above = mergedInto(
    sheet,
    new Set([...columns].flatMap(([field, column]) => (SPREADS.has(field) ? [column] : []))),
  );
  const actionAt = columns.get('action') ?? 0;
  let theme: OwnCell | undefined;
  for (let row = from; row < sheet.rows.length; row++) {
    const contents = sheet.rows[row] ?? [];
    const filled = contents.flatMap((content, column) => (content === undefined ? [] : [{ content, column }]));
    const [first] = filled;
    if (first === undefined) continue;
    const place = (column: number) => cellAddress(sheet.name, row, column);
    const section = sectionIn(sheet, row, filled, actionAt);
    if (section !== undefined) {
      theme = { content: section.content, at: place(section.column) };
      continue;
    }
    const cells = new Map<OwnField, OwnCell>();
    for (const [field, column] of columns) {
      const content = contents[column] ?? above.get(`${row},${column}`);
      if (content !== undefined) cells.set(field, { content, at: place(column) });
    }
    const action = cells.get('action');
    if (action === undefined) {
      if ([...cells.keys()].some((field) => !SPREADS.has(field))) without.push(place(first.column));
      continue;
    }
    if (plainWords(wordsIn(action.content)) === plainWords(heads[actionAt] ?? '')) continue;
    if (theme !== undefined && !columns.has('theme')) cells.set('theme', theme);
    if (hidden.has(row)) unseen.push(String(row + 1));
    found.rows.push({ at: action.at, cells });
  }
  if (without.length > 0)
    found.notes.push(
      `${counted(without.length, 'row')} under “${heads[actionAt] ?? ''}” without an action: not read (${someOf(without, MAX_NAMED)}).`,
    );
  if (unseen.length > 0)
    found.notes.push(
      `${counted(unseen.length, 'row')} that the workbook hides: read as well (${someOf(unseen, MAX_NAMED)}).`,
    );
  return found;
}

/** What may be said once for several actions. */
const SPREADS: ReadonlySet<OwnField> = new Set(['theme', 'recommendation', 'owner', 'due', 'revised', 'measure']);

const MAX_NAMED = 8;
const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** What each cell of some columns says that is merged with one above it. */
function mergedInto(
  { rows, merges }: OwnTable['sheet'],
  columns: ReadonlySet<number>,
): ReadonlyMap<string, CellContent> {
  const found = new Map<string, CellContent>();
  for (const { top, left, bottom } of merges) {
    const content = columns.has(left) ? rows[top]?.[left] : undefined;
    if (content === undefined) continue;
    // Cells to the end of the sheet may be merged: those that have rows are enough. No cell is merged twice.
    const last = Math.min(bottom, rows.length - 1);
    for (let row = top + 1; row <= last && !found.has(`${row},${left}`); row++) found.set(`${row},${left}`, content);
  }
  return found;
}

/** One text alone, over several columns or where no action stands. */
function sectionIn(
  { merges }: OwnTable['sheet'],
  row: number,
  filled: readonly { content: CellContent; column: number }[],
  actionAt: number,
): { content: CellContent; column: number } | undefined {
  const [only, ...others] = filled;
  if (only?.content.is !== 'text' || others.length > 0) return undefined;
  const isWide = merges.some(({ top, left, right }) => top === row && left === only.column && right > left);
  const isWords = /\p{L}{3}/u.test(only.content.text);
  return isWords && (isWide || (only.column !== actionAt && only.column === 0)) ? only : undefined;
}

/** What was taken as what, and what was not taken: a sentence each. */
export function columnsInWords({ sheet, heads, columns, from }: OwnTable): string[] {
  const taken = [...columns].toSorted(([, a], [, b]) => a - b);
  const used = new Set(columns.values());
  const others = heads.filter((head, column) => head !== '' && !used.has(column));
  return [
    `The sheet “${sheet.name}”, below row ${from}: ${taken.map(([field, column]) => `“${heads[column] ?? ''}” is ${OWN_FIELDS[field].label}`).join(', ')}.`,
    ...(others.length === 0 ? [] : [`Not taken: ${others.map((head) => `“${head}”`).join(', ')}.`]),
  ];
}
