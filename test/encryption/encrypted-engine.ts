import type { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import type { MailTransport } from '../../activities/mail/mail-transport.ts';
import type { Register } from '../../register/register.ts';
import { Engine, workflowId } from '../../client/engine.ts';
import { advanceTo, timeSkippingInterceptors } from '../../client/time-travel.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { clientOf } from '../../platform/temporal-client.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import type { EncryptionKeys } from '../../platform/encryption/keys.ts';
import { ownRegister } from '../register/support.ts';
import { workflowBundle } from '../support/rig.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

/** The real engine, a register of its own and an outbox; workers and clients come and go, each with its keys. */
export interface EncryptedEngine {
  register: Register;
  databaseUrl: string;
  /** The digests that were sent, in order. */
  sent: Digest[];
  client(keys: EncryptionKeys): Client;
  engine(keys: EncryptionKeys, patienceMs?: number): Engine;
  /** A worker with these keys; ends the one before it. */
  worker(keys: EncryptionKeys): Promise<void>;
  start(engine: Engine, start: LifecycleStart, at: string, extra?: { eventsPerRun?: number }): Promise<InspectionRef>;
  advanceTo(reference: InspectionRef, instant: string): Promise<void>;
  /** Ends everything but the server. */
  close(): Promise<void>;
}

export async function encryptedEngine(
  { address, namespace }: { address: string; namespace: string },
  around: (post: MailTransport) => MailTransport = (post) => post,
): Promise<EncryptedEngine> {
  const { register, url: databaseUrl } = await ownRegister();
  const outbox = mkdtempSync(join(tmpdir(), 'duecourse-outbox-'));
  const post = around(outboxTransport(outbox));
  const taskQueue = `encrypted-${randomBytes(4).toString('hex')}`;
  const interceptors = timeSkippingInterceptors({ id: 'start', durationMs: 1 });
  const connection = await openConnection({ address, interceptors });
  const native = await NativeConnection.connect({ address });
  const sent: Digest[] = [];
  const shifts = new Map<string, number>();
  let stopWorker = (): Promise<void> => Promise.resolve();
  const client = (keys: EncryptionKeys) =>
    clientOf({ connection, namespace, dataConverter: dataConverterOf(keys, register.payloads) });
  const close = async () => {
    await stopWorker();
    await Promise.all([native.close(), connection.close(), post.close()]);
    rmSync(outbox, { recursive: true, force: true });
  };
  let closing: Promise<void> | undefined;
  const closeOnce = () => (closing ??= close());
  onTestFinished(closeOnce);
  return {
    register,
    databaseUrl,
    sent,
    client,
    engine: (keys, patienceMs = 30_000) =>
      new Engine(client(keys), { taskQueue, address, patienceMs, time: 'skipped' }),
    async worker(keys) {
      await stopWorker();
      const worker = await createWorker({
        connection: native,
        namespace,
        taskQueue,
        dataConverter: dataConverterOf(keys, register.payloads),
        workflowBundle: workflowBundle(),
        activities: {
          register,
          post,
          from: 'duecourse <duecourse@example.org>',
          timeSkipping: true,
          onDelivered: ({ digests }, outcomes) =>
            digests.forEach((digest, index) => outcomes[index]?.outcome === 'sent' && sent.push(digest)),
        },
      });
      const running = worker.run();
      stopWorker = async () => {
        stopWorker = () => Promise.resolve();
        worker.shutdown();
        await running;
      };
    },
    async start(engine, start, at, extra = {}) {
      const shiftMs = Date.parse(at) - Date.now();
      const reference = await engine.start(start, { clock: { shiftMs }, ...extra });
      shifts.set(reference, shiftMs);
      return reference;
    },
    async advanceTo(reference, instant) {
      const shiftMs = shifts.get(reference) ?? 0;
      await advanceTo(connection, namespace, workflowId(reference), new Date(Date.parse(instant) - shiftMs));
    },
    close: closeOnce,
  };
}
