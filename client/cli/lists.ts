import { stringify } from 'csv-stringify/sync';
import { type Command, Option } from 'commander';
import { print, type PrintOptions, table } from './terminal.ts';

/** One column of a list: on the screen, and as a spreadsheet has it. */
export interface Column<Row> {
  head: string;
  /** Plain: what a spreadsheet can sort and count. Dates as YYYY-MM-DD. */
  value: (row: Row) => string | number;
  /** As the screen shows it; by default the value as it is. */
  cell?: (row: Row) => string;
  /** Only for a spreadsheet. */
  csvOnly?: boolean;
}

const FORMATS = ['table', 'csv', 'json'] as const;

export interface ListOptions extends PrintOptions {
  format: (typeof FORMATS)[number];
}

/** What every command that prints a list takes. */
export const withListOptions = (command: Command): Command =>
  command
    .addOption(new Option('--format <format>', 'how it is printed').choices(FORMATS).default('table'))
    .option('--json', 'the same as --format json');

/**
 * Prints a list.
 *
 * @param wrap the head of the column that gives way where the screen is narrow
 * @param otherwise what is said to people where there are no rows
 */
export function printList<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  options: ListOptions,
  { wrap, otherwise, after = [] }: { wrap: string; otherwise: string; after?: string[] },
): void {
  if (options.json === true || options.format === 'json') return print(rows, { json: true }, () => '');
  if (options.format === 'csv') return void process.stdout.write(csvOf(rows, columns));
  const shown = columns.filter((each) => each.csvOnly !== true);
  const cells = rows.map((row) =>
    shown.map(({ cell, value }) => (cell === undefined ? String(value(row)) : cell(row))),
  );
  const made = table(
    shown.map((each) => each.head),
    cells,
    shown.findIndex((each) => each.head === wrap),
  );
  process.stdout.write(`${[rows.length === 0 ? otherwise : made, ...after].join('\n')}\n`);
}

/** Cells that a spreadsheet would take for a formula are kept as text. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[], header = true): string {
  return stringify(
    rows.map((row) => columns.map(({ value }) => value(row))),
    { header, columns: columns.map((each) => each.head), bom: header, escape_formulas: true },
  );
}
