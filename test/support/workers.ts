import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { NativeConnection } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { openRegister, type Register } from '../../register/register.ts';
import { Engine, workflowId } from '../../client/engine.ts';
import { advanceTo, timeSkippingInterceptors } from '../../client/time-travel.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { clientOf } from '../../platform/temporal-client.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { historiesOf, replayWhole } from './rig.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { alone } from './alone.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

type History = temporal.api.history.v1.IHistory;

/** Workers of different code, one after the other or side by side, on one task queue. */
export interface Workers {
  engine: Engine;
  client: Client;
  register: Register;
  taskQueue: string;
  /** The digests that were sent, in order, whichever worker sent them. */
  sent: Digest[];
  /** Runs a worker of a bundle; returns how it is stopped. */
  work(bundle: { code: string }, deployment?: WorkerDeploymentVersion): Promise<() => Promise<void>>;
  /** Starts a lifecycle at the story's instant (UTC); returns its reference. */
  start(start: LifecycleStart, at: string, extra?: { eventsPerRun?: number }): Promise<InspectionRef>;
  advanceTo(reference: InspectionRef, instant: string): Promise<void>;
  /** The histories of every run, first to last. */
  histories(reference: InspectionRef): Promise<History[]>;
  /** Replays every run with a bundle's code. */
  replay(reference: InspectionRef, bundle: { code: string }): Promise<void>;
}

export async function openWorkers(register: Register = openRegister({ url: inject('databaseUrl') })): Promise<Workers> {
  const address = inject('temporalAddress');
  const namespace = inject('temporalNamespace');
  const taskQueue = `workers-${randomBytes(4).toString('hex')}`;
  const outbox = mkdtempSync(join(tmpdir(), 'duecourse-workers-'));
  await register.migrate();
  const connection = await openConnection({
    address,
    interceptors: timeSkippingInterceptors({ id: 'start', durationMs: 1 }),
  });
  const native = await NativeConnection.connect({ address });
  const client = clientOf({ connection, namespace, dataConverter: dataConverterOf([], register.payloads) });
  const engine = new Engine(client, { taskQueue, address, patienceMs: 30_000, time: 'skipped' });
  const sent: Digest[] = [];
  const stops = new Set<() => Promise<void>>();
  const shifts = new Map<InspectionRef, number>();
  onTestFinished(async () => {
    for (const reference of shifts.keys())
      await client.workflow
        .getHandle(workflowId(reference))
        .terminate('the test is over')
        .catch(() => undefined);
    for (const stop of stops) await stop();
    await Promise.all([native.close(), connection.close(), register.close()]);
    rmSync(outbox, { recursive: true, force: true });
  });
  return {
    engine,
    client,
    register,
    taskQueue,
    sent,
    histories: async (reference) => (await historiesOf(client, reference)).map((run) => run.history),
    async work(workflowBundle, deployment) {
      const worker = await createWorker({
        connection: native,
        namespace,
        taskQueue,
        workflowBundle,
        dataConverter: dataConverterOf([], register.payloads),
        ...(deployment === undefined ? {} : { deployment }),
        activities: {
          register,
          post: outboxTransport(outbox),
          from: 'duecourse <duecourse@example.org>',
          timeSkipping: true,
          onDelivered: ({ digests }, outcomes) =>
            digests.forEach((digest, index) => outcomes[index]?.outcome === 'sent' && sent.push(digest)),
        },
      });
      const running = worker.run();
      const stop = async (): Promise<void> => {
        if (worker.getState() === 'RUNNING') worker.shutdown();
        await running;
        stops.delete(stop);
      };
      stops.add(stop);
      return stop;
    },
    async start(start, at, extra = {}) {
      const shiftMs = Date.parse(at) - Date.now();
      const reference = await engine.start(alone(start), { clock: { shiftMs }, ...extra });
      shifts.set(reference, shiftMs);
      return reference;
    },
    advanceTo: (reference, instant) =>
      advanceTo(
        connection,
        namespace,
        workflowId(reference),
        new Date(Date.parse(instant) - (shifts.get(reference) ?? 0)),
      ),
    replay: (reference, bundle) => replayWhole(client, register, reference, bundle),
  };
}
