import { stringify } from 'csv-stringify/sync';

/** Dates and instants as ISO 8601 has them; cells that a spreadsheet would take for a formula are kept as text. */
export const csvOf = (columns: string[], rows: Record<string, unknown>[]): string =>
  stringify(rows, { header: true, bom: true, escape_formulas: true, columns });
