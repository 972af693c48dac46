import { getDocumentProxy } from 'unpdf';
import { BadRequest } from '../bad-request.ts';
import { counter, mustBeFewPages, type ReadLines } from './lines.ts';
import { linesOfPage, type PageText, type TextPiece } from './page-lines.ts';

/** Fewer characters than this on all pages together are no text: the pages are pictures. */
const MIN_CHARACTERS = 40;

/**
 * The lines of a PDF, page by page, in the order in which it draws them, which is the order in which it is read.
 *
 * @param mustBeInTime asked before each page @throws BadRequest where it can't be read, or has no text
 */
export async function linesOfPdf(content: Uint8Array, mustBeInTime: () => void): Promise<ReadLines> {
  const document = await opened(content);
  try {
    mustBeFewPages(document.numPages);
    const count = counter();
    const pages: PageText[] = [];
    for (let number = 1; number <= document.numPages; number++) {
      mustBeInTime();
      const page = await readable(document.getPage(number));
      const { items } = await readable(page.getTextContent());
      const [, bottom = 0, , top = 0] = page.view;
      const pieces = items.flatMap((item) => ('str' in item ? [pieceOf(item)] : []));
      for (const { text } of pieces) count(text);
      pages.push({ number, bottom, top, pieces });
      page.cleanup();
    }
    return readLines(pages);
  } finally {
    await document.destroy();
  }
}

interface Item {
  str: string;
  transform: unknown[];
  width: number;
  height: number;
  fontName: string;
}

function pieceOf({ str, transform, width, height, fontName }: Item): TextPiece {
  const [, , , , x = 0, y = 0] = transform.map(Number);
  return { text: str, x, y, width, size: height, font: fontName };
}

function readLines(pages: readonly PageText[]): ReadLines {
  const letters = (page: PageText): number => page.pieces.reduce((sum, { text }) => sum + text.trim().length, 0);
  if (pages.reduce((sum, page) => sum + letters(page), 0) < MIN_CHARACTERS)
    throw new BadRequest(
      'This PDF has no text in it: its pages are pictures, as a scanner makes them. Give the PDF that the inspectorate published, or paste the text.',
    );
  const empty = pages.filter((page) => letters(page) === 0).map(({ number }) => number);
  const notes =
    empty.length === 0
      ? []
      : [
          empty.length === 1
            ? `Page ${empty[0]} has no text in it: it is empty, or a picture. What it says was not read.`
            : `Pages ${empty.join(', ')} have no text in them: they are empty, or pictures. What they say was not read.`,
        ];
  return { lines: linesOfPages(pages), notes };
}

/** What most of the text is set in: by it headings and notes are told. */
function linesOfPages(pages: readonly PageText[]): ReadLines['lines'] {
  const sizes = new Map<string, { size: number; font: string; characters: number }>();
  for (const { text, size, font } of pages.flatMap((page) => page.pieces)) {
    const key = `${Math.round(size * 2) / 2} ${font}`;
    const known = sizes.get(key) ?? { size, font, characters: 0 };
    sizes.set(key, { ...known, characters: known.characters + text.trim().length });
  }
  const [body = { size: 0, font: '' }] = [...sizes.values()].sort((a, b) => b.characters - a.characters);
  return pages.flatMap((page) => linesOfPage(page, body));
}

const DAMAGED = 'This PDF is damaged or cut off, and can’t be read. Download it again, or paste its text.';

async function opened(content: Uint8Array): Promise<Awaited<ReturnType<typeof getDocumentProxy>>> {
  // A PDF says at its end where its parts are; without that a reader could only guess, and give the half of it.
  if (!Buffer.from(content.subarray(-END_BYTES)).toString('latin1').includes('startxref'))
    throw new BadRequest(DAMAGED);
  // Nothing of a document is run, and it fetches nothing.
  return readable(
    getDocumentProxy(content, { verbosity: 0, isEvalSupported: false, stopAtErrors: true, useSystemFonts: false }),
  );
}

/** So far from its end a PDF may say where its parts are: some programs add lines after it. */
const END_BYTES = 2048;

async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const { name } = error as Error;
    if (name === 'PasswordException')
      throw new BadRequest(
        'This PDF is encrypted: it opens with a password alone. Save it without one, or paste its text.',
      );
    throw new BadRequest(DAMAGED);
  }
}
