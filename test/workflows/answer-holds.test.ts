import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Engine } from '../../client/engine.ts';
import { EngineProblem } from '../../client/engine-problem.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import type { CommandResult } from '../../workflows/messages.ts';
import { fateOf } from '../../platform/updates/fate.ts';
import { startTemporalServer } from '../../platform/embedded/temporal.ts';
import { realTime, type RealTime } from '../support/real-time.ts';
import { historiesOf } from '../support/rig.ts';
import { workersToKill } from '../support/worker-process.ts';

const administrator = { id: 'test', role: 'democratic-services' };
const NOT_TAKEN = new Set(['not-taken', 'busy', 'stuck']);
const HOUR_MS = 3_600_000;
/** As long as 200 changes one after the other take on a machine that has much else to do. */
const PATIENT_MS = 120_000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

interface Answer {
  text: string;
  answer: CommandResult | string;
}

/** Each asks a question of its own; what came of it, or the code of the problem. */
function askAll(engines: Engine[], inspection: InspectionRef, count: number, about = 'n'): Promise<Answer[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const text = `${about}-${n};`;
      const engine = engines[n % engines.length] as Engine;
      try {
        return { text, answer: await engine.command(inspection, 'ask', { by: 'ward 1', text }, administrator) };
      } catch (error) {
        return { text, answer: error instanceof EngineProblem ? error.code : String(error) };
      }
    }),
  );
}

const done = (answers: Answer[]) => answers.filter(({ answer }) => typeof answer === 'object');
const texts = (answers: Answer[]) => answers.map(({ text }) => text).sort();

/** The questions on record, by their texts, once all that the lifecycle holds is recorded. */
async function onRecord(site: RealTime, engine: Engine, inspection: InspectionRef): Promise<string[]> {
  const { authority, reference } = partsOf(inspection);
  await site.register.reached(authority, reference, (await engine.view(inspection)).seq, 20_000);
  const entries = await site.entries(inspection, 'question-asked');
  return entries.map(({ text }) => /[\w-]+;$/.exec(text)?.[0] ?? text).sort();
}

/** The same in rounds: a lifecycle goes on as a new run only in a moment in which all is recorded. */
async function inRounds(
  site: RealTime,
  engines: Engine[],
  inspection: InspectionRef,
  rounds: number,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let round = 0; round < rounds; round++) {
    answers.push(...(await askAll(engines, inspection, 8, `round-${round}`)));
    await onRecord(site, engines[0] as Engine, inspection);
  }
  return answers;
}

/** Every answer is one of the two, and the record says the same, now and later. */
async function expectTrue(site: RealTime, engine: Engine, inspection: InspectionRef, answers: Answer[]): Promise<void> {
  const others = answers.filter(({ answer }) => typeof answer !== 'object' && !NOT_TAKEN.has(answer));
  expect(others).toEqual([]);
  expect(await onRecord(site, engine, inspection)).toEqual(texts(done(answers)));
  await sleep(3000);
  expect(await onRecord(site, engine, inspection)).toEqual(texts(done(answers)));
}

test('200 changes at once from two processes that have the patience: each is carried out', async () => {
  const site = await realTime();
  await site.work();
  const patient = { patienceMs: PATIENT_MS };
  const engines = [await site.engine(patient), await site.engine(patient)];
  const [engine] = engines as [Engine];
  const inspection = await site.start(engine);
  const answers = await askAll(engines, inspection, 200);
  await expectTrue(site, engine, inspection, answers);
  expect(done(answers)).toHaveLength(200);
  const seqs = done(answers).map(({ answer }) => (answer as CommandResult).seq);
  expect(new Set(seqs).size).toBe(200);
}, 300_000);

