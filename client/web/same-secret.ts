import { timingSafeEqual } from 'node:crypto';

/** Compares what somebody gave with a secret; how long it takes does not tell how much of it was right. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
