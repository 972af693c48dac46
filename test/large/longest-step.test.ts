import { NativeConnection } from '@temporalio/worker';
import { expect, inject, test } from 'vitest';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { taskTimeoutOf } from '../../workflows/task-timeout.ts';
import { ownRegister } from '../register/support.ts';
import { largeStart } from '../support/large.ts';
import { workflowBundle } from '../support/rig.ts';

test('a step may take as long as a large inspection needs on a busy machine: it is no documented option of the SDK', async () => {
  const { register } = await ownRegister();
  const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
  const worker = await createWorker({
    connection,
    namespace: inject('temporalNamespace'),
    taskQueue: 'longest-step',
    workflowBundle: workflowBundle(),
    dataConverter: dataConverterOf([], register.payloads),
    activities: { register, post: outboxTransport('nowhere'), from: 'x@example.org', timeSkipping: false },
  });
  expect(worker.options.isolateExecutionTimeoutMs).toBe(30_000);
  await worker.runUntil(Promise.resolve());
  await connection.close();
});

test.each([
  [20, {}],
  [1000, { workflowTaskTimeout: '1 minute' }],
])('with %d actions the server waits for one: %j', (actions, timeout) =>
  expect(taskTimeoutOf(largeStart({ actions, roles: 20 }).facts)).toEqual(timeout),
);