test('200 changes at once where nobody has the patience: those that were not taken are not there, and never will be', async () => {
  const site = await realTime();
  await site.work();
  // Long enough that a busy machine takes one, and too short for all of them.
  const engines = await Promise.all(Array.from({ length: 5 }, () => site.engine({ patienceMs: 3000 })));
  const patient = await site.engine();
  const inspection = await site.start(patient);
  const answers = await askAll(engines, inspection, 200);
  await expectTrue(site, patient, inspection, answers);
  expect(done(answers).length).toBeGreaterThan(0);
}, 300_000);

test('a server that lets two updates be at once, and twenty a run: each change is carried out or was not taken', async () => {
  const limits = { 'history.maxInFlightUpdates': 2, 'history.maxTotalUpdates': 20 };
  const server = await startTemporalServer({
    namespace: 'default',
    timeSkipping: false,
    fast: true,
    log: () => undefined,
    dynamicConfig: limits,
  });
  onTestFinished(() => server.stop());
  const site = await realTime(server);
  await site.work();
  const patient = { patienceMs: PATIENT_MS };
  const engines = [await site.engine(patient), await site.engine(patient)];
  const [engine] = engines as [Engine];
  const inspection = await site.start(engine);
  const answers = await askAll(engines, inspection, 60);
  await expectTrue(site, engine, inspection, answers);
  expect(done(answers).length).toBeGreaterThan(20);
  expect((await historiesOf(site.client, inspection)).length).toBeGreaterThan(1);
}, 300_000);

test('no worker: the answer is "not taken", and when one comes nothing happens', async () => {
  const site = await realTime();
  const stop = await site.work();
  const patient = await site.engine();
  const hasty = await site.engine({ patienceMs: 2000 });
  const inspection = await site.start(patient);
  await stop();
  const answers = await askAll([hasty], inspection, 6, 'absent');
  expect(answers.map(({ answer }) => (typeof answer === 'string' ? answer : 'done')).sort()).toEqual([
    ...Array.from({ length: 2 }, () => 'busy'),
    ...Array.from({ length: 4 }, () => 'not-taken'),
  ]);
  await site.work();
  await expectTrue(site, patient, inspection, answers);
  const [again] = await askAll([patient], inspection, 1, 'back');
  expect(again?.answer).toMatchObject({ status: 'open' });
}, 300_000);

test('a worker killed over changes: each is carried out by the next, or was not taken', async () => {
  const site = await realTime();
  const fork = await workersToKill(site);
  const first = await fork();
  const patient = await site.engine();
  const hasty = await site.engine({ patienceMs: 6000 });
  const inspection = await site.start(patient);
  const asked = askAll([hasty, await site.engine({ patienceMs: 6000 })], inspection, 150, 'killed');
  await sleep(150);
  await first.kill();
  const answers = await asked;
  expect(done(answers).length).toBeLessThan(150);
  await fork();
  await expectTrue(site, patient, inspection, answers);
}, 300_000);

test('the engine itself killed over changes, and back: each is carried out or was not taken; while it is away nothing is asked', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'duecourse-killed-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const start = () =>
    startTemporalServer({ dataDir, namespace: 'default', timeSkipping: false, fast: true, log: () => undefined });
  let server = await start();
  onTestFinished(() => server.stop());
  const site = await realTime(server);
  await site.work();
  const patient = await site.engine({ patienceMs: 30_000 });
  const hasty = await site.engine({ patienceMs: 1000 });
  const inspection = await site.start(patient);
  const asked = askAll([patient, await site.engine({ patienceMs: 30_000 })], inspection, 40, 'killed');
  await sleep(150);
  process.kill(server.pid, 'SIGKILL');
  await expect.poll(() => isAlive(server.pid)).toBe(false);
  expect((await askAll([hasty], inspection, 2, 'away')).map(({ answer }) => answer)).toEqual([
    'unreachable',
    'unreachable',
  ]);
  server = await start();
  const answers = await asked;
  expect(done(answers).length).toBeGreaterThan(0);
  await expectTrue(site, patient, inspection, answers);
}, 300_000);

