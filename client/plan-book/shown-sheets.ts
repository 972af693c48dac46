import { type Cell, colToLetter, type WriteSheet } from 'hucre/xlsx';
import { cellOf } from './cell-of.ts';
import { day, type Out } from './columns.ts';
import * as looks from './looks.ts';
import type { BookSource } from './source.ts';

/** What is shown of each row of a sheet that nothing is read back from. */
interface ShownTable<Row> {
  name: string;
  columns: readonly { head: string; width: number; out(row: Row): Out }[];
}

const DECISIONS: ShownTable<BookSource['shown']['decisions'][number]> = {
  name: 'Decisions',
  columns: [
    { head: 'Decision', width: 50, out: ({ title }) => title },
    { head: 'Taken by', width: 26, out: ({ by }) => by },
    { head: 'Taken on', width: 12, out: ({ takenOn }) => day(takenOn) },
    { head: 'Published on', width: 12, out: ({ publishedOn }) => day(publishedOn) },
    { head: 'Can be carried out from', width: 14, out: ({ from }) => day(from) },
    { head: 'Where it stands', width: 60, out: ({ stands }) => stands },
  ],
};

const PEOPLE: ShownTable<BookSource['shown']['people'][number]> = {
  name: 'People',
  columns: [
    { head: 'Role', width: 40, out: ({ title }) => title },
    { head: 'Short name', width: 28, out: ({ id }) => id },
    { head: 'Of', width: 30, out: ({ of }) => of },
    { head: 'Reports to', width: 36, out: ({ reportsTo }) => reportsTo },
    { head: 'May', width: 36, out: ({ does }) => does },
  ],
};

export const decisionsSheet = ({ shown }: BookSource): WriteSheet => sheetOf(DECISIONS, shown.decisions);
export const peopleSheet = ({ shown }: BookSource): WriteSheet => sheetOf(PEOPLE, shown.people);

const TEXT = looks.formatted(looks.LOCKED, looks.TEXT_FORMAT);
const DATE = looks.formatted(looks.LOCKED, looks.DATE_FORMAT);

function sheetOf<Row>({ name, columns }: ShownTable<Row>, rows: readonly Row[]): WriteSheet {
  const cells = new Map<string, Partial<Cell>>();
  columns.forEach(({ head }, at) => cells.set(`0,${at}`, { ...cellOf(head), style: looks.HEAD }));
  const heights = new Map<number, { height: number }>();
  rows.forEach((row, index) => {
    const texts: { text: string; width: number }[] = [];
    columns.forEach(({ out, width }, at) => {
      const value = out(row);
      if (typeof value === 'string') texts.push({ text: value, width });
      cells.set(`${index + 1},${at}`, { ...cellOf(value), style: typeof value === 'object' ? DATE : TEXT });
    });
    heights.set(index + 1, { height: looks.heightOf(texts) });
  });
  return {
    name,
    columns: columns.map(({ width }) => ({ width })),
    rows: Array.from({ length: rows.length + 1 }, () => columns.map(() => null)),
    cells,
    rowDefs: heights,
    freezePane: { rows: 1 },
    autoFilter: { range: `A1:${colToLetter(columns.length - 1)}${Math.max(2, rows.length + 1)}` },
    protection: looks.PROTECTION,
    pageSetup: looks.pageSetup(true),
    headerFooter: { oddFooter: '&RPage &P of &N' },
  };
}
