import { type FileProblems, wholeFile } from '../files/file-problems.ts';

/** Why a file is not read at all, in the words of whoever made it. */
export type Unusable =
  | 'empty'
  | 'large'
  | 'old'
  | 'encrypted'
  | 'macros'
  | 'binary'
  | 'open-document'
  | 'no-workbook'
  | 'no-table'
  | 'damaged'
  | 'unpacks'
  | 'many-parts'
  | 'many-cells'
  | 'external';

/** A workbook is read within these bounds: no plan has a tenth of them. */
export const WORKBOOK_LIMITS = {
  fileBytes: 8 * 1024 * 1024,
  unpackedBytes: 64 * 1024 * 1024,
  parts: 400,
  rows: 20_000,
  columns: 300,
  cells: 400_000,
} as const;

const { fileBytes, rows, columns, cells } = WORKBOOK_LIMITS;
const count = (n: number): string => n.toLocaleString('en-GB');
const LEAST = `expected a workbook of at most ${count(rows)} rows, ${columns} columns and ${count(cells)} cells: delete what is not needed, or divide it`;

const WORDS: Record<Unusable, { found: string; expected: string }> = {
  empty: { found: 'an empty file', expected: 'expected an Excel workbook (.xlsx)' },
  large: {
    found: 'a file that is too large',
    expected: `expected a workbook of at most ${fileBytes / 1024 / 1024} MB: take pictures out, or divide it`,
  },
  old: {
    found: 'a workbook in the old form (.xls)',
    expected: 'expected .xlsx: open it in Excel, choose Save As, and “Excel Workbook (.xlsx)”',
  },
  encrypted: {
    found: 'a workbook with a password',
    expected: 'expected one that can be opened without: in Excel choose File, Info, Protect Workbook, and take it off',
  },
  macros: {
    found: 'a workbook with macros (.xlsm)',
    expected: 'expected one without: choose Save As, and “Excel Workbook (.xlsx)”',
  },
  binary: {
    found: 'a binary workbook (.xlsb)',
    expected: 'expected .xlsx: choose Save As, and “Excel Workbook (.xlsx)”',
  },
  'open-document': {
    found: 'an OpenDocument file (.ods)',
    expected: 'expected .xlsx: choose Save As, and “Excel 2007–365 (.xlsx)”',
  },
  'no-workbook': { found: 'a file that is no Excel workbook', expected: 'expected one saved as .xlsx' },
  'no-table': {
    found: 'comma-separated values that can’t be told apart',
    expected: 'expected quotation marks in pairs: open the file in Excel, and save it as an Excel workbook (.xlsx)',
  },
  damaged: {
    found: 'a workbook that is damaged',
    expected: 'expected one that opens in Excel: open it there, let Excel repair it, and save it once more',
  },
  unpacks: { found: 'a workbook that becomes too large when it is opened', expected: LEAST },
  'many-parts': { found: 'a workbook of too many parts', expected: LEAST },
  'many-cells': { found: 'a workbook of too many cells', expected: LEAST },
  external: {
    found: 'a workbook that takes values from other workbooks',
    expected: 'expected one that stands by itself: in Excel choose Data, Edit Links, Break Link, and save it',
  },
};

export const unusable = (file: string, why: Unusable): FileProblems =>
  wholeFile(file, WORDS[why].found, WORDS[why].expected);
