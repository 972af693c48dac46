import { EVIDENCE_LIMITS } from './kinds.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
/** A comment after the directory's end has at most so many bytes. */
const MAX_COMMENT = 65_535;

/** What the directory of a ZIP archive says of one part; whether it is so, unpacking shows. */
export interface ZipEntry {
  name: string;
  /** Where its own header begins, and how many bytes it has, packed and unpacked. */
  at: number;
  packed: number;
  unpacked: number;
  /** It takes a password. */
  isEncrypted: boolean;
  /** 0: not packed; 8: deflated. */
  method: number;
}

/** The names of what a ZIP archive holds; undefined as below. */
export const partsOfZip = (content: Uint8Array): string[] | undefined => entriesOfZip(content)?.map(({ name }) => name);

/**
 * What a ZIP archive holds, from the directory at its end; nothing is unpacked. Undefined where that can't be read, or
 * lists more than is taken.
 */
export function entriesOfZip(content: Uint8Array, maxParts: number = EVIDENCE_LIMITS.parts): ZipEntry[] | undefined {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const end = endOf(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  if (count > maxParts) return undefined;
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) return undefined;
    const length = view.getUint16(at + 28, true);
    if (at + ENTRY_BYTES + length > end) return undefined;
    entries.push({
      name: String.fromCharCode(...content.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + length)),
      at: view.getUint32(at + 42, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
    });
    at += ENTRY_BYTES + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function endOf(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--)
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  return undefined;
}
