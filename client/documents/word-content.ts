import * as docx from 'docx';
import {
  type Block,
  type BlockWriters,
  type Cell,
  type Document,
  type Heading,
  type Picture,
  type Table,
  textOfCell,
  writeBlock,
} from '../../domain/documents/document.ts';
import type { Rag } from '../../domain/progress/progress.ts';
import { type Drawn, drawer } from './drawn.ts';
import { columnWidths } from './column-widths.ts';
import { QUIET, STYLE } from './word-styles.ts';
import { xmlText } from './xml-text.ts';

/** As the pages have them, beside the words that say the same. */
const RAG_COLOURS: Record<Rag, string> = {
  red: '942514',
  amber: 'B58840',
  green: '00703C',
  complete: '00703C',
  none: QUIET,
  unfinished: QUIET,
};
const LINE = 'B1B4B6';
const HEAD_FILL = 'F3F2F1';

const LEVELS: Record<Heading['level'], (typeof docx.HeadingLevel)[keyof typeof docx.HeadingLevel]> = {
  2: docx.HeadingLevel.HEADING_1,
  3: docx.HeadingLevel.HEADING_2,
  4: docx.HeadingLevel.HEADING_3,
};

/**
 * What a document holds below its title: what is in it, and its blocks.
 *
 * @param width of the text, in twentieths of a point
 */
export async function contentOf({ contents, blocks }: Document, width: number): Promise<docx.FileChild[]> {
  // Only where there is one to draw: what draws takes half a second to come up.
  const draw = blocks.some(({ kind }) => kind === 'picture') ? await drawer() : undefined;
  return [
    ...(contents === true ? blocks.flatMap((block, at) => contentsLine(block, at)) : []),
    ...blocks.flatMap((block, at) => writeBlock(block, writersAt(at, { width, draw }))),
  ];
}

/** What must be read before all else. */
export const noticeOf = ({ notice }: Document): docx.Paragraph[] =>
  notice === undefined ? [] : [new docx.Paragraph({ children: lines(notice, { bold: true }) })];

/** A heading's line in the contents leads to it. */
function contentsLine(block: Block, at: number): docx.Paragraph[] {
  if (block.kind !== 'heading' || block.level > 3) return [];
  return [
    new docx.Paragraph({
      style: STYLE.Contents,
      indent: { left: (block.level - 2) * 360 },
      children: [new docx.InternalHyperlink({ anchor: placeOf(at), children: lines(block.text) })],
    }),
  ];
}

const placeOf = (at: number): string => `part-${at + 1}`;

/** What is of several lines stays so. */
export function lines(text: string, look: Pick<docx.IRunOptions, 'bold' | 'color'> = {}): docx.TextRun[] {
  return xmlText(text)
    .split('\n')
    .map((line, at) => new docx.TextRun({ text: line, ...look, ...(at === 0 ? {} : { break: 1 }) }));
}

/** @param at the block's place among the document's */
const writersAt = (
  at: number,
  { width, draw }: { width: number; draw: ((svg: string) => Drawn) | undefined },
): BlockWriters<docx.FileChild[]> => ({
  heading: ({ level, text, code }) => [
    new docx.Paragraph({
      heading: LEVELS[level],
      children: [
        new docx.BookmarkStart(placeOf(at), at + 1),
        ...lines(text),
        new docx.BookmarkEnd(at + 1),
        ...(code === undefined ? [] : [new docx.TextRun({ text: ` (${xmlText(code)})`, bold: false, color: QUIET })]),
      ],
    }),
  ],
  paragraph: ({ text, strong }) => [
    new docx.Paragraph({ children: lines(text, strong === true ? { bold: true } : {}) }),
  ],
  list: ({ items }) =>
    items.map(({ text, tone }) =>
      tone === 'aside'
        ? new docx.Paragraph({ indent: { left: 720 }, children: lines(text.trim(), { color: QUIET }) })
        : new docx.Paragraph({
            numbering: { reference: BULLETS.reference, level: 0 },
            children: lines(text.trim(), tone === 'doubtful' ? { bold: true } : {}),
          }),
    ),
  picture: (picture) => (draw === undefined ? [] : [pictureAsWord(picture, draw(picture.svg), { at, width })]),
  table: (table) => [
    new docx.Paragraph({ style: STYLE.TableCaption, children: lines(table.caption) }),
    tableAsWord(table, width),
    // Two tables that stand beside each other would become one.
    new docx.Paragraph({ spacing: { before: 0, after: 120, line: 120 }, children: [] }),
  ],
});

