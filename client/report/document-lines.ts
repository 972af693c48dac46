import { sizeInWords } from '../../domain/evidence/kinds.ts';
import { REPORT_LIMITS } from '../../domain/report/limits.ts';
import { BadRequest } from '../bad-request.ts';
import type { ReadLines } from './lines.ts';
import { linesOfPdf } from './pdf-lines.ts';
import { linesOfText } from './text-lines.ts';
import { linesOfWord } from './word-lines.ts';

/** How long reading may take, in milliseconds: a report of 100 pages takes a tenth of it. */
export const MAX_READ_MS = 10_000;

/**
 * The lines of a report, whatever kind of file it is: by its content, not by its name.
 *
 * @param maxMs how long it may take, in milliseconds
 * @throws BadRequest with a sentence where it can't be read
 */
export async function linesOfDocument(content: Buffer, maxMs = MAX_READ_MS): Promise<ReadLines> {
  if (content.length === 0) throw new BadRequest('The file is empty.');
  if (content.length > REPORT_LIMITS.fileBytes)
    throw new BadRequest(
      `The file is ${sizeInWords(content.length)}; a report may be ${sizeInWords(REPORT_LIMITS.fileBytes)}. Give the report alone, without pictures, or paste its text.`,
    );
  const end = Date.now() + maxMs;
  const mustBeInTime = (): void => {
    if (Date.now() >= end)
      throw new BadRequest(
        'This takes too long to read. Give the report alone, without what it is bound with, or paste its text.',
      );
  };
  mustBeInTime();
  if (has(content.subarray(0, 1024), '%PDF-')) return linesOfPdf(new Uint8Array(content), mustBeInTime);
  if (begins(content, 0x50, 0x4b)) return linesOfWord(content);
  return linesOfText(textIn(content));
}

const has = (content: Buffer, text: string): boolean => content.toString('latin1').includes(text);
const begins = (content: Buffer, ...bytes: number[]): boolean => bytes.every((byte, index) => content[index] === byte);

/** "EncryptedPackage", as an Office file with a password names its only part. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

function textIn(content: Buffer): string {
  if (begins(content, 0xd0, 0xcf, 0x11, 0xe0))
    throw new BadRequest(
      content.includes(ENCRYPTED)
        ? 'This Office document is encrypted: it opens with a password alone. Save it without one, or paste its text.'
        : 'This is a Word document of the old kind (.doc). Open it in Word, save it as .docx, and give that; or paste its text.',
    );
  if (has(content.subarray(0, 5), '{\\rtf'))
    throw new BadRequest('This is a rich text file (.rtf). Save it as .docx or PDF, and give that; or paste its text.');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below, with all else that is no text.
  }
  throw new BadRequest('This is no PDF, no Word document (.docx) and no text in UTF-8: it can’t be read as a report.');
}
