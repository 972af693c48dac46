import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { cellAddress } from '../../../client/workbook/cells.ts';
import { readWorkbook } from '../../../client/workbook/read-workbook.ts';
import { type MadePart, zipOf } from '../../support/zip.ts';

const TYPES = (main = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml') => ({
  name: '[Content_Types].xml',
  content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="${main}"/></Types>`,
});
const sheet = (content: string, name = 'xl/worksheets/sheet1.xml'): MadePart => ({
  name,
  content: `<worksheet><sheetData>${content}</sheetData></worksheet>`,
});
const old = (word: string) =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(word, 'utf16le')]);
const row = (n: number, cell = `A${n}`) => `<row r="${n}"><c r="${cell}"><v>1</v></c></row>`;

const GOOD = await writeXlsx({ sheets: [{ name: 'A', rows: [['one', 2]] }] });

const BAD: [name: string, file: () => Buffer, says: RegExp][] = [
  ['an empty file', () => Buffer.alloc(0), /an empty file, expected an Excel workbook/],
  ['50 MB', () => Buffer.alloc(50_000_000), /too large, expected a workbook of at most 8 MB/],
  ['a password', () => old('EncryptedPackage'), /with a password, expected one that can be opened without/],
  ['.xls', () => old('Workbook'), /the old form \(\.xls\), expected \.xlsx/],
  ['a letter', () => Buffer.from('Dear Sir or Madam'), /no Excel workbook/],
  ['a Word document', () => zipOf([{ name: '[Content_Types].xml', content: '<Types/>' }]), /no Excel workbook/],
  ['.ods', () => zipOf([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' }]), /\.ods/],
  [
    'macros by its type',
    () => zipOf([TYPES('application/vnd.ms-excel.sheet.macroEnabled.main+xml')]),
    /with macros \(\.xlsm\)/,
  ],
  ['macros by their part', () => zipOf([TYPES(), { name: 'xl/vbaProject.bin', content: 'x' }]), /with macros/],
  ['.xlsb', () => zipOf([TYPES(), { name: 'xl/workbook.bin', content: 'x' }]), /binary workbook/],
  [
    'values of other workbooks',
    () => zipOf([TYPES(), { name: 'xl/externalLinks/externalLink1.xml', content: '<x/>' }]),
    /values from other workbooks.*Break Link/,
  ],
  ['a bomb', () => zipOf([TYPES(), sheet('0'.repeat(200_000_000))]), /too large when it is opened/],
  [
    'a bomb that says it is small',
    () => zipOf([TYPES(), { ...sheet('0'.repeat(200_000_000)), says: 1000 }]),
    /too large when it is opened/,
  ],
  [
    'many parts that are large together',
    () => zipOf([TYPES(), ...Array.from({ length: 20 }, () => sheet('0'.repeat(5_000_000)))]),
    /too large when it is opened/,
  ],
  [
    'a thousand parts',
    () => zipOf(Array.from({ length: 1000 }, (_, n) => ({ name: `xl/${n}.xml`, content: '' }))),
    /too many parts/,
  ],
  [
    'a million rows',
    () => zipOf([TYPES(), sheet(Array.from({ length: 1_000_000 }, (_, n) => row(n + 1)).join(''))]),
    /too many cells|too large when it is opened/,
  ],
  ['two cells, far apart', () => zipOf([TYPES(), sheet(row(1) + row(1_048_576, 'XFD1048576'))]), /too many cells/],
  [
    'cells without names',
    () => zipOf([TYPES(), sheet(`<row>${'<c><v>1</v></c>'.repeat(500_000)}</row>`)]),
    /too many cells/,
  ],
  [
    'a far row of cells without names',
    () => zipOf([TYPES(), sheet('<row r="900000"><c><v>1</v></c></row>')]),
    /too many cells/,
  ],
  ['a sheet by another name', () => zipOf([TYPES(), sheet(row(1, 'ZZZ1'), 'xl/other.xml')]), /too many cells/],
  [
    'entities',
    () => zipOf([TYPES(), sheet('<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>')]),
    /damaged, expected one that opens in Excel/,
  ],
  ['half a file', () => Buffer.from(GOOD.subarray(0, GOOD.length / 2)), /damaged/],
  ['a file with bytes changed', () => changed(GOOD), /damaged/],
  ['no sheets', () => zipOf([TYPES()]), /damaged/],
];

function changed(file: Uint8Array): Buffer {
  const copy = Buffer.from(file);
  for (let at = 60; at < 400; at += 3) copy[at] = 0x55;
  return copy;
}

describe('what is no workbook that can be read is told in a sentence', () => {
  test.each(BAD)('%s', async (_name, file, says) => {
    await expect(readWorkbook(file(), 'plan.xlsx')).rejects.toThrow(says);
  });
});

describe('cells', () => {
  const read = async (cells: Parameters<typeof writeXlsx>[0]['sheets'][number]['cells']) => {
    const bytes = await writeXlsx({ sheets: [{ name: 'It’s', rows: [[null]], cells: new Map(cells) }] });
    return (await readWorkbook(bytes, 'x.xlsx')).sheets[0]?.rows[0]?.[0];
  };

  test.each([
    ['text', { value: ' two\r\nlines ' }, { is: 'text', text: ' two\nlines ' }],
    ['nothing but space', { value: '  ' }, undefined],
    ['a number', { value: 0.45 }, { is: 'number', value: 0.45, percent: false }],
    ['a percentage', { value: 0.45, style: { numFmt: '0%' } }, { is: 'number', value: 0.45, percent: true }],
    ['a day', { value: 46_083, style: { numFmt: 'dd/mm/yyyy' } }, { is: 'date', date: '2026-03-02' }],
    ['a day with a time', { value: 46_083.99, style: { numFmt: 'dd/mm/yyyy' } }, { is: 'date', date: '2026-03-02' }],
    ['yes', { value: true }, { is: 'truth', value: true }],
    [
      'a formula by its result',
      { value: null, formula: 'A9*2', formulaResult: 7 },
      { is: 'number', value: 7, percent: false },
    ],
    ['a formula by its words', { value: null, formula: 'A9&"x"', formulaResult: 'x' }, { is: 'text', text: 'x' }],
    [
      'a formula without one',
      { value: null, formula: 'A9*2' },
      { is: 'unusable', why: 'it holds a formula without a result: open the file in Excel and save it' },
    ],
    ['an error', { value: '#REF!' }, { is: 'unusable', why: 'it holds the error #REF!' }],
  ])('%s', async (_name, cell, content) => {
    expect(await read(new Map([['0,0', cell]]))).toEqual(content);
  });

  test('are named as a spreadsheet names them', () => {
    expect(cellAddress('Actions', 13, 5)).toBe('Actions!F14');
    expect(cellAddress('Bob’s own', 0, 27)).toBe("'Bob’s own'!AB1");
    expect(cellAddress("It's", 0, 701)).toBe("'It''s'!ZZ1");
  });
});
