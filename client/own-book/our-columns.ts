import type { PlanItem } from '../../domain/revisions/plan-items.ts';
import type { BookSheet, Column } from '../plan-book/columns.ts';
import type { SheetKind } from '../plan-book/sheet-kind.ts';
import { BOOK_SHEETS } from '../plan-book/sheets.ts';

/** The columns of a sheet of our own workbook by their fields, but for those that are shown alone. */
export function columnsOf(what: SheetKind): ReadonlyMap<string, Column<PlanItem>> {
  const { columns } = BOOK_SHEETS[what] as BookSheet<PlanItem>;
  return new Map(columns.flatMap((column) => (column.of === 'shown' ? [] : [[column.field, column] as const])));
}
