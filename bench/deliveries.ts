import { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { NativeConnection } from '@temporalio/worker';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outboxTransport } from '../activities/mail/outbox-transport.ts';
import { Engine, workflowId } from '../client/engine.ts';
import { addDays } from '../domain/calendar/civil-date.ts';
import { localDate } from '../domain/calendar/london.ts';
import { type InspectionRef, partsOf } from '../domain/inspection-ref.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import { installRuntime } from '../platform/temporal-runtime.ts';
import { openRegister, type Register } from '../register/register.ts';
import { createWorker } from '../worker/create-worker.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { middlesbroughWith } from './example.ts';
import { type Figure, median, round } from './measure.ts';
import { openConnection } from '../platform/temporal-connection.ts';

const ACTIONS = [21, 200];
const CHANGES = 20;
const FROM = 'duecourse <duecourse@example.org>';

/** How long one change takes to be on record, with the state that is kept along, and without: one after the other. */
export async function deliveries(): Promise<Figure[]> {
  installRuntime('silent');
  const log = () => undefined;
  const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const [temporal, postgres] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: false, fast: true, log }),
    startPostgres({ log }),
  ]);
  const register = openRegister({ url: postgres.url });
  try {
    await register.migrate();
    const workflowBundle = await bundleWorkflows(fileURLToPath(new URL('../workflows/workflows.ts', import.meta.url)));
    const place: Place = { address: temporal.address, register, home, workflowBundle };
    const figures: Figure[] = [];
    for (const actions of ACTIONS) {
      const without = await changes(place, actions, false);
      const kept = await changes(place, actions, true);
      figures.push({
        what: `from a change of an inspection of ${actions} actions to its entry on record, with its state kept`,
        value: `median ${round(median(kept.ms))} ms, slowest ${round(Math.max(...kept.ms))} ms; the state is ${round(kept.kib)} KiB of JSON`,
        against: `median ${round(median(without.ms))} ms, slowest ${round(Math.max(...without.ms))} ms where it is not kept`,
      });
    }
    return figures;
  } finally {
    await register.close();
    await Promise.all([temporal.stop(), postgres.stop()]);
    rmSync(home, { recursive: true, force: true });
  }
}

interface Place {
  address: string;
  register: Register;
  home: string;
  workflowBundle: { code: string };
}

async function changes(place: Place, actions: number, isKept: boolean): Promise<{ ms: number[]; kib: number }> {
  const { address, register, home, workflowBundle } = place;
  const taskQueue = `deliveries-${actions}-${isKept}`;
  const [connection, native] = await Promise.all([openConnection({ address }), NativeConnection.connect({ address })]);
  const client = new Client({ connection });
  const none = (): Promise<null> => Promise.resolve(null);
  const parts = {
    register,
    post: outboxTransport(join(home, taskQueue)),
    from: FROM,
    timeSkipping: false,
    // What a lifecycle that does not answer looks like, without the waiting.
    ...(isKept ? {} : { lifecycles: { stateToKeep: none, changeCalendar: none, statusOf: none } }),
  };
  const worker = await createWorker({
    ...{ connection: native, namespace: 'default', taskQueue, workflowBundle },
    dataConverter: dataConverterOf([], register.payloads),
    activities: parts,
  });
  const running = worker.run();
  try {
    const engine = new Engine(client, { taskQueue, address, patienceMs: 60_000 });
    const start = middlesbroughWith(actions, localDate(new Date().toISOString()));
    const reference = `deliveries-${actions}-${isKept ? 'kept' : 'bare'}`;
    const inspection = await engine.start({
      ...start,
      facts: { ...start.facts, inspection: { ...start.facts.inspection, reference } },
    });
    const first = await change(engine, register, inspection, 0);
    for (let turn = 1; turn <= CHANGES; turn++) await change(engine, register, inspection, turn);
    const kept = await register.recovery.kept(start.facts.authority.id, reference);
    return {
      ms: await timesAfter(client, inspection, first),
      kib: kept === null ? 0 : Buffer.byteLength(JSON.stringify(kept.state)) / 1024,
    };
  } finally {
    worker.shutdown();
    await running;
    await Promise.all([native.close(), connection.close()]);
  }
}

/** A date promised, each time another; on record when it returns. */
async function change(engine: Engine, register: Register, inspection: InspectionRef, turn: number): Promise<number> {
  const { authority, reference } = partsOf(inspection);
  const promisedOn = addDays(localDate(new Date().toISOString()), 20 + turn);
  const duty = (await engine.view(inspection)).milestones.find(
    ({ status, dueVersion, due }) => status === 'open' && dueVersion === 1 && due >= promisedOn,
  );
  if (duty === undefined) throw new Error('nothing is open so long');
  const actor = { id: 'bench', role: duty.owner };
  const { seq } = await engine.command(inspection, 'acknowledge', { milestone: duty.id, promisedOn }, actor);
  if (!(await register.reached(authority, reference, seq, 60_000))) throw new Error('it is not on record');
  return seq;
}

/** How long each delivery took that began with an entry after a number: from when it was scheduled to when it was done. */
async function timesAfter(client: Client, inspection: InspectionRef, seq: number): Promise<number[]> {
  const { events } = await client.workflow.getHandle(workflowId(inspection)).fetchHistory();
  const began = new Map<string, number>();
  const times: number[] = [];
  for (const {
    eventId,
    eventTime,
    activityTaskScheduledEventAttributes: scheduled,
    activityTaskCompletedEventAttributes: done,
  } of events ?? []) {
    const at = tsToMs(eventTime ?? undefined);
    const input = scheduled?.input?.payloads?.[0]?.data;
    if (input !== undefined && input !== null) {
      const { entries } = JSON.parse(Buffer.from(input).toString()) as { entries: { seq: number }[] };
      if ((entries[0]?.seq ?? 0) > seq) began.set(String(eventId), at);
    }
    const from = began.get(String(done?.scheduledEventId ?? ''));
    if (from !== undefined) times.push(at - from);
  }
  return times;
}
