import { entriesOfZip } from '../../domain/evidence/zip-parts.ts';
import { unpackedPart } from '../files/unpacked-part.ts';
import { type Unusable, WORKBOOK_LIMITS } from './unusable.ts';

/** One part of a workbook's archive. */
export interface ZipPart {
  name: string;
  content: Buffer;
}

/** Why an archive is not unpacked. */
export type NotUnpacked = Extract<Unusable, 'damaged' | 'many-parts' | 'encrypted' | 'unpacks'>;

/**
 * The parts of an archive, unpacked within bounds: what says that it is small and becomes large is given up where it reaches them.
 *
 * @returns or why it is not read
 */
export function partsOfZip(
  file: Buffer,
  limits: { parts: number; unpackedBytes: number } = WORKBOOK_LIMITS,
): ZipPart[] | NotUnpacked {
  const entries = entriesOfZip(file, Infinity);
  if (entries === undefined) return 'damaged';
  if (entries.length > limits.parts) return 'many-parts';
  const parts: ZipPart[] = [];
  let left = limits.unpackedBytes;
  for (const entry of entries) {
    if (entry.isEncrypted) return 'encrypted';
    const content = entry.unpacked > left ? 'unpacks' : unpackedPart(file, entry, left);
    if (typeof content === 'string') return content;
    left -= content.length;
    parts.push({ name: entry.name.replace(/^\//, ''), content });
  }
  return parts;
}
