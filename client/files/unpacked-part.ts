import { inflateRawSync } from 'node:zlib';
import type { ZipEntry } from '../../domain/evidence/zip-parts.ts';

const LOCAL_HEADER = 0x04034b50;
const HEADER_BYTES = 30;

/**
 * A part of an archive, unpacked; what says that it is small and becomes large is given up at the bound.
 *
 * @returns or why it is not: its archive is damaged, or it unpacks into more
 */
export function unpackedPart(
  archive: Buffer,
  { at, packed, method }: ZipEntry,
  maxBytes: number,
): Buffer | 'damaged' | 'unpacks' {
  if (at + HEADER_BYTES > archive.length || archive.readUInt32LE(at) !== LOCAL_HEADER) return 'damaged';
  const from = at + HEADER_BYTES + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  if (from + packed > archive.length) return 'damaged';
  const bytes = archive.subarray(from, from + packed);
  if (method === 0) return bytes.length > maxBytes ? 'unpacks' : bytes;
  if (method !== 8) return 'damaged';
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, maxBytes) });
  } catch (error) {
    return error instanceof RangeError ? 'unpacks' : 'damaged';
  }
}