/** As wide as it is on a page, or as the text is. */
function pictureAsWord(
  { title, description }: Picture,
  { png, width, height }: Drawn,
  within: { at: number; width: number },
): docx.Paragraph {
  const scale = Math.min(1, within.width / TWENTIETHS_A_PIXEL / width);
  return new docx.Paragraph({
    children: [
      new docx.ImageRun({
        type: 'png',
        data: png,
        transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
        altText: {
          id: String(within.at + 1),
          name: xmlText(title),
          title: xmlText(title),
          description: xmlText(description),
        },
      }),
    ],
  });
}

/** A pixel is a 96th of an inch. */
const TWENTIETHS_A_PIXEL = 15;

function tableAsWord(table: Table, width: number): docx.Table {
  const widths = columnWidths(table, width);
  const sizes = widths.map((size) => ({ size, type: docx.WidthType.DXA }));
  return new docx.Table({
    width: { size: width, type: docx.WidthType.DXA },
    columnWidths: widths,
    layout: docx.TableLayoutType.FIXED,
    tableLook: { firstRow: true, firstColumn: true, lastRow: false, lastColumn: false, noHBand: true, noVBand: true },
    borders: BORDERS,
    margins: { top: 40, bottom: 40, left: 60, right: 60 },
    rows: [
      new docx.TableRow({
        tableHeader: true,
        cantSplit: true,
        children: table.heads.map((head, at) => cellAsWord(head, { width: sizes[at], isHead: true })),
      }),
      ...table.rows.map(
        (cells) =>
          new docx.TableRow({
            cantSplit: true,
            children: cells.map((cell, at) => cellAsWord(cell, { width: sizes[at], isHead: false })),
          }),
      ),
    ],
  });
}

function cellAsWord(
  cell: Cell,
  { width, isHead }: { width: docx.ITableWidthProperties | undefined; isHead: boolean },
): docx.TableCell {
  const rag = typeof cell === 'string' ? undefined : cell.rag;
  return new docx.TableCell({
    ...(width === undefined ? {} : { width }),
    ...(isHead ? { shading: { type: docx.ShadingType.CLEAR, color: 'auto', fill: HEAD_FILL } } : {}),
    ...(rag === undefined
      ? {}
      : {
          margins: { left: 110 },
          borders: { left: { style: docx.BorderStyle.SINGLE, size: 36, color: RAG_COLOURS[rag] } },
        }),
    children: [
      new docx.Paragraph({
        style: STYLE.TableText,
        keepNext: isHead,
        children: lines(textOfCell(cell), isHead || rag !== undefined ? { bold: true } : {}),
      }),
    ],
  });
}

const LINE_BORDER = { style: docx.BorderStyle.SINGLE, size: 4, color: LINE };
const NO_BORDER = { style: docx.BorderStyle.NONE, size: 0, color: 'auto' };
const BORDERS = {
  ...{ top: LINE_BORDER, bottom: LINE_BORDER, insideHorizontal: LINE_BORDER },
  ...{ left: NO_BORDER, right: NO_BORDER, insideVertical: NO_BORDER },
};

export const BULLETS = {
  reference: 'bullets',
  levels: [
    {
      ...{ level: 0, format: docx.LevelFormat.BULLET, text: '•', alignment: docx.AlignmentType.LEFT },
      style: { paragraph: { indent: { left: 360, hanging: 260 }, spacing: { after: 40 } } },
    },
  ],
};
