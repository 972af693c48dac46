import * as docx from 'docx';
import type { Document } from '../../domain/documents/document.ts';
import { inShort } from '../../domain/in-short.ts';
import { undatedZip } from './undated-zip.ts';
import { BULLETS, contentOf, lines, noticeOf } from './word-content.ts';
import { STYLE, STYLES_XML } from './word-styles.ts';
import { xmlText } from './xml-text.ts';

/** A4, in twentieths of a point, and how wide text is between the margins. */
const PAGE = { width: 11_906, height: 16_838, margin: 1_020 };
const WIDTH = PAGE.width - 2 * PAGE.margin;

/**
 * A document as the bytes of a .docx file: headings, table heads that come again on each page, page numbers, British English.
 * The same document is the same bytes.
 */
export async function documentAsWord(document: Document): Promise<Uint8Array> {
  const { title, frozen } = document;
  const file = new docx.Document({
    title: xmlText(title),
    creator: 'duecourse',
    numbering: { config: [BULLETS] },
    compatibility: { version: 15 },
    sections: [
      {
        properties: {
          page: {
            size: { width: PAGE.width, height: PAGE.height },
            margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin },
          },
        },
        footers: { default: footOf(title, frozen) },
        children: [...before(document), ...(await contentOf(document, WIDTH))],
      },
    ],
  });
  const packed = await docx.Packer.toBuffer(file, undefined, [
    { path: 'docProps/core.xml', data: coreOf(document) },
    { path: 'word/styles.xml', data: STYLES_XML },
  ]);
  return undatedZip(packed);
}

function before(document: Document): docx.Paragraph[] {
  const { title, under } = document;
  return [
    ...noticeOf(document),
    new docx.Paragraph({ heading: docx.HeadingLevel.TITLE, children: lines(title) }),
    new docx.Paragraph({ style: STYLE.Under, children: lines(under) }),
  ];
}

const footOf = (title: string, frozen: string | undefined): docx.Footer =>
  new docx.Footer({
    children: [
      new docx.Paragraph({
        style: STYLE.Foot,
        tabStops: [{ type: docx.TabStopType.RIGHT, position: WIDTH }],
        children: [
          ...lines(inShort(title, MAX_FOOT)),
          new docx.TextRun({
            children: [new docx.Tab(), 'Page ', docx.PageNumber.CURRENT, ' of ', docx.PageNumber.TOTAL_PAGES],
          }),
        ],
      }),
      ...(frozen === undefined ? [] : [new docx.Paragraph({ style: STYLE.Foot, children: lines(frozen) })]),
    ],
  });

/** The foot of a page has one line. */
const MAX_FOOT = 80;

/** What the file says of itself; it was made on the day that it is of. */
export const coreOf = ({ title, on }: Document): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:creator>duecourse</dc:creator><dc:language>en-GB</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${on}T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${on}T00:00:00Z</dcterms:modified></cp:coreProperties>`;

const escaped = (text: string): string =>
  xmlText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
