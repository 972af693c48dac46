const END_OF_DIRECTORY = 0x06054b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
/** 1 January 1980, 00:00: the first moment that an archive can name. */
const FIRST = { time: 0, date: (1 << 5) | 1 };

/**
 * An archive of ours, which has no comment, with the moment of its making taken out of it: the same parts are the same bytes.
 *
 * @returns a copy
 */
export function undatedZip(archive: Uint8Array): Uint8Array {
  const content = archive.slice();
  const view = new DataView(content.buffer);
  const end = content.length - END_BYTES;
  if (view.getUint32(end, true) !== END_OF_DIRECTORY) throw new Error('no archive, or one with a comment');
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const local = view.getUint32(at + 42, true);
    for (const place of [at + 12, local + 10]) {
      view.setUint16(place, FIRST.time, true);
      view.setUint16(place + 2, FIRST.date, true);
    }
    at += ENTRY_BYTES + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return content;
}
