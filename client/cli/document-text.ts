import { type BlockWriters, type Document, textOfCell, writeBlock } from '../../domain/documents/document.ts';
import { colours, table } from './terminal.ts';

/** A document to read on a terminal. */
export function documentAsText({ title, under, notice, blocks }: Document): string {
  return `${[
    ...(notice === undefined ? [] : [colours.yellow(notice)]),
    colours.bold(title),
    under,
    ...blocks.map((block) => writeBlock(block, BLOCKS)),
  ].join('\n')}\n`;
}

const INDENT = '   ';

const BLOCKS: BlockWriters<string> = {
  heading: ({ text, code }) => `\n${colours.bold(code === undefined ? text : `${text} (${code})`)}`,
  paragraph: ({ text, strong }) => `${INDENT}${strong === true ? colours.bold(text) : text}`,
  list: ({ items }) =>
    items.map(({ text, tone }) => `${INDENT}- ${tone === 'doubtful' ? colours.yellow(text) : text}`).join('\n'),
  picture: ({ title, description }) => `${INDENT}${title}: ${description}`,
  table: ({ heads, rows }) =>
    table(
      [...heads],
      rows.map((cells) => cells.map(textOfCell)),
      0,
    ),
};
