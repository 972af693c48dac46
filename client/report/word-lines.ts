import mammoth from 'mammoth';
import type { ReportLine } from '../../domain/report/line.ts';
import { BadRequest } from '../bad-request.ts';
import { counter, type ReadLines } from './lines.ts';
import { mustBeSound } from './word-package.ts';

/** A part of a Word document as mammoth has it, as far as it is looked at. */
interface Node {
  type: string;
  children?: Node[];
  value?: string;
  styleName?: string | null;
  numbering?: { level: string; isOrdered: boolean } | null;
}

const CHANGED =
  'This document has tracked changes. It was read as if all of them were accepted: what was put in counts, what was struck out does not.';

/**
 * The lines of a Word document: each paragraph, and each paragraph in a cell of a table, is one. Changes that are tracked
 * count as accepted. Where its pages end, Word alone knows.
 *
 * @throws BadRequest where it can't be read
 */
export async function linesOfWord(content: Buffer): Promise<ReadLines> {
  const { hasChanges } = mustBeSound(content);
  const lines = linesIn(await bodyOf(content));
  if (lines.length === 0) throw new BadRequest('This Word document has no text in it.');
  return { lines, notes: hasChanges ? [CHANGED] : [] };
}

async function bodyOf(buffer: Buffer): Promise<Node> {
  let body: Node = { type: 'document' };
  try {
    await mammoth.convertToHtml(
      { buffer },
      {
        // Its parts are looked at as they are; nothing is made of them.
        transformDocument: (document: Node) => {
          body = document;
          return { ...document, children: [] };
        },
      },
    );
  } catch {
    throw new BadRequest(
      'This Word document is damaged, and can’t be read. Save it again as .docx, or paste its text.',
    );
  }
  return body;
}

function linesIn(body: Node): ReportLine[] {
  const count = counter();
  const lines: ReportLine[] = [];
  const visit = (node: Node): void => {
    if (node.type !== 'paragraph') {
      node.children?.forEach(visit);
      return;
    }
    const text = textOf(node);
    count(text);
    if (text.trim() === '') return;
    const isHeading = /^(?:heading|title|subtitle)/i.test(node.styleName ?? '');
    const isItem = node.numbering !== null && node.numbering !== undefined && !isHeading;
    const mark = !isItem ? '' : Number(node.numbering?.level) > 0 ? '○ ' : '• ';
    for (const [index, part] of text.split('\n').entries())
      if (part.trim() !== '')
        lines.push({
          line: lines.length + 1,
          isParagraph: true,
          text: `${index === 0 ? mark : ''}${part.trim()}`,
          gap: index === 0,
          ...(isHeading ? { look: 'heading' as const } : {}),
        });
  };
  visit(body);
  return lines;
}

function textOf({ type, value, children = [] }: Node): string {
  if (type === 'text') return value ?? '';
  if (type === 'tab') return '\t';
  if (type === 'break') return '\n';
  return children.map(textOf).join('');
}
