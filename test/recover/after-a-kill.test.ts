import { expect, test } from 'vitest';
import { compareInspection } from '../../client/recover/compare.ts';
import { realTime } from '../support/real-time.ts';
import { workersToKill } from '../support/worker-process.ts';

test('a worker is killed and another started: recover, run at once, hears of each inspection how it stands', async () => {
  const site = await realTime();
  const fork = await workersToKill(site);
  const first = await fork();
  const engine = await site.engine();
  const inspection = await site.start(engine);
  const stores = { engine, register: site.register };
  await expect.poll(async () => (await compareInspection(stores, inspection)).difference).toBe('same');
  const second = fork();
  await first.kill();
  await second;
  expect((await compareInspection(stores, inspection)).difference).toBe('same');
}, 300_000);
