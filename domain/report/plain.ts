import { HEADINGS } from './headings.ts';

/**
 * A text as it is compared with the words of the tables: small letters, one kind of apostrophe and dash, no mark at its end.
 *
 * @example
 * plain('What needs to improve?') // 'what needs to improve'
 */
export const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[’‘`]/g, "'")
    .replaceAll(/[–—‒‐‑]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .replace(/[\s?:.]+$/, '')
    .trim();

/** What an item of a list begins with: a bullet of any kind, or a number. */
export interface Mark {
  kind: 'bullet' | 'number';
  /** The bullet itself; of a number its form, without the digits: lists within lists differ in it. */
  form: string;
  /** The text after it. */
  rest: string;
}

/** Bullets as programs draw them; those of symbol fonts come as characters of no script. */
const BULLET = /^([•◼■▪●○◦‣⁃∙·*➢➤►❖✓\uE000-\uF8FF]|o(?=\s)|[–—-](?=\s))\s*(.*)$/su;
const NUMBER = /^(\(?)(\d{1,3}|[a-z]|[ivx]{1,5})([.)])\s+(.*)$/s;

/** The mark that a line begins with; undefined where it begins with none. */
export function markOf(text: string): Mark | undefined {
  const bullet = BULLET.exec(text.trimStart());
  if (bullet !== null) return { kind: 'bullet', form: bullet[1] ?? '', rest: bullet[2] ?? '' };
  const number = NUMBER.exec(text.trimStart());
  if (number === null) return undefined;
  const [, open = '', digits = '', close = '', rest = ''] = number;
  return { kind: 'number', form: `${open}${/\d/.test(digits) ? '1' : 'a'}${close}`, rest };
}

/** Is this the whole of a heading that begins or ends recommendations in any report? */
export const isKnownHeading = (text: string): boolean => HEADINGS.has(plain(text));
