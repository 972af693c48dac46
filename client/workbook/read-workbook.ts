import { type Cell, readXlsx, type Sheet } from 'hucre/xlsx';
import { fromEpochDay } from '../../domain/calendar/civil-date.ts';
import type { CellContent, ReadSheet, ReadWorkbook } from './cells.ts';
import { whyUnusable } from './looked-at.ts';
import { unusable } from './unusable.ts';

/**
 * Reads an Excel workbook into cells, within the bounds of {@link WORKBOOK_LIMITS}. Of a formula its last result counts, as
 * the program that saved the file worked it out; nothing is worked out here, and nothing is fetched.
 *
 * @param name of the file, for what is said of it
 * @throws FileProblems where it is no workbook that can be read, with what its owner can do
 */
export async function readWorkbook(content: Uint8Array, name: string): Promise<ReadWorkbook> {
  const file = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const why = whyUnusable(file);
  if (why !== undefined) throw unusable(name, why);
  try {
    const { sheets } = await readXlsx(file, { readStyles: true });
    return { sheets: sheets.map(sheetOf) };
  } catch {
    throw unusable(name, 'damaged');
  }
}

const sheetOf = ({ name, hidden, veryHidden, rows, cells, merges = [], rowDefs }: Sheet): ReadSheet => ({
  name,
  merges: merges.map(({ startRow, startCol, endRow, endCol }) => ({
    ...{ top: startRow, left: startCol, bottom: endRow, right: endCol },
  })),
  hiddenRows: [...(rowDefs ?? [])].flatMap(([row, { hidden: isHidden }]) => (isHidden === true ? [row] : [])),
  hidden: hidden === true || veryHidden === true,
  rows: rows.map((row, at) => row.map((value, column) => contentOf(value, cells?.get(`${at},${column}`)))),
});

const DAY_MS = 86_400_000;

function contentOf(value: Cell['value'], cell: Cell | undefined): CellContent | undefined {
  if (cell?.type === 'error') return { is: 'unusable', why: `it holds the error ${String(cell.value).slice(0, 20)}` };
  const said = cell?.formula === undefined ? value : (cell.formulaResult ?? value);
  if (cell?.formula !== undefined && (said === null || said === undefined))
    return { is: 'unusable', why: 'it holds a formula without a result: open the file in Excel and save it' };
  if (said === null || said === undefined) return undefined;
  if (typeof said === 'string') return said.trim() === '' ? undefined : textContent(said, cell);
  if (typeof said === 'boolean') return { is: 'truth', value: said };
  if (typeof said === 'number')
    return { is: 'number', value: said, percent: cell?.style?.numFmt?.includes('%') === true };
  const time = said.getTime();
  return Number.isNaN(time)
    ? { is: 'unusable', why: 'it holds a date that there is not' }
    : { is: 'date', date: fromEpochDay(Math.floor(time / DAY_MS)) };
}

const ERROR = /^#(REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/;

/** The result of a formula may be an error as well, which is told as a text. */
const textContent = (text: string, cell: Cell | undefined): CellContent =>
  cell?.formula !== undefined && ERROR.test(text)
    ? { is: 'unusable', why: `it holds the error ${text}` }
    : { is: 'text', text: text.replaceAll(/\r\n?/g, '\n') };
