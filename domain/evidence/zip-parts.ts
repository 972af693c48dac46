import { EVIDENCE_LIMITS } from './kinds.ts';

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
/** A comment after the directory's end has at most so many bytes. */
const MAX_COMMENT = 65_535;

/**
 * The names of what a ZIP archive holds, from the directory at its end; nothing is unpacked. Undefined where that can't be
 * read, or lists more than is taken (`EVIDENCE_LIMITS.parts`).
 */
export function partsOfZip(content: Uint8Array): string[] | undefined {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const end = endOf(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  if (count > EVIDENCE_LIMITS.parts) return undefined;
  const names: string[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_BYTES > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) return undefined;
    const length = view.getUint16(at + 28, true);
    if (at + ENTRY_BYTES + length > end) return undefined;
    names.push(String.fromCharCode(...content.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + length)));
    at += ENTRY_BYTES + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
}

function endOf(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= first; at--)
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  return undefined;
}
