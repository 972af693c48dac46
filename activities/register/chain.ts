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
  return createHash('sha256').update(JSON.stringify([previous, authority, reference, key, number, body])).digest('hex');
}

/** JSON with its keys in order, so that the same content is always the same text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))) : each,
  );
}
