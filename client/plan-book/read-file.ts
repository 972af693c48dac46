import { readFileSync, statSync } from 'node:fs';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { wholeFile } from '../files/file-problems.ts';
import type { ReadWorkbook } from '../workbook/cells.ts';
import { readCsv } from '../workbook/read-csv.ts';
import { readWorkbook } from '../workbook/read-workbook.ts';
import { unusable, WORKBOOK_LIMITS } from '../workbook/unusable.ts';
import type { BookRead } from './book-read.ts';
import { isOurs, readBook } from './read-book.ts';

/** A file with a plan: a workbook of ours, read; or the cells of one that a council has made itself. */
export type PlanFile = { is: 'ours'; read: BookRead } | { is: 'own'; workbook: ReadWorkbook };

/** @throws FileProblems where it can't be read, or is a workbook of another inspection */
export async function readPlanFile(content: Uint8Array, name: string, ref: InspectionRef): Promise<PlanFile> {
  if (/\.(csv|txt|tsv)$/i.test(name)) return { is: 'own', workbook: readCsv(content, name) };
  const workbook = await readWorkbook(content, name);
  if (!isOurs(workbook)) return { is: 'own', workbook };
  return { is: 'ours', read: bookOf(ref, readBook(workbook, name), name) };
}

/** The same of a file on this machine. */
export async function planFileAt(path: string, ref: InspectionRef): Promise<PlanFile> {
  if (statSync(path).size > WORKBOOK_LIMITS.fileBytes) throw unusable(path, 'large');
  return readPlanFile(readFileSync(path), path, ref);
}

/** @throws FileProblems where it is of another inspection */
function bookOf(ref: InspectionRef, read: BookRead, file: string): BookRead {
  if (read.sent.inspection === ref) return read;
  throw wholeFile(file, `the plan of ${read.sent.inspection}`, `expected that of ${ref}`);
}
