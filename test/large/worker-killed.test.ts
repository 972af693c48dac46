import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { workflowId } from '../../client/engine.ts';
import { EngineProblem } from '../../client/engine-problem.ts';
import { partsOf } from '../../domain/inspection-ref.ts';
import { standingOf } from '../../platform/updates/fate.ts';
import { largeStart } from '../support/large.ts';
import { realTime } from '../support/real-time.ts';
import { workersToKill } from '../support/worker-process.ts';

const director = { id: 'x', role: 'director' };
const DUTIES = ['a1', 'a2', 'a3', 'a4'].map((id) => `improvement-actions/${id}`);

test('a worker dies over changes of a large inspection, whose steps the engine waits a minute for: each is carried out, or was not taken', async () => {
  const site = await realTime();
  const fork = await workersToKill(site);
  const first = await fork();
  const patient = await site.engine({ patienceMs: 120_000 });
  const inspection = await patient.start(largeStart({ actions: 900, roles: 20, characters: 300 }));
  const { terminate } = site.client.workflow.getHandle(workflowId(inspection));
  onTestFinished(async () => void (await terminate('the test is over').catch(() => undefined)));
  expect((await standingOf(site.client, workflowId(inspection))).taskTimeoutMs).toBe(60_000);
  const { authority, reference } = partsOf(inspection);
  const recorded = async () =>
    site.register.reached(authority, reference, (await patient.view(inspection)).seq, 120_000);
  expect(await recorded()).toBe(true);

  const hasty = await site.engine({ patienceMs: 4000 });
  const asked = DUTIES.map(async (milestone) => {
    try {
      await hasty.command(inspection, 'complete', { milestone }, director);
      return 'done';
    } catch (error) {
      return error instanceof EngineProblem ? error.code : String(error);
    }
  });
  // Once it is in the middle of a step.
  await expect
    .poll(async () => (await standingOf(site.client, workflowId(inspection))).busySince, { interval: 20 })
    .toBeDefined();
  first.freeze();
  await sleep(100);
  await first.kill();
  const answers = await Promise.all(asked);
  expect(answers.filter((answer) => answer !== 'done' && answer !== 'not-taken' && answer !== 'busy')).toEqual([]);

  await fork();
  await sleep(3000);
  expect(await recorded()).toBe(true);
  const completed = (await site.entries(inspection, 'milestone-completed'))
    .map(({ milestone }) => milestone ?? '')
    .sort();
  expect(completed).toEqual(DUTIES.filter((_, index) => answers[index] === 'done'));
  // And the next change is taken.
  await patient.command(inspection, 'complete', { milestone: 'improvement-actions/a9' }, director);
}, 300_000);
