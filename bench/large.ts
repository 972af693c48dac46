import proto from '@temporalio/proto';
import type { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { outboxTransport } from '../activities/mail/outbox-transport.ts';
import { workflowId } from '../client/engine.ts';
import { Rehearsal } from '../client/rehearsal.ts';
import { type InspectionRef, partsOf } from '../domain/inspection-ref.ts';
import { sizesOf } from '../domain/lifecycle/limits.ts';
import { Refusal } from '../domain/refusal.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { installRuntime } from '../platform/temporal-runtime.ts';
import { openRegister, type Register } from '../register/register.ts';
import { largeStart, textOf } from '../test/support/large.ts';
import { bundleWorkflows } from '../worker/workflow-bundle.ts';
import { runsOf } from './actions.ts';
import { revisionsOf } from './large-revisions.ts';
import { type Figure, median, round } from './measure.ts';

const START = '2016-02-22T10:00:00.000Z';
const ACTIONS = 3000;
const ROLES = 500;
const QUESTIONS = 1000;
const CORRECTIONS = 100;
const CHARACTERS = 10_000;
const CLIENTS = 8;
const TURNS = 5;
const RECORDED_MS = 300_000;
/** Temporal's limit of one event, as Temporal Cloud has it. */
const MAX_EVENT = 2 * 1024 * 1024;

const director = { id: 'bench', role: 'director' };
const administrator = { id: 'bench', role: 'democratic-services' };

interface Rig {
  rehearsal: Rehearsal;
  register: Register;
  bundle: { code: string };
  databaseUrl: string;
}

/** The largest inspection that design.md promises, by the real worker on a server with Temporal's own limits. */
export async function largeInspections(): Promise<Figure[]> {
  installRuntime('silent');
  const quiet = () => undefined;
  const home = mkdtempSync(join(tmpdir(), 'duecourse-bench-'));
  const [server, postgres] = await Promise.all([
    startTemporalServer({ namespace: 'default', timeSkipping: true, fast: true, log: quiet }),
    startPostgres({ log: quiet }),
  ]);
  const register = openRegister({ url: postgres.url });
  await register.migrate();
  const bundle = await bundleWorkflows(fileURLToPath(new URL('../workflows/workflows.ts', import.meta.url)));
  const rehearsal = await Rehearsal.open({
    address: server.address,
    namespace: 'default',
    taskQueue: 'bench-large',
    register,
    post: outboxTransport(join(home, 'outbox')),
    from: 'duecourse <duecourse@example.org>',
    workflowBundle: bundle,
  });
  try {
    const rig = { rehearsal, register, bundle, databaseUrl: postgres.url };
    return [...(await manyActions(rig)), ...(await manyQuestions(rig))];
  } finally {
    await rehearsal.close();
    await register.close();
    await Promise.all([server.stop(), postgres.stop()]);
    rmSync(home, { recursive: true, force: true });
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

async function manyActions(rig: Rig): Promise<Figure[]> {
  const { engine } = rig.rehearsal;
  const start = largeStart({ actions: ACTIONS, roles: ROLES });
  const what = `${ACTIONS} actions with ${ROLES} roles`;
  let id: InspectionRef = 'bench/none';
  const answered = await seconds(async () => {
    id = await rig.rehearsal.start(start, START);
    await engine.view(id);
  });
  const recorded = await seconds(() => allRecorded(rig, id));
  const changes: number[] = [];
  for (let turn = 1; turn <= TURNS; turn++)
    changes.push(
      await seconds(() => engine.command(id, 'complete', { milestone: `improvement-actions/a${turn}` }, director)),
    );
  const moved = await seconds(() =>
    engine.command(id, 'correct', { received: '2016-02-18', reason: 'bench' }, director),
  );
  const movedRecorded = await seconds(() => allRecorded(rig, id));
  const views: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) views.push(await seconds(() => engine.view(id)));
  const revisions = await revisionsOf(engine, id, what, median(changes));
  const { state } = await engine.inspect(id);
  const replayed = await seconds(() => replay(rig, id));
  return [
    {
      what: `${what}: what it keeps`,
      value: `${kib(sizesOf(state).bytes)}, of which facts ${kib(sizesOf({ facts: state.facts }).bytes)}`,
    },
    { what: `${what}: start, until it answers`, value: `${round(answered)} s` },
    { what: `${what}: until all of the start is on record`, value: `${round(recorded)} s more` },
    {
      what: `${what}: a change of one duty, median of ${TURNS}`,
      value: `${round(median(changes))} s`,
      goal: 'under 2 s',
      met: median(changes) < 2,
    },
    {
      what: `${what}: a correction that moves every date`,
      value: `${round(moved)} s, on record ${round(movedRecorded)} s later`,
      goal: 'under the 10 s in which Temporal wants a step done',
      met: moved < 10,
    },
    {
      what: `${what}: reading its state for a page, facts known, median of ${TURNS}`,
      value: `${round(median(views))} s`,
    },
    ...revisions,
    { what: `${what}: replay of all of that`, value: `${round(replayed)} s` },
    await inTheEngine(rig, id, what),
  ];
}

async function manyQuestions(rig: Rig): Promise<Figure[]> {
  const { engine } = rig.rehearsal;
  const start = largeStart({ actions: 30, roles: 20 });
  const { inspection } = start.facts;
  const own = { ...start, facts: { ...start.facts, inspection: { ...inspection, reference: 'questions' } } };
  const id = await rig.rehearsal.start(own, START);
  const ask = async (n: number): Promise<void> => {
    const text = (seed: number) => textOf(CHARACTERS, seed);
    await again(() =>
      engine.command(id, 'ask', { id: `q${n}`, by: 'ward 1', text: text(2 * n) }, administrator, {
        updateId: `ask-${n}`,
      }),
    );
    await again(() =>
      engine.command(id, 'answer', { question: `q${n}`, text: text(2 * n + 1) }, administrator, {
        updateId: `answer-${n}`,
      }),
    );
  };
  const asked = await seconds(() =>
    Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        for (let n = client; n < QUESTIONS; n += CLIENTS) await ask(n);
      }),
    ),
  );
  const corrected = await seconds(async () => {
    for (let turn = 0; turn < CORRECTIONS; turn++)
      await engine
        .command(id, 'correct', { received: turn % 2 ? '2016-02-18' : '2016-02-19', reason: 'bench' }, director)
        .catch((error: unknown) => {
          if (turn > 0) throw error;
        });
  });
  await allRecorded(rig, id);
  const { state } = await engine.inspect(id);
  const what = `${QUESTIONS} questions and answers of ${CHARACTERS} characters, ${CORRECTIONS} corrections`;
  return [
    {
      what: `${what}: what it keeps`,
      value: kib(sizesOf(state).bytes),
      against: `${kib(QUESTIONS * 2 * CHARACTERS)} of texts, which the register has`,
    },
    {
      what: `${what}: time for a question with its answer, ${CLIENTS} clients side by side`,
      value: `${round((asked / QUESTIONS) * 1000)} ms; a correction ${round((corrected / CORRECTIONS) * 1000)} ms`,
    },
    await inTheEngine(rig, id, what),
  ];
}

