import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { documentAsWord } from '../../../client/documents/word.ts';
import { xmlText } from '../../../client/documents/xml-text.ts';
import { type Block, type Document, heading, paragraph, textOfCell } from '../../../domain/documents/document.ts';
import { everyDocument } from '../../support/documents.ts';
import { readWord } from '../../support/read-word.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecourse-word-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function readBack(document: Document) {
  const file = join(folder, 'read.docx');
  writeFileSync(file, await documentAsWord(document));
  return readWord(file);
}

const STYLES = { 2: 'Heading 1', 3: 'Heading 2', 4: 'Heading 3' };
const said = ({ code, text }: Extract<Block, { kind: 'heading' }>) => (code === undefined ? text : `${text} (${code})`);

describe.each(Object.entries(everyDocument()))('the %s, as python-docx reads it', (_name, document) => {
  const { title, on, blocks } = document;
  const read = readBack(document);

  test('has its title, its day, its language, and pages with numbers', async () => {
    const { title: called, created, language, foot } = await read;
    expect([called, created.slice(0, 10), language]).toEqual([title, on, 'en-GB']);
    expect(foot.fields).toEqual(['PAGE', 'NUMPAGES']);
    expect(foot.text).toContain('Page ');
  });

  test('has its headings as headings, in their order', async () => {
    const { paragraphs } = await read;
    const headings = paragraphs.filter(([style]) => /^(Title|Heading)/i.test(style));
    expect(headings).toEqual([
      ['Title', title],
      ...blocks.flatMap((block) => (block.kind === 'heading' ? [[STYLES[block.level], xmlText(said(block))]] : [])),
    ]);
  });

  test('has the words of each picture as its alternative text', async () => {
    const pictures = blocks.flatMap((block) => (block.kind === 'picture' ? [block.description] : []));
    expect((await read).pictures).toEqual(pictures);
    for (const words of pictures) expect(words).toMatch(/\w+ .*table below\.$/);
  });

  test('has its tables whole, the head of each on every page', async () => {
    const tables = blocks.flatMap((block) => (block.kind === 'table' ? [block] : []));
    expect((await read).tables).toEqual(
      tables.map(({ heads, rows }) => ({
        repeats: true,
        rows: [heads, ...rows.map((cells) => cells.map((cell) => xmlText(textOfCell(cell))))],
      })),
    );
  });
});

test('whatever people write comes out as they wrote it, but for what XML can’t hold', async () => {
  const texts = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), 400);
  const { paragraphs } = await readBack({
    ...{ title: 'Texts', under: 'Anyborough', on: '2026-03-02' },
    blocks: [heading(2, 'Texts'), ...texts.map(paragraph)],
  });
  expect(paragraphs.slice(-texts.length).map(([, text]) => text)).toEqual(texts.map(xmlText));
});
