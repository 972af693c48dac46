import { expect, test } from 'vitest';
import { AnsweredUpdates, type AnsweredUpdate } from '../../../workflows/answered-updates.ts';

const MINUTE_MS = 60_000;
const answered = (n: number, at: number): AnsweredUpdate => ({ id: `id-${n}`, at, seq: n, milestone: null });

test('a run answers from what the runs before have handed over, and hands on what is not ten minutes old', () => {
  const run = new AnsweredUpdates([answered(1, 0), answered(2, 5 * MINUTE_MS)]);
  expect(run.find('id-1')).toMatchObject({ seq: 1 });
  expect([run.find('id-3'), run.find(undefined)]).toEqual([undefined, undefined]);
  run.add(answered(3, 12 * MINUTE_MS));
  // Its own the engine knows itself while the run lasts.
  expect(run.find('id-3')).toBeUndefined();
  expect(run.handOver(12 * MINUTE_MS).map(({ id }) => id)).toEqual(['id-2', 'id-3']);
  expect(run.handOver(30 * MINUTE_MS)).toEqual([]);
});

test('however much is asked, what is handed over stays a small part of what a run may be given', () => {
  const run = new AnsweredUpdates([]);
  for (let n = 0; n < 1500; n++)
    run.add({ id: 'f'.repeat(64), at: n, seq: n, milestone: `improvement-actions/${'x'.repeat(64)}` });
  expect(run.handOver(1500)).toHaveLength(1000);
  expect(JSON.stringify(run.handOver(1500)).length).toBeLessThan(250_000);
});
