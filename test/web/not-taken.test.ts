import { Client } from '@temporalio/client';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, onTestFinished, test } from 'vitest';
import { Engine } from '../../client/engine.ts';
import { ENGINE_WORDS } from '../../client/engine-words.ts';
import { webApp } from '../../client/web/app.ts';
import { registerClock } from '../../register/register-clock.ts';
import { boardRig, Visitor } from '../support/board.ts';
import { exampleFile } from '../support/example.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const ADMINISTRATOR = 'democratic-services@middlesbrough.example.org';
const PLAN = 'plan-submission/written-action-plan';

test('the API, with no worker: 503 says that the change was not taken, and it never happens; sent again, it is done', async () => {
  const board = await boardRig();
  const inspection = await board.start(exampleFile('middlesbrough-2016'));
  const key = await (await board.signedIn(ADMINISTRATOR)).apiKey();
  const address = inject('temporalAddress');
  const connection = await openConnection({ address });
  onTestFinished(() => connection.close());
  const engine = new Engine(new Client({ connection, namespace: inject('temporalNamespace') }), {
    taskQueue: 'none',
    address,
    patienceMs: 2000,
    time: registerClock(board.register),
  });
  const visitor = new Visitor(webApp({ ...board.parts, engine }));
  const idempotencyKey = randomBytes(8).toString('hex');
  const submit = () =>
    visitor.request(`/api/v1/inspections/${inspection}/submit?as=democratic-services`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': idempotencyKey,
      },
      body: JSON.stringify({ milestone: PLAN }),
    });
  const statusOf = async () =>
    (await board.engine.view(inspection)).milestones.find((each) => each.id === PLAN)?.status;

  const back = await board.withoutWorker();
  const refused = await submit();
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({
    code: 'not-taken',
    detail: expect.stringContaining(ENGINE_WORDS['not-taken'].fate) as string,
  });
  await back();
  await sleep(2000);
  expect(await statusOf()).toBe('open');
  const taken = await submit();
  expect([taken.status, await statusOf()]).toEqual([200, 'submitted']);
  expect((await submit()).status).toBe(200);
}, 300_000);

test('questions and decisions are shown where an inspection does not answer, and say which', async () => {
  const board = await boardRig();
  const inspection = await board.start(exampleFile('middlesbrough-2016'));
  const visitor = await board.signedIn(ADMINISTRATOR);
  const back = await board.withoutWorker();
  for (const path of ['/questions', '/decisions']) {
    const from = performance.now();
    const answer = await visitor.get(path);
    const text = await answer.text();
    expect([path, answer.status]).toEqual([path, 200]);
    expect(text).toContain(`href="/inspections/${inspection}"`);
    expect(text).toContain('can’t be shown here at the moment');
    expect(text).not.toContain('No inspection is open');
    expect(performance.now() - from).toBeLessThan(8000);
  }
  await back();
  // The engine gives the worker that is gone some seconds before it asks another.
  const shown = async () => (await visitor.text('/questions')).includes('can’t be shown here at the moment');
  await expect.poll(shown, { timeout: 30_000 }).toBe(false);
  expect(await visitor.text('/questions')).toContain('No question has been asked');
}, 300_000);
