import { WorkflowNotFoundError } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { expect, inject, onTestFinished, test } from 'vitest';
import { type Engine, workflowId } from '../../client/engine.ts';
import { Refusal } from '../../domain/refusal.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { startOf } from '../support/facts.ts';
import { workflowBundle } from '../support/rig.ts';
import { encryptedEngine, type EncryptedEngine } from './encrypted-engine.ts';
import { keysNamed } from './support.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';

const START = '2016-02-19T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const OWNER = 'head-of-service@anyborough.example.org';
const owner = { id: 'someone', role: 'head-of-service' };
const director = { id: 'someone', role: 'director' };

const [a, b] = [keysNamed('a'), keysNamed('b')];
const [ab, ba] = [keysNamed('a', 'b'), keysNamed('b', 'a')];

test('with keys: start, update, refused update, query, mail and continue-as-new; a rotation in the middle; the whole of it replays', async () => {
  const there = await open();
  await there.worker(a);
  const engine = there.engine(a);
  const reference = await begin(there, a, { eventsPerRun: 40 });
  await engine.command(reference, 'acknowledge', { milestone: PLAN, promisedOn: '2016-06-01' }, owner);
  await expect(
    engine.command(reference, 'extend', { milestone: PLAN, to: '2016-08-01', reason: 'more time' }, director),
  ).rejects.toEqual(expect.objectContaining({ name: 'Refusal', code: 'statutory-date' }));
  const refused = await engine
    .command(reference, 'complete', { milestone: 'none' }, director)
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  expect((refused as Refusal).message).toContain('"none"');
  await there.advanceTo(reference, '2016-06-20T10:30:00.000Z');
  expect(there.sent.some(({ recipient }) => recipient.email === OWNER)).toBe(true);

  // Known to all, then first for all; clients and workers one after the other, in either order.
  for (const [keys, asked] of [
    [ab, a],
    [ab, ab],
    [ba, ab],
    [ba, ba],
  ] as const) {
    await there.worker(keys);
    const note = `by ${asked[0]?.id ?? ''}`;
    await there
      .engine(asked)
      .command(reference, 'acknowledge', { milestone: PLAN, promisedOn: '2016-06-24', note }, owner);
    expect((await there.engine(asked).view(reference)).title).toBe('Anyborough 2016');
  }
  await there.advanceTo(reference, '2016-06-23T10:30:00.000Z');
  await there.engine(ba).command(reference, 'submit', { milestone: PLAN }, owner);
  await there.advanceTo(reference, '2016-09-01T10:30:00.000Z');

  const [authority = '', inspection = ''] = reference.split('/');
  const entries = await there.register.history(authority, inspection);
  expect(entries.filter(({ kind }) => kind === 'milestone-acknowledged')).toHaveLength(5);
  // What a recovery makes the record up from is read with the keys of its days; the state is handed out as well.
  const handed: number[] = [];
  for await (const { delivery } of there.engine(ba).deliveries(reference))
    handed.push(...delivery.entries.map(({ seq }) => seq));
  const own = entries.filter(({ seq }) => seq > 0).map(({ seq }) => seq);
  expect(handed).toEqual(own);
  expect((await there.register.recovery.kept(authority, inspection))?.state.seq).toBe(own.at(-1));
  const histories = await historiesOf(there, reference);
  expect(histories.length).toBeGreaterThan(2);
  // Every payload on the server is encrypted, the first by the old key, the last by the new.
  const keysUsed = histories.map(({ history }) => keyIdsIn(history));
  expect(keysUsed[0]).toEqual(new Set(['a']));
  expect([...(keysUsed.at(-1) ?? [])].at(-1)).toBe('b');
  await replay(there, histories, ba);
  // The old key taken away too early: what was written by it is read no more; why, is on the server for nobody to read.
  await expect(replay(there, histories, b)).rejects.toThrow(/workflow task failure.*"Encoded failure"/);
}, 300_000);

test('a lifecycle that began before encryption goes on with it', async () => {
  const there = await open();
  await there.worker([]);
  const reference = await begin(there, []);
  await there.engine([]).command(reference, 'acknowledge', { milestone: PLAN, promisedOn: '2016-06-01' }, owner);
  await there.worker(a);
  await there.engine(a).command(reference, 'submit', { milestone: PLAN }, owner);
  const plan = (await there.engine(a).view(reference)).milestones.find(({ id }) => id === PLAN);
  expect(plan?.status).toBe('submitted');
  // Somebody without keys can't ask it any more, and is told why.
  await expect(there.engine([]).view(reference)).rejects.toThrow(/encrypted with the key "a".*none are set/);
}, 300_000);

test('a key used before the worker knows it: nothing is lost, and it is carried out once the worker has the key', async () => {
  const there = await open();
  await there.worker(a);
  const reference = await begin(there, a);
  const early = there.engine(ba).command(reference, 'submit', { milestone: PLAN }, owner);
  // The worker tries and tries; its failures are on the server, and say nothing there but that they are encoded.
  await expect.poll(() => failedTasks(there, reference), { timeout: 20_000 }).toBeGreaterThan(0);
  await there.worker(ab);
  expect((await early).milestone).toMatchObject({ status: 'submitted' });
}, 300_000);

