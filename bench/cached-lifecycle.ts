import { Client, type WorkflowHandle } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Worker as Thread } from 'node:worker_threads';
import { outboxTransport } from '../activities/mail/outbox-transport.ts';
import { Engine, workflowId } from '../client/engine.ts';
import { localDate } from '../domain/calendar/london.ts';
import { inspectionRef } from '../domain/inspection-ref.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { installRuntime } from '../platform/temporal-runtime.ts';
import { openRegister } from '../register/register.ts';
import { createWorker } from '../worker/create-worker.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { middlesbrough } from './example.ts';
import { type Figure, round } from './measure.ts';
import { openConnection } from '../platform/temporal-connection.ts';

const QUEUE = 'bench-cached';
/** Of each kind, after as many that are not counted: what the first ones make is made once. */
const COUNTED = 100;
const WARM_UP = 20;
const AT_ONCE = 10;
/** Nothing that is waited for takes longer, or the bench fails. */
const PATIENCE_MS = 5 * 60_000;
const GOAL_KIB = 170;

/** KiB of version 0.1 (commit 6f1f0a6), measured in the same way. */
const BEFORE = { lifecycle: 298, noop: 146 };

/**
 * Live memory of one lifecycle that a worker keeps between two tasks, once its first mails have gone and it sleeps; and
 * of a workflow that does nothing, in the same bundle. Measured is the heap of the thread in which the worker runs its
 * workflows, and nothing else of it.
 */
export async function cachedLifecycles(): Promise<Figure[]> {
  const threads: Thread[] = [];
  process.on('worker', (thread) => threads.push(thread));
  installRuntime('silent');
  const quiet = () => undefined;
  const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const [temporal, postgres] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: false, fast: true, log: quiet }),
    startPostgres({ log: quiet }),
  ]);
  const register = openRegister({ url: postgres.url });
  const connection = await openConnection({ address: temporal.address });
  const native = await NativeConnection.connect({ address: temporal.address });
  try {
    await register.migrate();
    const worker = await createWorker({
      dataConverter: dataConverterOf([], register.payloads),
      connection: native,
      namespace: 'default',
      taskQueue: QUEUE,
      workflowBundle: await bundleWorkflows(fileURLToPath(new URL('./cached-workflows.ts', import.meta.url))),
      activities: {
        register,
        post: outboxTransport(join(home, 'outbox')),
        from: 'duecourse <duecourse@example.org>',
        timeSkipping: false,
      },
      cachedLifecycles: 2 * (COUNTED + WARM_UP),
    });
    const client = new Client({ connection });
    const engine = new Engine(client, { taskQueue: QUEUE, address: temporal.address });
    const [thread] = threads;
    if (thread === undefined || threads.length > 1)
      throw new Error(`One thread for workflows expected, not ${threads.length}.`);
    const ended = worker.run();
    try {
      return figures({
        noop: await memoryOf(thread, (n) =>
          client.workflow.start('noop', { taskQueue: QUEUE, workflowId: `noop-${n}` }),
        ),
        lifecycle: await memoryOf(thread, async (n) => {
          const start = middlesbrough(`bench-${n}`, localDate(Date.now()));
          await engine.start(start);
          return client.workflow.getHandle(workflowId(inspectionRef(start.facts.authority.id, `bench-${n}`)));
        }),
      });
    } finally {
      worker.shutdown();
      await ended;
    }
  } finally {
    await Promise.all([register.close(), connection.close(), native.close()]);
    await Promise.all([temporal.stop(), postgres.stop()]);
    rmSync(home, { recursive: true, force: true });
  }
}

/** KiB of live heap for each of many workflows of a kind, beyond what the first of them have left. */
async function memoryOf(thread: Thread, start: (n: number) => Promise<WorkflowHandle>): Promise<number> {
  await startMany(start, 0, WARM_UP);
  const before = await liveBytes(thread);
  await startMany(start, WARM_UP, COUNTED);
  return ((await liveBytes(thread)) - before) / COUNTED / 1024;
}

async function startMany(start: (n: number) => Promise<WorkflowHandle>, from: number, count: number): Promise<void> {
  for (let done = 0; done < count; done += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, count - done) }, (_, index) => from + done + index);
    for (const handle of await Promise.all(numbers.map(start))) await untilAsleep(handle);
  }
}

/** Until nothing is under way: its first workflow task is done, and so are the activities that came of it. */
async function untilAsleep(handle: WorkflowHandle): Promise<void> {
  const patience = Date.now() + PATIENCE_MS;
  for (;;) {
    const { raw } = await handle.describe();
    const hasBegun = Number(raw.workflowExecutionInfo?.historyLength ?? 0) > 3;
    if (hasBegun && raw.pendingActivities?.length === 0 && !raw.pendingWorkflowTask) return;
    if (Date.now() > patience)
      throw new Error(`${handle.workflowId} is not asleep after ${PATIENCE_MS / 60_000} minutes`);
    await pause(50);
  }
}

/** What is still reachable in a thread's heap: the sum of a snapshot, for which V8 collects all that is not. */
async function liveBytes(thread: Thread): Promise<number> {
  let text = '';
  for await (const chunk of (await thread.getHeapSnapshot()).setEncoding('utf8')) text += String(chunk);
  const { snapshot, nodes } = JSON.parse(text) as { snapshot: { meta: { node_fields: string[] } }; nodes: number[] };
  const fields = snapshot.meta.node_fields;
  const size = fields.indexOf('self_size');
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) bytes += nodes[node + size] ?? 0;
  return bytes;
}

function figures({ noop, lifecycle }: { noop: number; lifecycle: number }): Figure[] {
  return [
    {
      what: `live memory of a cached lifecycle of the 2016 example, asleep (of ${COUNTED})`,
      value: `${round(lifecycle)} KiB`,
      against: `${round(BEFORE.lifecycle)} KiB in 0.1`,
      goal: `at most ${GOAL_KIB} KiB`,
      met: lifecycle <= GOAL_KIB,
    },
    {
      what: 'of that, what any workflow of this bundle takes',
      value: `${round(noop)} KiB`,
      against: `${round(BEFORE.noop)} KiB in 0.1`,
    },
  ];
}
