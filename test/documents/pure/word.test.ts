import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { columnWidths } from '../../../client/documents/column-widths.ts';
import { documentAsWord } from '../../../client/documents/word.ts';
import { renderDocument } from '../../../client/web/render.ts';
import { documentAsMarkdown } from '../../../domain/documents/as-markdown.ts';
import {
  type Document,
  heading,
  list,
  paragraph,
  table,
  textOfCell,
  writeBlock,
} from '../../../domain/documents/document.ts';
import { ofCouncil } from '../../../domain/documents/of-council.ts';
import { everyDocument, NASTY } from '../../support/documents.ts';
import { htmlValidator } from '../../support/html-validator.ts';
import { wordParts, wordText } from '../../support/word.ts';

const SMALL: Document = {
  title: 'A document',
  under: 'Anyborough Council',
  on: '2026-03-02',
  blocks: [
    heading(2, 'First'),
    paragraph('One line.\nAnother.'),
    list(['a', 'b'], 'none'),
    table('Themes', ['Theme', 'Rating'], [['Practice', { text: 'Red', rag: 'red' }]], 'none'),
  ],
};

afterEach(() => {
  vi.useRealTimers();
});

test('the same document is the same file, whenever it is made; another day or word is another', async () => {
  const madeAt = async (now: string, document: Document) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
    return Buffer.from(await documentAsWord(document)).toString('hex');
  };
  const first = await madeAt('2026-03-02T10:00:00.000Z', SMALL);
  expect(await madeAt('2031-11-05T23:59:58.000Z', SMALL)).toBe(first);
  expect(await madeAt('2026-03-02T10:00:00.000Z', { ...SMALL, on: '2026-03-03' })).not.toBe(first);
  expect(await madeAt('2026-03-02T10:00:00.000Z', { ...SMALL, title: 'Another' })).not.toBe(first);
  const pack = everyDocument()['board pack'];
  expect(pack.blocks.filter(({ kind }) => kind === 'picture')).toHaveLength(3);
  expect(await madeAt('2031-11-05T23:59:58.000Z', pack)).toBe(await madeAt('2026-03-02T10:00:00.000Z', pack));
});

test('a list or a table of nothing says what it would have said', () => {
  expect([list([], 'Nobody.'), table('Themes', ['Theme'], [], 'None.')]).toEqual([
    paragraph('Nobody.'),
    paragraph('None.'),
  ]);
});

test('an invented council’s document says so before all else, in every form', async () => {
  const invented = ofCouncil({ demonstration: true }, SMALL);
  const words = /^\**Demonstration\. This council is invented/;
  expect(documentAsMarkdown(invented)).toMatch(words);
  expect(wordText(await documentAsWord(invented))).toMatch(words);
  expect(renderDocument(invented)).toContain('<strong>Demonstration. This council is invented');
  expect(ofCouncil({}, SMALL)).toBe(SMALL);
});

describe.each(Object.entries(everyDocument()))('the %s', (_name, document) => {
  const words = document.blocks.flatMap((block) =>
    writeBlock<string[]>(block, {
      heading: ({ text }) => [text],
      paragraph: ({ text }) => text.split('\n'),
      list: ({ items }) => items.map(({ text }) => text),
      // Its words stand beside it, not in the text.
      picture: () => [],
      table: ({ rows }) => rows.flat().map(textOfCell),
    }),
  );

  test('has every word of it in Word', async () => {
    const text = wordText(await documentAsWord(document));
    const missing = words.filter((each) => !text.includes(each.trim().replaceAll('\u0001', '')));
    expect(missing).toEqual([]);
  });

  test('is a valid page, and runs nothing', async () => {
    const html = renderDocument(document, '/somewhere/word');
    expect(html).toContain('<a href="/somewhere/word">');
    expect(html).not.toContain('<b>');
    const validator = htmlValidator({ extends: ['html-validate:recommended', 'html-validate:a11y'] });
    const { results } = await validator.validateString(html);
    expect(results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))).toEqual(
      [],
    );
  });

  test('has rows of Markdown with as many cells as their head', () => {
    const cells = (line: string) => line.replaceAll('\\|', '').split('|').length;
    const lines = documentAsMarkdown(document).split('\n');
    const unlike = lines.filter((line, at) => {
      const above = lines[at - 1] ?? '';
      return line.startsWith('|') && above.startsWith('|') && cells(line) !== cells(above);
    });
    expect(unlike).toEqual([]);
  });
});

test('what people write is text in Word, and what XML can’t hold is left out', async () => {
  const file = await documentAsWord({ ...SMALL, title: NASTY, under: NASTY, blocks: [paragraph(NASTY)] });
  const parts = wordParts(file);
  for (const [, xml] of parts) expect(xml).not.toContain('<b>');
  for (const name of ['word/document.xml', 'docProps/core.xml', 'word/footer1.xml'])
    expect(parts.get(name)).toContain('Ash &amp; Elm &lt;b&gt;');
});

test('the widths of columns add up, none is nothing, and the longer text has the wider one', () => {
  const cell = fc.string({ maxLength: 400 });
  const tables = fc.integer({ min: 1, max: 9 }).chain((columns) =>
    fc.record({
      heads: fc.array(cell, { minLength: columns, maxLength: columns }),
      rows: fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 5 }),
    }),
  );
  fc.assert(
    fc.property(tables, (made) => {
      const widths = columnWidths(made, 9_866);
      expect(widths.reduce((sum, each) => sum + each, 0)).toBe(9_866);
      expect(Math.min(...widths)).toBeGreaterThan(100);
    }),
  );
  // As many actions as one plan may have.
  const many = Array.from({ length: 4_000 }, () => ['Fri', 'word '.repeat(60)]);
  expect(columnWidths({ heads: ['Due', 'Said'], rows: many }, 9_866)).toHaveLength(2);
  const [short = 0, long = 0] = columnWidths({ heads: ['Due', 'Said'], rows: [['Fri', 'word '.repeat(40)]] }, 9_866);
  expect(long).toBeGreaterThan(2 * short);
});
