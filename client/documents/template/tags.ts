import type { Tag, TemplateHandler, XmlNode } from 'easy-template-x';
import { fieldNamed, type TemplateField } from '../../../domain/documents/template-fields.ts';

/** A word in braces, as it stands in a template. */
export interface TemplateTag {
  /** With its braces. */
  text: string;
  /** As the library asks for it; undefined where there is nothing between its braces. */
  name: string | undefined;
  field: TemplateField | undefined;
  /** Whether it is a paragraph of its own in the text, not in a table, a box, a header or a footer. */
  isAlone: boolean;
}

/** Boxes in tables in controls: a text stands some 25 elements deep. */
export const MAX_DEPTH = 100;

/** The words in braces that a template has. @throws what the library throws where braces are not in pairs */
export async function tagsIn(handler: TemplateHandler, template: Buffer): Promise<TemplateTag[]> {
  const tags = await handler.parseTags(template);
  return tags.map((tag) => {
    const { name, rawText, disposition } = tag;
    const isPlain = disposition === 'SelfClosed' && name !== undefined;
    return { text: rawText, name, field: isPlain ? fieldNamed(name) : undefined, isAlone: standsAlone(tag) };
  });
}

function standsAlone(tag: Tag): boolean {
  if (tag.placement !== 'TextNode') return false;
  const paragraph = above(tag.xmlTextNode).find(({ nodeName }) => nodeName === 'w:p');
  if (paragraph === undefined || wordsOf(paragraph).trim() !== tag.rawText || hasBreak(paragraph)) return false;
  const [parent, ...others] = above(paragraph).filter(({ nodeName }) => !/^w:sdt(?:Content)?$/.test(nodeName));
  return parent?.nodeName === 'w:body' && others[0]?.nodeName === 'w:document';
}

/** What a node stands in, the nearest first. */
function above(node: XmlNode): XmlNode[] {
  const found: XmlNode[] = [];
  for (let at = node.parentNode; at !== undefined && at !== null; at = at.parentNode) found.push(at);
  return found;
}

function wordsOf(node: XmlNode): string {
  if (node.nodeType === 'Text') return node.textContent ?? '';
  return (node.childNodes ?? []).map(wordsOf).join('');
}

/** Does a section of the document end with it? */
const hasBreak = (node: XmlNode): boolean =>
  node.nodeName === 'w:sectPr' ||
  (node.childNodes ?? []).some((child) => child.nodeName.startsWith('w:') && hasBreak(child));
