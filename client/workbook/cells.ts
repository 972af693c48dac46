import type { CivilDate } from '../../domain/calendar/civil-date.ts';

/** What stands in a cell; undefined where nothing does. */
export type CellContent =
  | { is: 'text'; text: string }
  /** `percent`: it is shown as a percentage, 0.45 as 45%. */
  | { is: 'number'; value: number; percent: boolean }
  | { is: 'date'; date: CivilDate }
  | { is: 'truth'; value: boolean }
  /** An error such as #REF!, or a formula of which the file has no result. */
  | { is: 'unusable'; why: string };

/** Cells that are shown as one, from the first to the last; rows and columns are counted from 0, both ends count. */
export interface MergedCells {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** A sheet of a workbook: its rows from the first on, each with its cells from column A on. */
export interface ReadSheet {
  name: string;
  hidden: boolean;
  merges: readonly MergedCells[];
  /** Rows that are not shown, counted from 0. */
  hiddenRows: readonly number[];
  rows: readonly (readonly (CellContent | undefined)[])[];
}

/** A workbook, read: what stands in its cells, and nothing of how it looks. */
export interface ReadWorkbook {
  sheets: readonly ReadSheet[];
}

/**
 * Where a cell is, as a spreadsheet says it; rows and columns are counted from 0.
 *
 * @example cellAddress('Actions', 13, 5) // 'Actions!F14'
 */
export function cellAddress(sheet: string, row: number, column: number): string {
  const name = /^\w+$/.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`;
  return `${name}!${columnLetters(column)}${row + 1}`;
}

/** @example columnLetters(27) // 'AB' */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1)
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
}
