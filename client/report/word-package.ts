import { type ZipEntry, entriesOfZip } from '../../domain/evidence/zip-parts.ts';
import { BadRequest } from '../bad-request.ts';
import { unpackedPart } from '../files/unpacked-part.ts';

const MAIN = 'word/document.xml';
/** What the parts that are read may have unpacked, each and in all, in bytes: a report of 300 pages has some 3 MB. */
const MAX_PART = 8_000_000;
const MAX_ALL = 20_000_000;
/** So many elements, each counted twice, take a second and a half: a report of 300 pages has half of them. */
const MAX_TAGS = 300_000;

const DAMAGED = 'This Word document is damaged, and can’t be read. Save it again as .docx, or paste its text.';

/**
 * Looks into a Word document before it is read: unpacked by ourselves, whatever it says of itself, so that none unpacks
 * into more than there is room for.
 *
 * @throws BadRequest where it is no Word document, is damaged, or holds more than a report does
 */
export function mustBeSound(content: Buffer): { hasChanges: boolean } {
  const entries = entriesOfZip(content);
  if (entries === undefined) throw new BadRequest(DAMAGED);
  const parts = entries.filter(({ name }) => /\.(?:xml|rels)$/i.test(name));
  if (!entries.some(({ name }) => name === MAIN))
    throw new BadRequest('This is an archive, but no Word document (.docx). Give a PDF, a Word document or a text.');
  if (new Set(entries.map(({ name }) => name)).size < entries.length) throw new BadRequest(DAMAGED);
  let all = 0;
  let hasChanges = false;
  for (const part of parts) {
    const xml = unpacked(content, part);
    all += xml.length;
    if (all > MAX_ALL || tagsIn(xml) > MAX_TAGS) throw tooMuch();
    // No Word document declares entities of its own.
    if (xml.includes('<!DOCTYPE') || xml.includes('<!ENTITY')) throw new BadRequest(DAMAGED);
    if (part.name === MAIN) hasChanges = /<w:(?:ins|del|moveFrom|moveTo)[ >]/.test(xml.toString('utf8'));
  }
  return { hasChanges };
}

const tooMuch = (): BadRequest =>
  new BadRequest(
    'This Word document unpacks into more than a report holds, and was not read. Save it again without what is embedded in it, or paste its text.',
  );

function tagsIn(xml: Buffer): number {
  let tags = 0;
  for (let at = xml.indexOf(TAG); at !== -1 && tags <= MAX_TAGS; at = xml.indexOf(TAG, at + 1)) tags++;
  return tags;
}

const TAG = '<'.charCodeAt(0);

function unpacked(content: Buffer, part: ZipEntry): Buffer {
  const found = unpackedPart(content, part, MAX_PART);
  if (found === 'unpacks') throw tooMuch();
  if (found === 'damaged') throw new BadRequest(DAMAGED);
  return found;
}
