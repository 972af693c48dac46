import { type Block, type Document, paragraph } from './document.ts';

/** Rows or items of a block; what is no table and no list has none that could be left out. */
function lengthOf(block: Block): number {
  if (block.kind === 'table') return block.rows.length;
  return block.kind === 'list' ? block.items.length : 0;
}

/** So many of each can be kept that all together are no more than `lines`: the short ones whole, and as many of each long one. */
function shareOf(lengths: readonly number[], lines: number): number {
  let left = lines;
  const sorted = lengths.filter((length) => length > 0).toSorted((a, b) => a - b);
  for (const [at, length] of sorted.entries()) {
    const each = Math.floor(left / (sorted.length - at));
    if (length > each) return each;
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}

function cut(block: Block, share: number): Block {
  if (block.kind === 'table') return { ...block, rows: block.rows.slice(0, share) };
  return block.kind === 'list' ? { ...block, items: block.items.slice(0, share) } : block;
}

/**
 * A document that can be read as one page, whatever it is made of: of its longest tables and lists the first rows, and how many
 * more there are.
 *
 * @param lines rows of tables and items of lists altogether; of each block at least one stays
 */
export function shortened(document: Document, lines: number): Document {
  const share = Math.max(1, shareOf(document.blocks.map(lengthOf), lines));
  return {
    ...document,
    blocks: document.blocks.flatMap((block): Block[] => {
      const more = lengthOf(block) - share;
      if (more <= 0) return [block];
      return [cut(block, share), paragraph(`… and ${more} more: the same as a Word document has them all.`)];
    }),
  };
}
