import { readFileSync, statSync } from 'node:fs';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { wholeFile } from '../files/file-problems.ts';
import { readWorkbook } from '../workbook/read-workbook.ts';
import { unusable, WORKBOOK_LIMITS } from '../workbook/unusable.ts';
import type { BookRead } from './book-read.ts';
import { readBook } from './read-book.ts';

/** @throws FileProblems where it can't be read, or is of another inspection */
export async function readBookFile(path: string, ref: InspectionRef): Promise<BookRead> {
  if (statSync(path).size > WORKBOOK_LIMITS.fileBytes) throw unusable(path, 'large');
  return bookOf(ref, readBook(await readWorkbook(readFileSync(path), path), path), path);
}

/** @throws FileProblems where it is of another inspection */
export function bookOf(ref: InspectionRef, read: BookRead, file: string): BookRead {
  if (read.sent.inspection === ref) return read;
  throw wholeFile(file, `the plan of ${read.sent.inspection}`, `expected that of ${ref}`);
}
