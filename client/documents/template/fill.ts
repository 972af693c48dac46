import * as docx from 'docx';
import { TemplateHandler, Zip } from 'easy-template-x';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Document } from '../../../domain/documents/document.ts';
import { textsOf, withoutFields } from '../../../domain/documents/template-fields.ts';
import { BadRequest } from '../../bad-request.ts';
import { type ZipPart, partsOfZip } from '../../workbook/parts-of-zip.ts';
import { undatedZip } from '../undated-zip.ts';
import { coreOf } from '../word.ts';
import { BULLETS, contentOf, noticeOf } from '../word-content.ts';
import { xmlText } from '../xml-text.ts';
import { changeTexts, inHalves, putText, together } from './torn-letters.ts';
import { joinInto, textOf } from './join.ts';
import { MAX_DEPTH, tagsIn } from './tags.ts';
import { UNFIT } from './unfit.ts';
import { attribute, relatedIn, wordPackage } from './word-package.ts';

/** The text of an A4 page with usual margins, in twentieths of a point: where a template says nothing of its pages. */
const USUAL_WIDTH = 9_026;
const MIN_WIDTH = 4_000;
/** What a document of ours may unpack into: a plan of 4,000 actions has a tenth of it. */
const OURS = { parts: 10_000, unpackedBytes: 400_000_000 };

/** Where the content comes, until it does; the library need not take our own content apart again. */
const PLACE = '<w:p><w:r><w:t>duecourse: the content</w:t></w:r></w:p>';

/**
 * A document on a council's own template: its letterhead, its styles, its headers and footers. The same document made on the
 * same day on the same template is the same bytes.
 *
 * @throws BadRequest where the template can't be used
 */
export async function documentOnTemplate(document: Document, template: Buffer, madeOn: CivilDate): Promise<Uint8Array> {
  const opened = wordPackage(template);
  if (typeof opened === 'string') throw new BadRequest(UNFIT[opened]);
  const handler = new TemplateHandler({ maxXmlDepth: MAX_DEPTH });
  const tags = await tagsIn(handler, template);
  const texts = textsOf(document, madeOn);
  const untorn = await Zip.load(template);
  const filled = await handler.process(
    (await changeTexts(untorn, inHalves)) ? await untorn.export(Buffer) : template,
    Object.fromEntries(
      tags.flatMap(({ name, field }) => {
        if (name === undefined || field === undefined) return [];
        const content = { _type: 'rawXml', xml: PLACE, replaceParagraph: true };
        return [[name, field === 'content' ? content : inHalves(xmlText(texts[field]))]];
      }),
    ),
  );
  const zip = await Zip.load(filled);
  await changeTexts(zip, together);
  const main = await textOf(zip, opened.main);
  const at = main.indexOf(PLACE);
  if (at === -1) throw new BadRequest(UNFIT.damaged);
  const own = withoutFields(
    document,
    tags.flatMap(({ field }) => field ?? []),
  );
  const ours = await packed(own, widthAt(main, at));
  await joinInto({ zip, opened, main, at, place: PLACE, ours });
  const core = relatedIn(opened, '').find(({ type }) => type === 'core-properties');
  if (core !== undefined) putText(zip, core.target, coreOf(document));
  return undatedZip(await zip.export(Buffer));
}

/** What stands below the title, as a Word document of its own. */
async function packed(document: Document, width: number): Promise<ZipPart[]> {
  const file = new docx.Document({
    numbering: { config: [BULLETS] },
    sections: [{ children: [...noticeOf(document), ...(await contentOf(document, width))] }],
  });
  const parts = partsOfZip(await docx.Packer.toBuffer(file), OURS);
  if (typeof parts === 'string') throw new Error(`a document of ours: ${parts}`);
  return parts;
}

/** How wide the text is at a place of the document: its section says so at its end. */
function widthAt(main: string, at: number): number {
  const [section = ''] = /<w:sectPr[ >].*?<\/w:sectPr>/s.exec(main.slice(at)) ?? [];
  const of = (element: string, ...names: string[]) => {
    const [tag = ''] = new RegExp(`<w:${element}\\s[^>]*>`).exec(section) ?? [];
    return names.reduce((sum, name) => sum + (Number(attribute(tag, `w:${name}`)) || 0), 0);
  };
  const page = of('pgSz', 'w');
  if (page === 0) return USUAL_WIDTH;
  return Math.max(MIN_WIDTH, page - of('pgMar', 'left', 'right', 'gutter'));
}
