import { expect, inject, onTestFinished, test } from 'vitest';
import { compareInspection } from '../../client/recover/compare.ts';
import { mailSink } from '../support/mail-sink.ts';
import { realTime } from '../support/real-time.ts';
import { forkWorker } from '../support/worker-process.ts';

test('a worker is killed and another started: recover, run at once, hears of each inspection how it stands', async () => {
  const site = await realTime();
  const sink = await mailSink();
  onTestFinished(() => sink.close());
  const args = [inject('temporalAddress'), site.taskQueue, site.databaseUrl, sink.url, inject('workflowBundle')];
  const fork = async () => {
    const worker = await forkWorker(args, { TEMPORAL_NAMESPACE: inject('temporalNamespace') });
    onTestFinished(() => worker.kill());
    worker.go();
    return worker;
  };
  const first = await fork();
  const engine = await site.engine();
  const inspection = await site.start(engine);
  const stores = { engine, register: site.register };
  await expect.poll(async () => (await compareInspection(stores, inspection)).difference).toBe('same');
  const second = fork();
  await first.kill();
  await second;
  expect((await compareInspection(stores, inspection)).difference).toBe('same');
}, 60_000);
