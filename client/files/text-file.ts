import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { FileProblems, wholeFile } from './file-problems.ts';

/** An inspection of as many actions as may be, each with long texts, is some 6 MiB. */
const LARGEST_MIB = 8;
const LARGEST_BYTES = LARGEST_MIB * 1024 * 1024;

/** A path as a person would write it: relative to the working folder where it lies within. */
export function shownPath(path: string): string {
  if (!isAbsolute(path)) return path;
  const inside = relative(process.cwd(), resolve(path));
  return inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..' ? path : inside;
}

/**
 * The text of a file, which must be UTF-8 and no larger than 8 MiB.
 *
 * @param file how the file is named in a problem
 * @throws FileProblems
 */
export function readText(path: string, file: string): string {
  let bytes: Buffer;
  try {
    const about = statSync(path);
    if (about.isDirectory()) throw wholeFile(file, 'a folder', 'expected a YAML file');
    if (!about.isFile()) throw wholeFile(file, 'something that is no file', 'expected a YAML file');
    if (about.size > LARGEST_BYTES)
      throw wholeFile(file, `${Math.ceil(about.size / 1024)} KiB`, `expected at most ${LARGEST_MIB} MiB`);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof FileProblems) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const found = code === 'ENOENT' || code === 'ENOTDIR' ? 'no such file' : `a file that can't be read (${code})`;
    throw wholeFile(file, found, 'expected a YAML file');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw wholeFile(file, 'bytes that are not UTF-8 text', 'expected a YAML file saved as UTF-8', firstBadLine(bytes));
  }
}

/** The first line that is not UTF-8. No byte of a longer character is a line feed, so each line can be tried alone. */
function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line++) {
    const end = bytes.indexOf(0x0a, start);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end === -1 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end === -1) return line;
    start = end + 1;
  }
}
