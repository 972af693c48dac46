import fc from 'fast-check';
import { expect, test } from 'vitest';
import { documentOnTemplate } from '../../../client/documents/template/fill.ts';
import { inHalves, together } from '../../../client/documents/template/torn-letters.ts';
import { documentAsWord } from '../../../client/documents/word.ts';
import type { Document } from '../../../domain/documents/document.ts';
import { editedTemplate, para } from '../../support/templates.ts';
import { wordText } from '../../support/word.ts';

test('whatever is written comes out of its halves as it went in, private letters too', () => {
  const letter = fc.oneof(
    fc.constantFrom('😀', '𝒳', 'a', '–', '\ue000', '\ue3ff', '\ue400', '\ue7ff', '\ue800', '\ue801', '\uf8ff'),
    fc.string({ unit: 'binary', maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(letter), (letters) => {
      const text = letters.join('');
      expect(inHalves(text)).not.toMatch(/[\ud800-\udbff][\udc00-\udfff]/);
      expect(together(inHalves(text))).toBe(text);
    }),
  );
});

/** A file of such letters: wherever it is taken apart, every other time it is within one. */
const MANY = Array.from({ length: 300 }, (_, n) => `${'x'.repeat(n % 3)}${'😀'.repeat(300)}`);
const document: Document = {
  ...{ title: 'Update', under: 'Anyborough Council', on: '2026-11-28' },
  blocks: MANY.map((text) => ({ kind: 'paragraph', text })),
};

test.each<[string, () => Promise<Uint8Array>]>([
  ['in the content', () => documentAsWord(document)],
  ['in the content, on a template', async () => documentOnTemplate(document, await editedTemplate({}), '2026-11-28')],
  [
    'in the template itself',
    async () => {
      const template = await editedTemplate({
        'word/document.xml': (xml) => xml.replace('<w:body>', `<w:body>${MANY.map(para).join('')}`),
      });
      return documentOnTemplate({ ...document, blocks: [] }, template, '2026-11-28');
    },
  ],
])('an emoji is whole wherever it falls %s', async (_, made) => {
  const said = wordText(await made());
  expect(said.match(/😀/gu)).toHaveLength(300 * 300);
  expect(said).not.toContain('\ufffd');
});
