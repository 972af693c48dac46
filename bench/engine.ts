import { Client } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outboxTransport } from '../activities/mail/outbox-transport.ts';
import { openRegister } from '../register/register.ts';
import { Engine, workflowId } from '../client/engine.ts';
import { Rehearsal } from '../client/rehearsal.ts';
import { script } from '../client/rehearsal-script.ts';
import { localDate } from '../domain/calendar/london.ts';
import { createWorker } from '../worker/create-worker.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { installRuntime } from '../platform/temporal-runtime.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { middlesbrough } from './example.ts';
import { type Figure, median, round } from './measure.ts';
import { openConnection } from '../platform/temporal-connection.ts';

const FROM = 'duecourse <duecourse@example.org>';
const sourceOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Everything that needs the engine: servers of its own, taken down at the end. */
export async function onTheEngine(): Promise<Figure[]> {
  installRuntime('silent');
  const quiet = () => undefined;
  const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const [temporal, postgres] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log: quiet }),
    startPostgres({ log: quiet }),
  ]);
  try {
    const workflowBundle = await bundleWorkflows(sourceOf('../workflows/workflows.ts'));
    return [
      ...(await eventsOfAYear(temporal.address, postgres.url, home, workflowBundle)),
      ...(await starts(temporal.address, postgres.url, home, workflowBundle)),
    ];
  } finally {
    await Promise.all([temporal.stop(), postgres.stop()]);
    rmSync(home, { recursive: true, force: true });
  }
}

/** History events for each milestone and each notice: the 2016 example over a year, the plan missed. */
async function eventsOfAYear(
  address: string,
  url: string,
  home: string,
  workflowBundle: { code: string },
): Promise<Figure[]> {
  const register = openRegister({ url });
  await register.migrate();
  let notices = 0;
  let mails = 0;
  const rehearsal = await Rehearsal.open({
    address,
    namespace: 'default',
    taskQueue: 'bench-year',
    register,
    post: outboxTransport(join(home, 'outbox')),
    from: FROM,
    workflowBundle,
    onDelivered: ({ digests }) => {
      mails += digests.length;
      notices += digests.reduce((sum, digest) => sum + digest.notices.length, 0);
    },
  });
  try {
    const start = middlesbrough('bench-year');
    const story = script(start, { miss: ['written-action-plan'] });
    const begun = performance.now();
    const reference = await rehearsal.start(start, story.begin);
    for (const turn of story.turns) {
      await rehearsal.advanceTo(reference, turn.at);
      await rehearsal.engine.command(reference, turn.name, { milestone: turn.milestone }, turn.actor);
    }
    await rehearsal.advanceTo(reference, story.end);
    const seconds = (performance.now() - begun) / 1000;
    const { history, bytes } = await historySize(rehearsal.client, workflowId(reference));
    const milestones = (await register.milestones('middlesbrough', 'bench-year')).length;
    return [
      {
        what: `a year of the 2016 example: ${milestones} milestones, ${story.turns.length} updates, ${mails} mails, ${notices} notices`,
        value: `${history} history events, ${round(bytes / 1024)} KiB, in ${round(seconds)} s`,
        goal: 'a year in under a minute',
        met: seconds < 60,
      },
      { what: 'history events for each milestone', value: round(history / milestones) },
      { what: 'history events for each notice', value: round(history / notices) },
    ];
  } finally {
    await rehearsal.close();
    await register.close();
  }
}

async function historySize(client: Client, id: string): Promise<{ history: number; bytes: number }> {
  const { raw } = await client.workflow.getHandle(id).describe();
  return {
    history: Number(raw.workflowExecutionInfo?.historyLength ?? 0),
    bytes: Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0),
  };
}

const BATCH = 60;
const ROUNDS = 3;

/** Lifecycle starts a second, up to the first thing each does, against a workflow that does nothing; turn about. */
async function starts(address: string, url: string, home: string, workflowBundle: { code: string }): Promise<Figure[]> {
  const connection = await openConnection({ address });
  const native = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace: 'default' });
  const register = openRegister({ url });
  const bare = await Worker.create({
    connection: native,
    namespace: 'default',
    taskQueue: 'bench-noop',
    workflowBundle: await bundleWorkflows(sourceOf('./noop-workflow.ts')),
  });
  const full = await createWorker({
    dataConverter: dataConverterOf([], register.payloads),
    connection: native,
    namespace: 'default',
    taskQueue: 'bench-starts',
    workflowBundle,
    activities: { register, post: outboxTransport(join(home, 'outbox-starts')), from: FROM, timeSkipping: false },
  });
  const running = Promise.all([bare.run(), full.run()]);
  const engine = new Engine(client, { taskQueue: 'bench-starts', address });
  const lifecycles: number[] = [];
  const noops: number[] = [];
  try {
    const inputs = Array.from({ length: BATCH * ROUNDS }, (_, index) =>
      middlesbrough(`bench-${index}`, localDate(Date.now())),
    );
    for (let turn = 0; turn < ROUNDS; turn++) {
      noops.push(
        await rate((index) =>
          client.workflow.start('noop', { taskQueue: 'bench-noop', workflowId: `noop-${turn}-${index}` }),
        ),
      );
      lifecycles.push(await rate((index) => engine.start(inputs[turn * BATCH + index] ?? middlesbrough('unused'))));
    }
  } finally {
    for (let index = 0; index < BATCH * ROUNDS; index++) {
      await client.workflow
        .getHandle(`noop-${Math.floor(index / BATCH)}-${index % BATCH}`)
        .terminate('the bench is over')
        .catch(() => undefined);
      await client.workflow
        .getHandle(workflowId(`middlesbrough/bench-${index}`))
        .terminate('the bench is over')
        .catch(() => undefined);
    }
    bare.shutdown();
    full.shutdown();
    await running;
    await Promise.all([register.close(), native.close(), connection.close()]);
  }
  const ratio = median(lifecycles) / median(noops);
  return [
    {
      what: `lifecycle starts a second (${ROUNDS} rounds of ${BATCH}, all at once)`,
      value: `${round(median(lifecycles))} (${lifecycles.map(round).join(', ')}); ${round(ratio)} of a bare workflow's`,
      against: `${round(median(noops))} bare workflows a second (${noops.map(round).join(', ')})`,
      goal: 'at least half',
      met: ratio >= 0.5,
    },
  ];
}

async function rate(startOne: (index: number) => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await Promise.all(Array.from({ length: BATCH }, (_, index) => startOne(index)));
  return (BATCH * 1000) / (performance.now() - begun);
}
