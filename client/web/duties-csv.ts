import type { Context } from 'hono';
import { stringify } from 'csv-stringify/sync';
import { localDate } from '../../domain/calendar/london.ts';
import { inspectionRef } from '../../domain/inspection-ref.ts';
import { LISTS, type ListedMilestone } from '../../domain/milestone/columns.ts';
import { endedOn } from '../../domain/milestone/ended-on.ts';
import { cellsOf, type CellWriters, IN_WORDS } from '../milestone-cells.ts';

/** Dates as a spreadsheet in this country reads them. */
const slashed = (date: string): string => date.split('-').reverse().join('/');
/** Of an instant its day. */
const IN_A_SPREADSHEET: CellWriters = { ...IN_WORDS, date: slashed, instant: slashed };

/** Cells that a spreadsheet would take for a formula are kept as text. */
export function csvOf(rows: ListedMilestone[], first: boolean): string {
  return stringify(
    rows.map((row) => {
      const reference = inspectionRef(row.authority, row.reference);
      const workingDaysLate = row.standing === 'overdue' ? row.workingDaysLate : null;
      const endedAt = endedOn(row) ?? null;
      return cellsOf({ ...row, reference, workingDaysLate, endedAt }, LISTS.spreadsheet, IN_A_SPREADSHEET);
    }),
    { header: first, bom: first, escape_formulas: true },
  );
}

/** A table to be downloaded, named by the day. */
export const csvAnswer = (context: Context, csv: string, now: string): Response =>
  context.body(csv, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="duties-${localDate(now)}.csv"`,
  });