test('while its worker fails again and again a lifecycle takes nothing: that is said in plain words, and waited out', async () => {
  const there = await open();
  await there.worker(a);
  const reference = await begin(there, a);
  const handle = there.client(a).workflow.getHandle(workflowId(reference));
  const pending = async () => (await handle.describe()).raw.pendingActivities?.length ?? 0;
  await expect.poll(async () => there.sent.length > 0 && (await pending()) === 0, { timeout: 20_000 }).toBe(true);
  await there.worker([]);
  // A clock rings, and nobody can do what it is for.
  const ringing = there.advanceTo(reference, '2016-06-02T10:00:00.000Z');
  const attempt = async () => Number((await handle.describe()).raw.pendingWorkflowTask?.attempt ?? 0);
  await expect.poll(attempt, { timeout: 60_000 }).toBeGreaterThanOrEqual(3);
  const hasty = there.engine(a, 2000);
  const submitted = (engine: Engine) => engine.command(reference, 'submit', { milestone: PLAN }, owner);
  await expect(submitted(hasty)).rejects.toThrow(
    expect.objectContaining({ name: 'EngineProblem', code: 'stuck' }) as Error,
  );
  await expect(hasty.view(reference)).rejects.toThrow(/can’t go on at the moment.*nothing is lost/);
  const patient = submitted(there.engine(a, 60_000));
  await there.worker(a);
  expect((await patient).milestone).toMatchObject({ status: 'submitted' });
  await ringing;
}, 150_000);

test('the payloads of a lifecycle are its authority’s: for another they are not read', async () => {
  const there = await open();
  await there.worker(a);
  const reference = await begin(there, a);
  const handle = there.client(a).workflow.getHandle(workflowId(reference));
  const { history } = (await historiesOf(there, reference))[0] ?? {};
  const input = history?.events?.[0]?.workflowExecutionStartedEventAttributes?.input;
  expect(input?.payloads).toHaveLength(1);
  const foreign = dataConverterOf(a, there.register.payloads).payloadCodecs?.[0];
  await expect(
    foreign?.decode(input?.payloads ?? [], {
      type: 'workflow',
      namespace: 'x',
      workflowId: 'inspection/otherborough/1',
    }),
  ).rejects.toThrow(/encrypted for anyborough, and is read for otherborough/);
  expect((await handle.describe()).status.name).toBe('RUNNING');
}, 300_000);

test('what the server keeps about a process holds no name of its machine', async () => {
  const there = await open();
  await there.worker(a);
  const reference = await begin(there, a);
  const { history } = (await historiesOf(there, reference))[0] ?? {};
  const identities = JSON.stringify(history).match(/"identity":"[^"]*"/g) ?? [];
  expect(identities.length).toBeGreaterThan(0);
  for (const identity of identities) expect(identity).toMatch(/^"identity":"(duecourse-\d+-[0-9a-f]{8})?"$/);
}, 300_000);

function open(): Promise<EncryptedEngine> {
  return encryptedEngine({ address: inject('temporalAddress'), namespace: inject('temporalNamespace') });
}

async function begin(
  there: EncryptedEngine,
  keys: typeof a,
  extra: { eventsPerRun?: number } = {},
): Promise<InspectionRef> {
  const given = startOf({ reference: `encrypted-${Math.random().toString(36).slice(2, 10)}` });
  const engine = there.engine(keys);
  const reference = await there.start(engine, given, START, extra);
  onTestFinished(() =>
    there
      .client(keys)
      .workflow.getHandle(workflowId(reference))
      .terminate('the test is over')
      .then(() => undefined)
      .catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      }),
  );
  await engine.view(reference);
  return reference;
}

type History = temporal.api.history.v1.IHistory;

/** Every run of a lifecycle as the server keeps it, first to last. */
async function historiesOf(
  there: EncryptedEngine,
  reference: InspectionRef,
): Promise<{ workflowId: string; history: History }[]> {
  const { workflow } = there.client([]);
  const id = workflowId(reference);
  const runs: { workflowId: string; history: History }[] = [];
  let runId = (await workflow.getHandle(id).describe()).raw.workflowExecutionInfo?.firstRunId ?? undefined;
  while (runId !== undefined && runId !== '') {
    const history: History = await workflow.getHandle(id, runId).fetchHistory();
    runs.push({ workflowId: id, history });
    runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  return runs;
}

async function replay(
  { register }: EncryptedEngine,
  histories: { workflowId: string; history: History }[],
  keys: typeof a,
): Promise<void> {
  const options = { workflowBundle: workflowBundle(), dataConverter: dataConverterOf(keys, register.payloads) };
  for await (const result of Worker.runReplayHistories(options, histories))
    if (result.error !== undefined) throw result.error;
}

async function failedTasks(there: EncryptedEngine, reference: InspectionRef): Promise<number> {
  const history = (await historiesOf(there, reference)).at(-1)?.history;
  const failures = (history?.events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) =>
    failed ? [failed.failure] : [],
  );
  for (const failure of failures) expect(failure?.message).toBe('Encoded failure');
  return failures.length;
}

/** The ids of the keys in a history, in the order in which they were used; all of its payloads must have one. */
function keyIdsIn(history: History): Set<string> {
  const ids = new Set<string>();
  const visit = (data: unknown): void => {
    if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return;
    // Temporal's own note of a patch: its name, which no codec is given.
    if ('markerName' in data && data.markerName === 'core_patch') return;
    if ('metadata' in data && 'data' in data && typeof data.metadata === 'object') {
      const metadata = data.metadata as Record<string, Uint8Array>;
      const search = metadata['type'] !== undefined;
      if (!search) ids.add(Buffer.from(metadata['encryption-key-id'] ?? Buffer.from('none')).toString());
      return;
    }
    for (const value of Object.values(data)) visit(value);
  };
  visit(history);
  return ids;
}
