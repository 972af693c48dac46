import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { documentOnTemplate } from '../../../client/documents/template/fill.ts';
import { lookAtTemplate } from '../../../client/documents/template/look.ts';
import { xmlText } from '../../../client/documents/xml-text.ts';
import { textOfCell } from '../../../domain/documents/document.ts';
import { formatDate } from '../../../domain/calendar/civil-date.ts';
import { withoutFields } from '../../../domain/documents/template-fields.ts';
import { everyDocument, NASTY } from '../../support/documents.ts';
import { makeTemplate, readWord } from '../../support/read-word.ts';

const folder = mkdtempSync(join(tmpdir(), 'duecourse-template-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const letterhead = join(folder, 'letterhead.docx');
makeTemplate(letterhead);

test('a letterhead that another program has written is a good template', async () => {
  expect(await lookAtTemplate(readFileSync(letterhead))).toMatchObject({
    fields: ['title', 'council', 'inspection', 'as at', 'made on', 'summary', 'content'],
    problems: [],
  });
});

const LOOKS = { 2: 'Heading 1', 3: 'Heading 2', 4: 'Heading 3' };

describe.each(Object.entries(everyDocument()))(
  'the %s on a council’s letterhead, as python-docx reads it',
  (_, made) => {
    const document = { ...made, title: `${made.title} & {braces} <i>`, about: { council: NASTY, inspection: NASTY } };
    const { blocks } = withoutFields(document, ['summary']);
    const read = (async () => {
      const file = join(folder, `${document.title.length}.docx`);
      writeFileSync(file, await documentOnTemplate(document, readFileSync(letterhead), '2026-11-28'));
      return readWord(file);
    })();

    test('has the council’s head, foot, title and looks', async () => {
      const { head, foot, title, heading, paragraphs, created } = await read;
      expect(head).toBe(`Anyborough Metropolitan Council: ${xmlText(NASTY)}`);
      expect(foot.text).toBe(`${document.title}, as at ${formatDate(document.on)}`);
      expect([title, heading, created.slice(0, 10)]).toEqual([document.title, 'Georgia', document.on]);
      expect(paragraphs.slice(0, 3)).toEqual([
        ['Title', document.title],
        ['Subtitle', xmlText(NASTY)],
        ['Normal', 'Made on Saturday 28 November 2026. In short: Not recorded.'],
      ]);
      expect(paragraphs.at(-1)).toEqual(['Normal', 'Anyborough Metropolitan Council, Town Hall']);
    });

    test('has its headings in the council’s styles, its lists, and the words of each picture', async () => {
      const { paragraphs, pictures } = await read;
      const headings = blocks.flatMap((block) => (block.kind === 'heading' ? [LOOKS[block.level]] : []));
      expect(paragraphs.flatMap(([style]) => (style.startsWith('Heading') ? [style] : []))).toEqual(headings);
      const items = blocks
        .flatMap((block) => (block.kind === 'list' ? block.items : []))
        .filter(({ tone }) => tone !== 'aside');
      expect(paragraphs.filter(([style]) => style === 'List Paragraph')).toHaveLength(items.length);
      expect(pictures).toEqual(blocks.flatMap((block) => (block.kind === 'picture' ? [block.description] : [])));
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
  },
);
