import { partsOfZip } from '../../workbook/parts-of-zip.ts';
import { TEMPLATE_LIMITS, type Unfit } from './unfit.ts';

/** A Word document's parts. */
export interface WordPackage {
  parts: ReadonlyMap<string, Buffer>;
  /** Where its text is. */
  main: string;
}

/** One thing that a part of a document is joined to. */
export interface Related {
  id: string;
  /** The last word of its type: 'styles', 'hyperlink'. */
  type: string;
  target: string;
  isOutside: boolean;
}

/** What every file of Word before 2007 begins with, and every one with a password since. */
const OLD = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
const OURS = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const STRICT = 'http://purl.oclc.org/ooxml/wordprocessingml/main';
const TAG = '<'.charCodeAt(0);

/** A Word document taken apart within bounds, before anything of it is taken for what it says. @returns or why it is not */
export function wordPackage(file: Buffer): WordPackage | Unfit {
  if (file.length === 0) return 'empty';
  if (file.length > TEMPLATE_LIMITS.fileBytes) return 'large';
  if (file.subarray(0, OLD.length).equals(OLD))
    return file.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'old';
  if (!file.subarray(0, ZIP.length).equals(ZIP)) return 'no-word';
  const found = partsOfZip(file, TEMPLATE_LIMITS);
  if (typeof found === 'string') return found;
  const parts = new Map(found.map(({ name, content }) => [name, content]));
  if (parts.size < found.length) return 'damaged';
  return ofWord(parts);
}

function ofWord(parts: ReadonlyMap<string, Buffer>): WordPackage | Unfit {
  const types = parts.get('[Content_Types].xml') ?? Buffer.alloc(0);
  if (types.includes('macroEnabled') || [...parts.keys()].some((name) => /vba(?:project|data)/i.test(name)))
    return 'macros';
  if (!/wordprocessingml\.(?:document|template)\.main\+xml/.test(types.toString('latin1'))) return 'no-word';
  const main = relatedIn({ parts, main: '' }, '').find(({ type }) => type === 'officeDocument')?.target ?? '';
  const text = parts.get(main)?.toString('utf8') ?? '';
  if (text.includes(STRICT)) return 'strict';
  // Other programs may call the same by another name; Word, LibreOffice and Pages call it so.
  if (!text.includes(`xmlns:w="${OURS}"`) || !/<w:body[ >]/.test(text)) return 'damaged';
  let tags = 0;
  for (const [name, content] of parts) {
    if (!isXml(name)) continue;
    // No Word document declares entities of its own.
    if (content.includes('<!DOCTYPE') || content.includes('<!ENTITY')) return 'damaged';
    if (!hasWords(name)) continue;
    for (let at = content.indexOf(TAG); at !== -1; at = content.indexOf(TAG, at + 1))
      if (++tags > TEMPLATE_LIMITS.tags) return 'long';
  }
  return { parts, main };
}

const isXml = (name: string): boolean => /\.(?:xml|rels)$/i.test(name);

/** Is it the text, a header or footer, or notes? The styles have thousands of elements, and no words. */
const hasWords = (name: string): boolean =>
  isXml(name) && /(?:document|header|footer|footnotes|endnotes|glossary)/i.test(name);

/** The parts that have words, each as it is written. */
export const textsIn = ({ parts }: WordPackage): { name: string; xml: string }[] =>
  [...parts].flatMap(([name, content]) =>
    hasWords(name) && name.endsWith('.xml') ? [{ name, xml: content.toString('utf8') }] : [],
  );

/** The name of the part that says what another is joined to. @param part '' for the whole file */
export function relationsOf(part: string): string {
  const at = part.lastIndexOf('/') + 1;
  return `${part.slice(0, at)}_rels/${part.slice(at)}.rels`;
}

/** What a part is joined to. @param part '' for the whole file */
export function relatedIn({ parts }: WordPackage, part: string): Related[] {
  const xml = parts.get(relationsOf(part))?.toString('utf8') ?? '';
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  return [...xml.matchAll(/<Relationship\s[^>]*>/g)].map(([tag]) => {
    const isOutside = attribute(tag, 'TargetMode') === 'External';
    const target = attribute(tag, 'Target');
    return {
      id: attribute(tag, 'Id'),
      type: attribute(tag, 'Type').replace(/.*\//, ''),
      target: isOutside ? target : inFolder(folder, target),
      isOutside,
    };
  });
}

/** Where a target is, from the root: `../customXml/item1.xml` beside `word/`; '' where that can't be said. */
function inFolder(folder: string, target: string): string {
  try {
    return decodeURI(new URL(target, `file:///${folder}`).pathname.slice(1));
  } catch {
    return '';
  }
}

/** @returns '' where it has none of that name */
export const attribute = (tag: string, name: string): string =>
  unescaped(new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`).exec(tag)?.slice(1).find(Boolean) ?? '');

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
