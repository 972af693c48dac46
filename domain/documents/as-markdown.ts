import { escapedMarkdown, markdownLine } from '../markdown.ts';
import { type BlockWriters, type Document, textOfCell, writeBlock } from './document.ts';

/** A document as Markdown. Text from people can't become markup. */
export function documentAsMarkdown({ title, under, notice, blocks }: Document): string {
  return `${[
    ...(notice === undefined ? [] : [`**${markdownLine(notice)}**`]),
    `# ${markdownLine(title)}`,
    markdownLine(under),
    ...blocks.map((block) => writeBlock(block, BLOCKS)),
  ].join('\n\n')}\n`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const BLOCKS: BlockWriters<string> = {
  heading: ({ level, text, code }) =>
    `${'#'.repeat(level)} ${markdownLine(text)}${code === undefined ? '' : ` (\`${code}\`)`}`,
  paragraph: ({ text, strong }) => (strong === true ? `**${escapedMarkdown(text)}**` : escapedMarkdown(text)),
  list: ({ items }) =>
    items
      .map(({ text, tone }) => {
        const line = markdownLine(text.trim());
        return `- ${tone === 'doubtful' ? `**${line}**` : line}`;
      })
      .join('\n'),
  picture: ({ title, description }) => `*${markdownLine(title)}:* ${markdownLine(description)}`,
  table: ({ caption, heads, rows }) =>
    [
      `${markdownLine(caption)}:`,
      '',
      row(heads.map(markdownLine)),
      `|${heads.map(() => ' --- ').join('|')}|`,
      ...rows.map((cells) => row(cells.map((cell) => markdownLine(textOfCell(cell))))),
    ].join('\n'),
};
