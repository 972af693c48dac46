import type { LineLook, ReportLine } from '../../domain/report/line.ts';

/** A piece of text as a page draws it: where its baseline begins, in points from the page's lower left corner. */
export interface TextPiece {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  font: string;
}

export interface PageText {
  number: number;
  /** Its lower and its upper edge. */
  bottom: number;
  top: number;
  pieces: readonly TextPiece[];
}

/** What most of a document's text is set in. */
export interface BodyFace {
  size: number;
  font: string;
}

/** Pieces on one baseline, next to each other. */
interface Row {
  x: number;
  end: number;
  y: number;
  size: number;
  /** By font, so many characters. */
  fonts: Map<string, number>;
  text: string;
}

/** A gap this wide, in the size of the text, parts two cells of a table. */
const CELL_GAP = 2.5;
const WORD_GAP = 0.15;
/** Baselines this near, in the size of the text, are one. */
const SAME_LINE = 0.25;
/** So much of a page's height, above and below, are its margins. */
const MARGIN = 0.07;
/** Lines further apart than this, in the size of the text, have space between them. */
const PARAGRAPH = 1.75;
/** Lines whose sizes differ by this part belong to different things. */
const OTHER_SIZE = 0.12;
/** A line that begins this far beside the one before, in points, is in another column or cell. */
const OTHER_COLUMN = 60;

/** The lines of one page. They are counted from its top to its foot, running heads first. */
export function linesOfPage({ number, bottom, top, pieces }: PageText, body: BodyFace): ReportLine[] {
  const height = top - bottom;
  const inMargin = ({ y }: Row): boolean => y > top - height * MARGIN || y < bottom + height * MARGIN;
  const rows = rowsOf(pieces);
  const heads = rows.filter((row) => inMargin(row) && row.y > bottom + height / 2);
  const feet = rows.filter((row) => inMargin(row) && row.y <= bottom + height / 2);
  const main = rows.filter((row) => !inMargin(row));
  return [...heads, ...main, ...feet].map((row, index) => {
    const at = main.indexOf(row);
    const before = at > 0 ? main[at - 1] : undefined;
    const look = at === -1 ? 'margin' : lookOf(row, body);
    return {
      page: number,
      line: index + 1,
      text: row.text.trim(),
      gap: at === -1 || (before !== undefined && isApart(row, before, height)),
      ...(look === undefined ? {} : { look }),
    };
  });
}

function lookOf({ size, fonts, text }: Row, body: BodyFace): LineLook | undefined {
  if (size > body.size * 1.1) return 'heading';
  if (size < body.size * 0.78) return 'small';
  const isOther = !fonts.has(body.font) && size > body.size * 0.95;
  return isOther && text.trim().length > 2 ? 'heading' : undefined;
}

/** Is there space between them, or are they cells of a table? */
function isApart(row: Row, before: Row, height: number): boolean {
  const down = before.y - row.y;
  if (down > PARAGRAPH * Math.max(row.size, before.size)) return true;
  if (Math.abs(row.size - before.size) > OTHER_SIZE * Math.max(row.size, before.size)) return true;
  const beside = Math.abs(row.x - before.x) > OTHER_COLUMN;
  // Far up again is the next column, in which a sentence may go on; a little is the next cell.
  if (down < 0) return beside && -down < height * 0.4;
  return beside;
}

function rowsOf(pieces: readonly TextPiece[]): Row[] {
  const rows: Row[] = [];
  let space = false;
  for (const piece of pieces) {
    if (piece.text.trim() === '') {
      space ||= piece.text !== '' && piece.width > 0;
      continue;
    }
    const row = rows.at(-1);
    // A raised figure that leads to a note.
    if (row !== undefined && /^\d{1,2}$/.test(piece.text.trim()) && isRaised(piece, row)) continue;
    if (row === undefined || Math.abs(piece.y - row.y) > SAME_LINE * Math.max(row.size, piece.size) || piece.x < row.x)
      rows.push(rowOf(piece));
    else addTo(row, piece, space);
    space = false;
  }
  return rows;
}

const isRaised = (piece: TextPiece, row: Row): boolean =>
  piece.size < row.size * 0.8 && piece.y > row.y && piece.y < row.y + row.size && piece.x >= row.end - 1;

const rowOf = ({ text, x, y, width, size, font }: TextPiece): Row => ({
  ...{ x, y, size, text },
  end: x + width,
  fonts: new Map([[font, text.trim().length]]),
});

function addTo(row: Row, { text, x, width, size, font }: TextPiece, space: boolean): void {
  const gap = x - row.end;
  // A bullet is often a letter of a font of signs: alone, in another font, with space after it.
  if (isSign(row) && !row.fonts.has(font) && gap > 1) row.text = '•';
  const isMark = /^(?:[^\p{L}\p{N}]|\(?[\p{L}\p{N}]{1,3}[.)])$/u.test(row.text.trim());
  const between = gap > CELL_GAP * row.size && !isMark ? '\t' : space || gap > WORD_GAP * size ? ' ' : '';
  row.text += `${between}${text}`;
  row.end = x + width;
  row.size = Math.max(row.size, size);
  row.fonts.set(font, (row.fonts.get(font) ?? 0) + text.trim().length);
}

const isSign = ({ text }: Row): boolean => /^.$/su.test(text.trim());
