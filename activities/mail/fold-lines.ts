/** Bytes of a content line before it goes on in the next; the library's own number. */
const LONGEST = 74;

/**
 * Folds the lines of a calendar file (RFC 5545, 3.1) exactly as ical-generator does, which takes a new encoder to every
 * character: more than half of the worker's time for a mail went into that.
 */
export function foldLines(text: string): string {
  return text
    .split('\r\n')
    .map((line) => (Buffer.byteLength(line) <= LONGEST ? line : folded(line)))
    .join('\r\n');
}

function folded(line: string): string {
  const parts: string[] = [];
  let from = 0;
  let bytes = 0;
  let at = 0;
  for (const character of line) {
    const size = sizeOf(character.codePointAt(0) ?? 0);
    bytes += size;
    if (bytes > LONGEST) {
      parts.push(line.slice(from, at));
      from = at;
      bytes = size;
    }
    at += character.length;
  }
  parts.push(line.slice(from));
  return parts.join('\r\n ');
}

/** Bytes of a character in UTF-8; half of a surrogate pair is written as a replacement sign, which has three. */
function sizeOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
