import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { BadRequest } from '../bad-request.ts';
import { shownPath } from '../files/text-file.ts';

/**
 * The content of a file that somebody names. Nothing larger than `atMost` is read.
 *
 * @param atMost in bytes, and what is said of more
 * @throws BadRequest
 */
export function contentOf(file: string, atMost?: { bytes: number; words: string }): Buffer {
  try {
    if (atMost !== undefined && statSync(file).size > atMost.bytes)
      throw new BadRequest(`${shownPath(file)}: ${atMost.words}`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof BadRequest) throw error;
    throw new BadRequest(`${shownPath(file)} can't be read: ${(error as Error).message}`);
  }
}

/** Writes a file where none is yet. @throws BadRequest */
export function writeNew(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content, { flag: 'wx' });
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new BadRequest(
      isThere
        ? `${shownPath(file)} is there already, and is not written over.`
        : `${shownPath(file)} can't be written: ${(error as Error).message}`,
    );
  }
}
