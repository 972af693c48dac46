import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Long words that somebody has said: the register has them, sealed, under an entry's number; here is what proves them. */
export interface Words {
  /** The number of the inspection's own entry that holds them. */
  seq: number;
  /** SHA-256 of the text in UTF-8, 64 hexadecimal digits. */
  hash: string;
}

/** @param seq the number that the entry with these words is going to have */
export function wordsOf(text: string, seq: number): Words {
  return { seq, hash: hashOfText(text) };
}

/** SHA-256 of a text in UTF-8, as 64 hexadecimal digits. */
export function hashOfText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
