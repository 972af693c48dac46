import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { workflowId } from '../../client/engine.ts';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { example } from '../support/example.ts';
import { workflowBundle } from '../support/rig.ts';
import { openWorkers, type Workers } from '../support/workers.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';

const director = { id: 'x', role: 'executive-director' };
const PLAN = 'plan-submission/written-action-plan';
const namespace = (): string => inject('temporalNamespace');

/** What an operator does with `temporal worker deployment set-current-version` and `set-ramping-version`. */
async function route(
  { client }: Workers,
  deploymentName: string,
  step: { current: string } | { ramp: string; percentage: number },
): Promise<void> {
  const service = client.connection.workflowService;
  const about = { namespace: namespace(), deploymentName, identity: 'test', ignoreMissingTaskQueues: true };
  // The server learns of a version when its worker first asks for work.
  await expect
    .poll(
      () =>
        ('current' in step
          ? service.setWorkerDeploymentCurrentVersion({ ...about, buildId: step.current })
          : service.setWorkerDeploymentRampingVersion({ ...about, buildId: step.ramp, percentage: step.percentage })
        ).then(
          () => 'done',
          (error: unknown) => String(error),
        ),
      { timeout: 30_000, interval: 200 },
    )
    .toBe('done');
}

/** The build that completed a lifecycle's last workflow task. */
async function lastBuild({ client }: Workers, reference: InspectionRef): Promise<string | undefined> {
  const { raw } = await client.workflow.getHandle(workflowId(reference)).describe();
  return raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId ?? undefined;
}

const acknowledge = (workers: Workers, reference: InspectionRef, promisedOn: string) =>
  workers.engine.command(reference, 'acknowledge', { milestone: PLAN, promisedOn }, director);

test('worker deployment versions: a ramp takes its share, and an old version’s open lifecycle goes on under the new one', async () => {
  const workers = await openWorkers();
  const deploymentName = `duecourse-${randomBytes(4).toString('hex')}`;
  const guarded = await bundleWorkflows(fileURLToPath(new URL('./fixtures/patched-workflow.ts', import.meta.url)));
  const stopOld = await workers.work(workflowBundle(), { deploymentName, buildId: '0.1.0' });
  await route(workers, deploymentName, { current: '0.1.0' });
  const open = await workers.start(example('middlesbrough-2016'), '2016-02-19T10:00:00.000Z');
  await workers.advanceTo(open, '2016-03-03T10:00:00.000Z');
  expect(await lastBuild(workers, open)).toBe('0.1.0');

  // The new version stands ready, and gets nothing until it is ramped up; then its share of what is started.
  await workers.work(guarded, { deploymentName, buildId: '0.2.0' });
  await route(workers, deploymentName, { ramp: '0.2.0', percentage: 0 });
  await acknowledge(workers, open, '2016-06-20');
  expect(await lastBuild(workers, open)).toBe('0.1.0');
  await route(workers, deploymentName, { ramp: '0.2.0', percentage: 50 });
  // Each falls to one side by its id: that all of so many fall to the same one is as good as impossible.
  const builds = new Set<string | undefined>();
  for (let n = 0; n < 40 && builds.size < 2; n++) {
    const reference = await workers.start(example('stockton-on-tees-2010'), '2010-10-29T10:00:00.000Z');
    await expect.poll(() => lastBuild(workers, reference), { timeout: 30_000 }).toBeDefined();
    builds.add(await lastBuild(workers, reference));
  }
  expect(builds).toEqual(new Set(['0.1.0', '0.2.0']));

  // It becomes current, the old version's worker goes: its lifecycle moves on, with its timers and its next mail.
  await route(workers, deploymentName, { current: '0.2.0' });
  await stopOld();
  const mails = workers.sent.length;
  await acknowledge(workers, open, '2016-06-24');
  expect(await lastBuild(workers, open)).toBe('0.2.0');
  await workers.advanceTo(open, '2016-06-03T10:00:00.000Z');
  expect(workers.sent.length).toBeGreaterThan(mails);
  await workers.replay(open, guarded);
}, 300_000);
