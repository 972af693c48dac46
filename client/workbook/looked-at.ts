import { partsOfZip, type ZipPart } from './parts-of-zip.ts';
import { type Unusable, WORKBOOK_LIMITS } from './unusable.ts';

/** What every file of Excel before 2007 begins with, and every one with a password since. */
const OLD = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');

/**
 * Why a file is not read as a workbook; undefined where it may be. Looked at before anything of it is taken for what it says:
 * nothing is unpacked beyond the bounds, and no sheet is read that has more cells.
 */
export function whyUnusable(file: Buffer): Unusable | undefined {
  if (file.length === 0) return 'empty';
  if (file.length > WORKBOOK_LIMITS.fileBytes) return 'large';
  if (file.subarray(0, OLD.length).equals(OLD))
    return file.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'old';
  if (!file.subarray(0, ZIP.length).equals(ZIP)) return 'no-workbook';
  const parts = partsOfZip(file);
  return typeof parts === 'string' ? parts : (ofKind(parts) ?? ofSize(parts));
}

function ofKind(parts: readonly ZipPart[]): Unusable | undefined {
  const names = new Set(parts.map(({ name }) => name.toLowerCase()));
  const types = parts.find(({ name }) => name === '[Content_Types].xml')?.content ?? Buffer.alloc(0);
  if (parts.find(({ name }) => name === 'mimetype')?.content.includes('opendocument') === true) return 'open-document';
  if (types.includes('macroEnabled') || [...names].some((name) => name.endsWith('vbaproject.bin'))) return 'macros';
  if (names.has('xl/workbook.bin')) return 'binary';
  if (!types.includes('spreadsheetml.sheet.main+xml')) return 'no-workbook';
  if ([...names].some((name) => name.startsWith('xl/externallinks/'))) return 'external';
  // No program that makes workbooks defines entities in them.
  return parts.some(({ content }) => content.includes('<!DOCTYPE') || content.includes('<!ENTITY'))
    ? 'damaged'
    : undefined;
}

/** A row or a cell, each with its own name where it has one: in what has none, each stands behind the one before. */
const PLACE = /<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>/g;
const NAMED = /\sr=["']([A-Z]{0,3})(\d{1,9})["']/;

/** A sheet's size is that of its outermost cells: what stands in between is made up for. */
function ofSize(parts: readonly ZipPart[]): Unusable | undefined {
  let cells = 0;
  // A sheet is known by what it holds: it may be called as it likes.
  for (const { content } of parts.filter((part) => part.content.includes('sheetData'))) {
    let rows = 0;
    for (const [, what, attributes = ''] of content.toString('latin1').matchAll(PLACE)) {
      const [, letters = '', number = ''] = NAMED.exec(attributes) ?? [];
      const isEmpty = what === 'row' && attributes.endsWith('/');
      if (what === 'row') rows++;
      else cells++;
      const isOutside = Number(number) > WORKBOOK_LIMITS.rows || columnOf(letters) > WORKBOOK_LIMITS.columns;
      if ((isOutside && !isEmpty) || rows > 2 * WORKBOOK_LIMITS.rows || cells > WORKBOOK_LIMITS.cells)
        return 'many-cells';
    }
  }
  return undefined;
}

/** @returns from 1 */
const columnOf = (letters: string): number =>
  Array.from(letters).reduce((before, letter) => before * 26 + letter.charCodeAt(0) - 64, 0);
