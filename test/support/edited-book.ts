import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findOpenpyxl } from './ensure-tools.mjs';

/** The script by which openpyxl edits workbooks. */
export const EDIT_SCRIPT = fileURLToPath(new URL('edit-books.py', import.meta.url));

/** The Python that runs it. @throws Error where there is none */
export function openpyxl(): string {
  const python = findOpenpyxl();
  if (python === undefined) throw new Error('no openpyxl: run node platform/setup.mjs test');
  return python;
}

/** A cell that somebody types into. */
export interface TypedCell {
  sheet: string;
  cell: string;
  value?: string | number;
  date?: string;
}

/** A workbook as it is after somebody has typed into it, in a program of somebody else's. */
export function editBook(file: string, to: string, cells: readonly TypedCell[]): void {
  const { status, stderr } = spawnSync(openpyxl(), [EDIT_SCRIPT], {
    input: `${JSON.stringify({ file, to, cells })}\n`,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}
