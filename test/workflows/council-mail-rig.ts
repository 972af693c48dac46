import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { inject, onTestFinished } from 'vitest';
import type { MailMessage } from '../../activities/mail/mail-transport.ts';
import { Engine } from '../../client/engine.ts';
import { advanceTo, timeSkippingInterceptors, TimeTravelFailed } from '../../client/time-travel.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { openConnection } from '../../platform/temporal-connection.ts';
import { ownRegister } from '../register/support.ts';
import { council } from '../support/facts.ts';
import { workflowBundle } from '../support/rig.ts';

/** An authority of the test's own, so that its Schedule is; no working day is a day off in these tests, whatever today is. */
export const ownCouncil = (parts: Partial<Authority> = {}): Authority => ({
  ...council,
  id: `anyborough-${randomBytes(4).toString('hex')}`,
  sending: { time: '09:00', from: '00:00', until: '24:00' },
  ...parts,
});

/**
 * An engine, a worker and a register, and what is mailed about a council as a whole.
 *
 * @param skips whether what is started has a clock that can be moved
 */
export async function rigOf({ skips = false } = {}) {
  const taskQueue = `council-mails-${randomBytes(4).toString('hex')}`;
  const address = inject('temporalAddress');
  const namespace = inject('temporalNamespace');
  const interceptors = skips ? { interceptors: timeSkippingInterceptors({ id: 'start', durationMs: 1 }) } : {};
  const connection = await openConnection({ address, ...interceptors });
  const client = new Client({ connection, namespace });
  const native = await NativeConnection.connect({ address });
  const { register } = await ownRegister();
  const sent: MailMessage[] = [];
  const post = {
    send: (mail: MailMessage) => Promise.resolve(void sent.push(mail)),
    close: () => Promise.resolve(),
  };
  const worker = await createWorker({
    dataConverter: dataConverterOf([], register.payloads),
    connection: native,
    namespace,
    taskQueue,
    activities: { register, post, from: 'duecourse <duecourse@example.org>', timeSkipping: false },
    workflowBundle: workflowBundle(),
  });
  const running = worker.run();
  onTestFinished(async () => {
    worker.shutdown();
    await running;
    await Promise.all([native.close(), connection.close()]);
  });
  return {
    /** Takes an execution's clock a week on, so that a working day has come; one that has ended is left alone. */
    aWeekOn: (workflowId: string) =>
      advanceTo(connection, namespace, workflowId, new Date(Date.now() + 8 * 24 * 3_600_000)).catch(
        (error: unknown) => {
          if (!(error instanceof TimeTravelFailed)) throw error;
        },
      ),
    engine: new Engine(client, { taskQueue, address }),
    client,
    register,
    sent,
    taskQueue,
  };
}
