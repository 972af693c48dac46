import type { Client, Connection } from '@temporalio/client';
import { clientOf } from '../../platform/temporal-client.ts';
import { NativeConnection } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { Engine, workflowId } from '../../client/engine.ts';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import type { RegisterEntry } from '../../domain/lifecycle/entry.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import type { EngineTime } from '../../platform/updates/engine-clock.ts';
import { registerClock } from '../../register/register-clock.ts';
import type { Register } from '../../register/register.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { ownRegister } from '../register/support.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { council, startOf } from './facts.ts';
import { replayWhole, workflowBundle } from './rig.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

/** The engine in real time, with a register of its own: workers come and go, clients are as many as a test wants. */
export interface RealTime {
  register: Register;
  databaseUrl: string;
  taskQueue: string;
  client: Client;
  /** The council that inspections are started for: the test's own, so that its fan-outs are nobody else's. */
  council: Authority;
  /** A client as a process of its own has it: a connection and a line of its own. */
  engine(options?: { patienceMs?: number; time?: EngineTime; queue?: string }): Promise<Engine>;
  /** Runs a worker; returns how it is stopped. */
  work(queue?: string): Promise<() => Promise<void>>;
  /** Starts an inspection whose rules let members ask questions; returns once all that its start says is on record. */
  start(engine: Engine, extra?: { eventsPerRun?: number }): Promise<InspectionRef>;
  entries(inspection: InspectionRef, kind: RegisterEntry['kind']): Promise<RegisterEntry[]>;
}

const RECORDED_WITHIN_MS = 20_000;

export async function realTime({
  address = inject('temporalAddress'),
  namespace = inject('temporalNamespace'),
} = {}): Promise<RealTime> {
  const { register, url } = await ownRegister();
  const taskQueue = `real-${randomBytes(4).toString('hex')}`;
  const outbox = mkdtempSync(join(tmpdir(), 'duecourse-real-'));
  const native = await NativeConnection.connect({ address });
  const connections: Connection[] = [];
  const dataConverter = dataConverterOf([], register.payloads);
  const connect = async (): Promise<Client> => {
    const connection = await openConnection({ address });
    connections.push(connection);
    return clientOf({ connection, namespace, dataConverter });
  };
  const client = await connect();
  const own: Authority = { ...council, id: `anyborough-${randomBytes(4).toString('hex')}` };
  const started: InspectionRef[] = [];
  const stops = new Set<() => Promise<void>>();
  onTestFinished(async () => {
    try {
      for (const inspection of started) await replayWhole(client, register, inspection);
    } finally {
      for (const inspection of started)
        await client.workflow
          .getHandle(workflowId(inspection))
          .terminate('the test is over')
          .catch(() => undefined);
      for (const stop of stops) await stop();
      await Promise.all([native.close(), ...connections.map((each) => each.close())]);
      rmSync(outbox, { recursive: true, force: true });
    }
  });
  return {
    register,
    databaseUrl: url,
    taskQueue,
    client,
    council: own,
    engine: async ({ patienceMs, time = registerClock(register), queue = taskQueue } = {}) =>
      new Engine(await connect(), {
        taskQueue: queue,
        address,
        time,
        ...(patienceMs === undefined ? {} : { patienceMs }),
      }),
    async work(queue = taskQueue) {
      const worker = await createWorker({
        connection: native,
        namespace,
        taskQueue: queue,
        workflowBundle: workflowBundle(),
        dataConverter,
        activities: {
          register,
          post: outboxTransport(outbox),
          from: 'duecourse <duecourse@example.org>',
          timeSkipping: false,
        },
      });
      const running = worker.run();
      const stop = async (): Promise<void> => {
        stops.delete(stop);
        worker.shutdown();
        await running;
      };
      stops.add(stop);
      return stop;
    },
    async start(engine, extra = {}) {
      const today = new Date().toISOString().slice(0, 10);
      const given = startOf({
        reference: `real-${randomBytes(4).toString('hex')}`,
        report: { published: today },
      });
      const rules = [...given.facts.rules, ...resolveRules(loadRulePack('commitments'))];
      const inspection = await engine.start({ ...given, facts: { ...given.facts, authority: own, rules } }, extra);
      started.push(inspection);
      const { authority, reference } = partsOf(inspection);
      await register.reached(authority, reference, (await engine.view(inspection)).seq, RECORDED_WITHIN_MS);
      return inspection;
    },
    async entries(inspection, kind) {
      const { authority, reference } = partsOf(inspection);
      return (await register.history(authority, reference)).filter((entry) => entry.kind === kind);
    },
  };
}
