import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A word that must not be found, and in which forms of it a file is searched. */
interface Form {
  word: string;
  bytes: Buffer;
}

/** Half of a word is looked for as well where it is this long: a page of a database may end in the middle of the whole. */
const LONG_HALF = 12;
const CHUNK = 4 * 1024 * 1024;

/**
 * Which of these words stand in some files: as they are (UTF-8), as JSON writes them, in UTF-16 either way round, and in
 * hexadecimal as a dump of PostgreSQL writes bytes. One pass over each file, whatever the number of words.
 *
 * @returns the words found, sorted, with the names of the files
 */
export async function wordsIn(files: readonly string[], words: Iterable<string>): Promise<Map<string, Set<string>>> {
  const forms = [...words].flatMap(formsOf);
  const heads = new Map<number, Form[]>();
  for (const form of forms) {
    const head = form.bytes.readUInt32BE(0);
    heads.set(head, [...(heads.get(head) ?? []), form]);
  }
  const longest = Math.max(...forms.map(({ bytes }) => bytes.length));
  const found = new Map<string, Set<string>>();
  for (const file of files) {
    let rest = Buffer.alloc(0);
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) {
      const piece = Buffer.concat([rest, chunk as Buffer]);
      for (const word of within(piece, heads)) found.set(word, (found.get(word) ?? new Set()).add(file));
      rest = piece.subarray(Math.max(0, piece.length - longest));
    }
  }
  return found;
}

/** All files under a folder. */
export function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
}

/**
 * The words of some data that no server of somebody else's may hold: whatever is text (it has a space), an address or a
 * link, and every title or name of one word.
 */
export function wordsOf(data: unknown, name = ''): Set<string> {
  if (typeof data === 'string') return new Set(isWord(data, name) ? [data.trim()] : []);
  if (typeof data !== 'object' || data === null) return new Set();
  return new Set(Object.entries(data).flatMap(([key, value]) => [...wordsOf(value, Array.isArray(data) ? name : key)]));
}

const SHORTEST = 6;
const NAMES = /^(title|name|by|ownerTitle)$/;

function isWord(text: string, name: string): boolean {
  return text.trim().length >= SHORTEST && (/\s|@|:\/\//.test(text.trim()) || NAMES.test(name));
}

function* within(piece: Buffer, heads: Map<number, Form[]>): Generator<string> {
  const firsts = new Uint8Array(65_536);
  for (const head of heads.keys()) firsts[head >>> 16] = 1;
  for (let at = 0; at + 4 <= piece.length; at++) {
    if (firsts[((piece[at] ?? 0) << 8) | (piece[at + 1] ?? 0)] === 0) continue;
    for (const { word, bytes } of heads.get(piece.readUInt32BE(at)) ?? [])
      if (bytes.equals(piece.subarray(at, at + bytes.length))) yield word;
  }
}

function formsOf(word: string): Form[] {
  const half = Math.ceil(word.length / 2);
  const whole = [word, JSON.stringify(word).slice(1, -1)];
  const halves =
    half < LONG_HALF ? [] : [word.slice(0, half), word.slice(half)].filter((each) => each.length >= LONG_HALF);
  return [...new Set([...whole, ...halves])].flatMap((text) => {
    const utf16 = Buffer.from(text, 'utf16le');
    const all = [Buffer.from(text), utf16, Buffer.from(utf16).swap16(), Buffer.from(Buffer.from(text).toString('hex'))];
    return all.map((bytes) => ({ word, bytes }));
  });
}
