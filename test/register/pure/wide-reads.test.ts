import { expect, test } from 'vitest';
import { wideInTurn } from '../../../register/wide-reads.ts';

const council = (count: number) => ({ authorities: Array.from({ length: count }, (_, n) => `council-${n}`) });

test('reads of all councils go one after the other; those of one do not wait for them', async () => {
  const begun: string[] = [];
  const kinds: unknown[] = [];
  const database = {
    query: () => Promise.resolve([]),
    inTransaction: <T>(work: (queries: { query: () => Promise<never[]> }) => Promise<T>, kind?: unknown) => {
      kinds.push(kind);
      return work({ query: () => Promise.resolve([]) });
    },
  };
  const inTurn = wideInTurn(database);
  let end = (): void => undefined;
  const first = inTurn(council(153), () => {
    begun.push('the operator’s first');
    return new Promise<void>((resolve) => (end = resolve));
  });
  const read = (what: string, count: number) =>
    inTurn(council(count), () => {
      begun.push(what);
      return Promise.resolve(what);
    });
  const second = read('the operator’s second', 153);
  expect(await read('a council’s', 1)).toBe('a council’s');
  expect(begun).toEqual(['the operator’s first', 'a council’s']);
  end();
  await first;
  expect(await second).toBe('the operator’s second');
  // By one of the database's processors, and of nothing else was a transaction made.
  expect(kinds).toEqual(['wide', 'wide']);
});

test('one that fails lets the next in', async () => {
  const inTurn = wideInTurn({
    query: () => Promise.resolve([]),
    inTransaction: (work) => work({ query: () => Promise.resolve([]) }),
  });
  await expect(inTurn(council(153), () => Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled');
  expect(await inTurn(council(153), () => Promise.resolve(1))).toBe(1);
});
