import { createHash } from 'node:crypto';

/** The hash before an authority's first entry. */
export const GENESIS = '0'.repeat(64);

/** An entry's place in its authority's chain, with its content to the letter. */
export interface Link {
  authority: string;
  reference: string;
  /** What it may be appended under once: a lifecycle's own number, or a mail's. */
  key: string;
  number: number;
  body: string;
}

/** SHA-256 over the hash before and everything that the entry says, as 64 hexadecimal digits. */
export function hashOf(previous: string, { authority, reference, key, number, body }: Link): string {
  return createHash('sha256')
    .update(JSON.stringify([previous, authority, reference, key, number, body]))
    .digest('hex');
}

/** NUL, which PostgreSQL's text can't hold, and halves of a surrogate pair, which UTF-8 can't say. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

/**
 * A value as the database can hold it: what JSON can't say is gone, and each character that can't be stored is a
 * replacement sign. Replaced, not refused: a record must reach the register whatever somebody pasted into a reason.
 */
export function storable<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, each: unknown) => {
    if (typeof each === 'string') return well(each);
    return isObject(each) ? Object.fromEntries(Object.entries(each).map(([key, inner]) => [well(key), inner])) : each;
  }) as T;
}

const well = (text: string): string => text.replace(UNSTORABLE, '\ufffd');

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