const MAX_TRIES = 20;

/** Where one run ends and the next begins, a request is asked again under the same id: it is carried out once. */
async function again(ask: () => Promise<unknown>): Promise<void> {
  for (let turn = 1; ; turn++)
    try {
      await ask();
      return;
    } catch (error) {
      if (turn === MAX_TRIES || error instanceof Refusal) throw error;
    }
}

const kib = (bytes: number): string => `${round(bytes / 1024)} KiB`;

async function allRecorded({ rehearsal, register }: Rig, id: InspectionRef): Promise<void> {
  const { authority, reference } = partsOf(id);
  const { seq } = await rehearsal.engine.view(id);
  if (!(await register.reached(authority, reference, seq, RECORDED_MS))) throw new Error(`${id} is not on record`);
}

async function replay({ rehearsal, register, bundle }: Rig, id: InspectionRef): Promise<void> {
  const histories = (await allRuns(rehearsal, id)).map((events) => ({
    workflowId: workflowId(id),
    history: { events },
  }));
  const options = { workflowBundle: bundle, dataConverter: dataConverterOf([], register.payloads) };
  for await (const { error } of Worker.runReplayHistories(options, histories)) if (error !== undefined) throw error;
}

async function allRuns({ client }: Rehearsal, id: InspectionRef): Promise<temporal.api.history.v1.IHistoryEvent[][]> {
  const runs: temporal.api.history.v1.IHistoryEvent[][] = [];
  for await (const events of runsOf(client, workflowId(id))) runs.push(events);
  return runs;
}

/** What Temporal holds of it, and what the register holds for it. */
async function inTheEngine({ rehearsal, databaseUrl }: Rig, id: InspectionRef, what: string): Promise<Figure> {
  const { HistoryEvent } = proto.temporal.api.history.v1;
  const runs = await allRuns(rehearsal, id);
  const sizes = runs.map((run) => run.map((event) => HistoryEvent.encode(event).finish().length));
  const events = sizes.flat();
  const largest = Math.max(...events);
  const { authority, reference } = partsOf(id);
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const stored = await database.query<{ n: string; bytes: string | null }>(
    'SELECT count(*) AS n, sum(length(content)) AS bytes FROM large_payload WHERE authority = $1 AND reference = $2',
    [authority, reference],
  );
  await database.end();
  const { n = '0', bytes = '0' } = stored.rows[0] ?? {};
  return {
    what: `${what}: history in the engine`,
    value: `${kib(events.reduce((sum, each) => sum + each, 0))} in ${events.length} events of ${sizes.length} runs, the largest event ${kib(largest)}; ${n} payloads in the register, ${kib(Number(bytes ?? 0))} compressed`,
    goal: 'no event near Temporal’s 2 MiB',
    met: largest < MAX_EVENT / 2,
  };
}
