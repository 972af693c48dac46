import * as docx from 'docx';
import { undatedZip } from '../undated-zip.ts';
import { STYLE, STYLES_XML } from '../word-styles.ts';

/** The text of an A4 page with margins of 2 cm, in twentieths of a point. */
const WIDTH = 9_638;
const MARGIN = 1_134;

const text = (words: string, style?: string) =>
  new docx.Paragraph({ ...(style === undefined ? {} : { style }), children: [new docx.TextRun(words)] });

/** A template to begin with: a letterhead, a title, the content, and a foot with numbered pages. */
export async function exampleTemplate(): Promise<Uint8Array> {
  const file = new docx.Document({
    title: 'Template for documents',
    creator: 'duecourse',
    compatibility: { version: 15 },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
          },
        },
        headers: { default: new docx.Header({ children: [text('{council}', STYLE.Foot)] }) },
        footers: {
          default: new docx.Footer({
            children: [
              new docx.Paragraph({
                style: STYLE.Foot,
                tabStops: [{ type: docx.TabStopType.RIGHT, position: WIDTH }],
                children: [
                  new docx.TextRun('{title}'),
                  new docx.TextRun({
                    children: [new docx.Tab(), 'Page ', docx.PageNumber.CURRENT, ' of ', docx.PageNumber.TOTAL_PAGES],
                  }),
                ],
              }),
            ],
          }),
        },
        children: [
          new docx.Paragraph({ heading: docx.HeadingLevel.TITLE, children: [new docx.TextRun('{title}')] }),
          text('{inspection}', STYLE.Under),
          text('As at {as at}. Made on {made on}.', STYLE.Under),
          text('{content}'),
        ],
      },
    ],
  });
  return undatedZip(await docx.Packer.toBuffer(file, undefined, [{ path: 'word/styles.xml', data: STYLES_XML }]));
}
