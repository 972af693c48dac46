import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Line } from '../../../platform/updates/line.ts';

test('a few of one key at a time, in the order in which they came; another key does not wait for them', async () => {
  const line = new Line(2);
  const order: number[] = [];
  let under = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const leave = await line.turn('a', 10_000);
      order.push(n);
      most = Math.max(most, ++under);
      if (n === 0) expect(await line.turn('b', 0)).toBeDefined();
      await sleep(1);
      under--;
      leave?.();
    }),
  );
  expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(most).toBe(2);
});

test('who waits longer than they may gets no turn, and takes none away; given back twice, a turn counts once', async () => {
  const line = new Line(1);
  const first = await line.turn('a', 0);
  const hasty = line.turn('a', 10);
  const patient = line.turn('a', 10_000);
  expect(await hasty).toBeUndefined();
  first?.();
  first?.();
  const second = await patient;
  expect(second).toBeDefined();
  expect(await line.turn('a', 10)).toBeUndefined();
  second?.();
  expect(await line.turn('a', 0)).toBeDefined();
});