test('across runs: none is lost and none is done twice', async () => {
  const site = await realTime();
  await site.work();
  const engines = [await site.engine(), await site.engine()];
  const [engine] = engines as [Engine];
  const inspection = await site.start(engine, { eventsPerRun: 30 });
  const answers = await inRounds(site, engines, inspection, 12);
  await expectTrue(site, engine, inspection, answers);
  expect(done(answers)).toHaveLength(96);
  expect((await historiesOf(site.client, inspection)).length).toBeGreaterThan(2);
}, 300_000);

test('the same id twice: once in one run, once across runs, and twice at the same moment', async () => {
  const site = await realTime();
  await site.work();
  const engine = await site.engine();
  const inspection = await site.start(engine, { eventsPerRun: 30 });
  const ask = (text: string, updateId: string) =>
    engine.command(inspection, 'ask', { by: 'ward 1', text }, administrator, { updateId });
  const first = await ask('once;', 'id-once');
  expect((await ask('once;', 'id-once')).seq).toBe(first.seq);
  await inRounds(site, [engine], inspection, 3);
  const runs = (await historiesOf(site.client, inspection)).length;
  expect(runs).toBeGreaterThan(1);
  expect((await ask('once;', 'id-once')).seq).toBe(first.seq);
  const [one, two] = await Promise.all([ask('both;', 'id-both'), ask('both;', 'id-both')]);
  expect(one.seq).toBe(two.seq);
  const record = await onRecord(site, engine, inspection);
  expect(record.filter((text) => text === 'once;')).toHaveLength(1);
  expect(record.filter((text) => text === 'both;')).toHaveLength(1);
}, 300_000);

test('an answer that was lost is found in the run that gave it, though that has ended since', async () => {
  const site = await realTime();
  const stop = await site.work();
  const engine = await site.engine();
  const inspection = await site.start(engine, { eventsPerRun: 30 });
  const updateId = 'id-lost';
  const handle = site.client.workflow.getHandle(`inspection/${inspection}`);
  const { runId } = await handle.describe();
  const asked = { workflowId: `inspection/${inspection}`, updateId };
  await engine.command(inspection, 'ask', { by: 'ward 1', text: 'lost;' }, administrator, { updateId });
  await inRounds(site, [engine], inspection, 3);
  await stop();
  const fate = await fateOf(site.client, asked, { since: runId, notAfter: 0, now: Date.now() });
  expect(fate).toEqual({ run: expect.any(String) as string });
  expect((fate as { run: string }).run).not.toBe((await handle.describe()).runId);
  expect(
    await fateOf(site.client, { ...asked, updateId: 'never-asked' }, { since: runId, notAfter: 0, now: Date.now() }),
  ).toBe('never');
}, 300_000);

test.each([2 * HOUR_MS, -2 * HOUR_MS])(
  'a client whose clock is %i ms off answers as truly',
  async (offMs) => {
    const site = await realTime();
    const stop = await site.work();
    const patient = await site.engine();
    const inspection = await site.start(patient);
    const hasty = await site.engine({ patienceMs: 2000 });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offMs, shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const before = await askAll([hasty], inspection, 3, 'off');
    expect(done(before)).toHaveLength(3);
    await stop();
    const absent = await askAll([hasty], inspection, 3, 'absent');
    expect(done(absent)).toEqual([]);
    vi.useRealTimers();
    await site.work();
    await expectTrue(site, patient, inspection, [...before, ...absent]);
  },
  300_000,
);

test('the clock that was told is hours behind the engine’s: that is found out, and the change is taken', async () => {
  const site = await realTime();
  await site.work();
  const patient = await site.engine();
  const inspection = await site.start(patient);
  const behind = await site.engine({ time: () => Promise.resolve(Date.now() - 2 * HOUR_MS) });
  const answers = await askAll([behind], inspection, 3, 'behind');
  expect(done(answers)).toHaveLength(3);
  await expectTrue(site, patient, inspection, answers);
}, 300_000);
