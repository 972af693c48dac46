import { exampleTemplate } from '../../client/documents/template/example.ts';
import { partsOfZip } from '../../client/workbook/parts-of-zip.ts';
import { zipOf } from './zip.ts';

/** What each part of a Word document becomes; null takes it away, what is not there is put in. */
export type Edits = Readonly<Record<string, ((text: string) => string) | string | null>>;

/** The template to begin with, edited as no program would. */
export async function editedTemplate(edits: Edits): Promise<Buffer> {
  return editedWord(Buffer.from(await exampleTemplate()), edits);
}

function editedWord(file: Buffer, edits: Edits): Buffer {
  const parts = partsOfZip(file);
  if (typeof parts === 'string') throw new Error(parts);
  const kept = parts.filter(({ name }) => !name.endsWith('/') && edits[name] !== null);
  const added = Object.entries(edits).flatMap(([name, text]) =>
    typeof text === 'string' && !kept.some((each) => each.name === name) ? [{ name, content: text }] : [],
  );
  return zipOf([
    ...kept.map(({ name, content }) => {
      const edit = edits[name];
      if (edit === undefined || edit === null) return { name, content };
      return { name, content: typeof edit === 'string' ? edit : edit(content.toString('utf8')) };
    }),
    ...added,
  ]);
}

const DOCUMENT = 'word/document.xml';

/** The same with something else where its content is; what is put in is WordprocessingML. */
export const withContent = (content: string): Promise<Buffer> =>
  editedTemplate({ [DOCUMENT]: (xml) => xml.replace(CONTENT, () => content) });

/** The paragraph in which the content stands. */
const CONTENT = /<w:p><w:r><w:t[^>]*>\{content\}<\/w:t><\/w:r><\/w:p>/;

/** A paragraph of these words. */
export const para = (words: string): string => `<w:p><w:r><w:t xml:space="preserve">${words}</w:t></w:r></w:p>`;
