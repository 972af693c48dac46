import { NativeConnection } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { Engine, workflowId } from '../../client/engine.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { readSettings } from '../../platform/settings.ts';
import { clientOf } from '../../platform/temporal-client.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { openRegister, type Register } from '../../register/register.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { type DoctorOptions, examine } from '../../worker/doctor/doctor.ts';
import type { Report } from '../../worker/doctor/look.ts';
import { doctorEngineOf, type DoctorParts } from '../../worker/doctor/parts.ts';
import { announce, ownNote } from '../../worker/presence.ts';
import { ownDatabase } from '../register/support.ts';
import { startOf } from '../support/facts.ts';
import { workflowBundle } from '../support/rig.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

export const SECRET = 'a secret of the tests, long enough to be one';

/** A duecourse of a test's own, on the suite's servers, to be made ill. */
export interface Ward {
  variables: Record<string, string>;
  register: Register;
  databaseUrl: string;
  engine: Engine;
  client: DoctorEngineClient;
  taskQueue: string;
  folder: string;
  parts(variables?: Record<string, string>): DoctorParts;
  /** Runs a worker that has said that it runs; returns how it is stopped. */
  work(how?: { bundle?: { code: string }; unannounced?: boolean; register?: Register }): Promise<() => Promise<void>>;
  /** The same as a process of its own, with the log that a delivered one writes. */
  workApart(bundle?: { code: string }): WorkerApart;
  start(): Promise<InspectionRef>;
  /** What a look finds, with variables beside those that all is well with. */
  look(variables?: Record<string, string>, options?: DoctorOptions): Promise<Report>;
}

/** A worker's process, and what it has logged. */
export interface WorkerApart {
  child: ChildProcess;
  log(): string;
}

type DoctorEngineClient = Exclude<DoctorParts['engine'], Error>['client'];

const RECORDED_MS = 30_000;

export async function openWard(namespace: string = inject('temporalNamespace')): Promise<Ward> {
  // As a process of duecourse does at its start: what is written under var/ is its owner’s alone.
  const umask = process.umask(0o077);
  onTestFinished(() => void process.umask(umask));
  const address = inject('temporalAddress');
  const databaseUrl = await ownDatabase();
  const register = openRegister({ url: databaseUrl });
  await register.migrate();
  const taskQueue = `ward-${randomBytes(4).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-ward-'));
  chmodSync(folder, 0o700);
  const variables = {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    DATABASE_URL: databaseUrl,
    DUECOURSE_VAR: folder,
    DUECOURSE_TASK_QUEUE: taskQueue,
    DUECOURSE_SECRET: SECRET,
  };
  const settings = readSettings(variables);
  const connection = await openConnection({ address });
  const native = await NativeConnection.connect({ address });
  const dataConverter = dataConverterOf(settings.keys, register.payloads);
  const client = clientOf({ connection, namespace, dataConverter });
  const engine = new Engine(client, { taskQueue, address, patienceMs: 30_000 });
  const started: InspectionRef[] = [];
  const stops = new Set<() => Promise<void>>();
  onTestFinished(async () => {
    for (const id of started)
      await client.workflow
        .getHandle(workflowId(id))
        .terminate('the test is over')
        .catch(() => undefined);
    for (const stop of stops) await stop();
    await Promise.all([native.close(), connection.close(), register.close()]);
    rmSync(folder, { recursive: true, force: true });
  });
  const parts = (more: Record<string, string> = {}): DoctorParts => {
    const own = readSettings({ ...variables, ...more });
    return {
      settings: own,
      variables: { ...variables, ...more },
      register,
      engine: doctorEngineOf(
        own,
        { connection, namespace: more['TEMPORAL_NAMESPACE'] ?? namespace, address },
        register,
      ),
    };
  };
  return {
    ...{ variables, register, databaseUrl, engine, client, taskQueue, folder, parts },
    async work({ bundle = workflowBundle(), unannounced = false } = {}) {
      const post = outboxTransport(join(folder, 'outbox'));
      const worker = await createWorker({
        connection: native,
        namespace,
        taskQueue,
        workflowBundle: bundle,
        dataConverter,
        activities: { register, post, from: 'duecourse <duecourse@example.org>', timeSkipping: false },
      });
      const note = await ownNote(settings, 'worker', { namespace, secret: SECRET });
      const leave = unannounced ? () => Promise.resolve() : await announce(register, note, () => undefined);
      const running = worker.run();
      const stop = async (): Promise<void> => {
        if (worker.getState() === 'RUNNING') worker.shutdown();
        await running;
        await leave();
        stops.delete(stop);
      };
      stops.add(stop);
      return stop;
    },
    workApart(bundle = workflowBundle()) {
      const file = join(folder, `bundle-${randomBytes(4).toString('hex')}.js`);
      writeFileSync(file, bundle.code, { mode: 0o600 });
      const where = [address, namespace, taskQueue, databaseUrl, file];
      const child = spawn(process.execPath, [inject('loggingWorkerScript'), ...where], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      let log = '';
      child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
      stops.add(async () => {
        child.kill('SIGKILL');
        await ended;
      });
      return { child, log: () => log };
    },
    async start() {
      const reference = `2030-${randomBytes(4).toString('hex')}`;
      const id = await engine.start(startOf({ reference, report: { received: '2030-01-11' } }));
      started.push(id);
      const { seq } = await engine.view(id);
      await register.reached('anyborough', reference, seq, RECORDED_MS);
      return id;
    },
    look: (more = {}, options = {}) => examine(parts(more), options),
  };
}
