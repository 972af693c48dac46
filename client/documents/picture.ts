import type { Picture } from '../../domain/documents/document.ts';

/** A picture of ours with its words, which it carries itself. */
export function pictureOf(svg: string): Picture {
  const [, title = ''] = /<title[^>]*>([^<]*)<\/title>/.exec(svg) ?? [];
  const [, description = ''] = /<desc[^>]*>([^<]*)<\/desc>/.exec(svg) ?? [];
  return { kind: 'picture', title: unescaped(title), description: unescaped(description), svg };
}

const LETTERS = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&amp;', '&'],
]);

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (each) => LETTERS.get(each) ?? each);
