import { entriesOfZip } from '../../domain/evidence/zip-parts.ts';
import { unpackedPart } from '../files/unpacked-part.ts';
import { type Unusable, WORKBOOK_LIMITS } from './unusable.ts';

/** One part of a workbook's archive. */
export interface ZipPart {
  name: string;
  content: Buffer;
}

/**
 * The parts of an archive, unpacked within bounds: what says that it is small and becomes large is given up where it reaches them.
 *
 * @returns or why it is not read
 */
export function partsOfZip(file: Buffer): ZipPart[] | Unusable {
  const entries = entriesOfZip(file, Infinity);
  if (entries === undefined) return 'damaged';
  if (entries.length > WORKBOOK_LIMITS.parts) return 'many-parts';
  const parts: ZipPart[] = [];
  let left: number = WORKBOOK_LIMITS.unpackedBytes;
  for (const entry of entries) {
    if (entry.isEncrypted) return 'encrypted';
    const content = entry.unpacked > left ? 'unpacks' : unpackedPart(file, entry, left);
    if (typeof content === 'string') return content;
    left -= content.length;
    parts.push({ name: entry.name.replace(/^\//, ''), content });
  }
  return parts;
}
