import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, type Document, heading, paragraph } from '../../../domain/documents/document.ts';
import { shortened } from '../../../domain/documents/shortened.ts';

const LINES = 60;
const rowsOf = (n: number) => Array.from({ length: n }, (_, at) => [`row ${at}`]);
const tableOf = (n: number): Block => ({ kind: 'table', caption: 'Rows', heads: ['Row'], rows: rowsOf(n) });
const listOf = (n: number): Block => ({ kind: 'list', items: rowsOf(n).map(([text = '']) => ({ text })) });
const documentOf = (blocks: readonly Block[]): Document => ({
  ...{ title: 'A document', under: 'Anyborough', on: '2026-11-02', blocks },
});
/** What a block has of rows or items, each by itself. */
function linesOf(block: Block): readonly unknown[] {
  if (block.kind === 'table') return block.rows;
  return block.kind === 'list' ? block.items : [];
}
const longBlocks = (blocks: readonly Block[]) => blocks.filter(({ kind }) => kind === 'table' || kind === 'list');
const MORE = /^… and (\d+) more:/;

test('a document of many blocks is no longer than it may be, and says of each how much is left out', () => {
  const block = fc.oneof(
    fc.integer({ min: 1, max: 4000 }).map(tableOf),
    fc.integer({ min: 1, max: 200 }).map(listOf),
    fc.constantFrom<Block>(heading(2, 'A part'), paragraph('A sentence.')),
  );
  fc.assert(
    fc.property(fc.array(block, { maxLength: 20 }), (blocks) => {
      const short = shortened(documentOf(blocks), LINES);
      const [before, after] = [longBlocks(blocks), longBlocks(short.blocks)];
      expect(after.flatMap(linesOf).length).toBeLessThanOrEqual(LINES);
      expect(after).toHaveLength(before.length);
      const left = before.map((each, at) => linesOf(each).length - linesOf(after[at] as Block).length);
      for (const [at, each] of after.entries())
        expect(linesOf(each)).toEqual(linesOf(before[at] as Block).slice(0, linesOf(each).length));
      const said = short.blocks.flatMap((each) => (each.kind === 'paragraph' ? (MORE.exec(each.text) ?? []) : []));
      expect(said.filter((_, at) => at % 2 === 1).map(Number)).toEqual(left.filter((n) => n > 0));
      // Nothing is left out where there is room for it.
      const cut = after.filter((_, at) => (left[at] ?? 0) > 0);
      const room = LINES - after.flatMap(linesOf).length;
      if (cut.length > 0) expect(room).toBeLessThan(cut.length);
    }),
  );
});

test('each block keeps its first row, though there is room for none', () => {
  const short = shortened(documentOf(Array.from({ length: 100 }, () => tableOf(3))), LINES);
  expect(longBlocks(short.blocks).map((each) => linesOf(each).length)).toEqual(Array.from({ length: 100 }, () => 1));
});

test('what fits stays as it is', () => {
  const document = documentOf([heading(2, 'A part'), tableOf(LINES - 10), listOf(10)]);
  expect(shortened(document, LINES)).toEqual(document);
});
