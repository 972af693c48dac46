import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { workflowId } from '../../client/engine.ts';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { openWard } from './ward.ts';

test('a worker’s log names the lifecycle that it can’t carry on, and why', async () => {
  const ward = await openWard();
  const stop = await ward.work();
  const id = await ward.start();
  await stop();
  const changed = fileURLToPath(new URL('../workflows/fixtures/changed-workflow.ts', import.meta.url));
  const { log } = ward.workApart(await bundleWorkflows(changed));
  await ward.client.workflow.getHandle(workflowId(id)).signal('nothing that it knows');
  const naming = () =>
    log()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes(workflowId(id)))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  await expect.poll(() => (naming().length > 0 ? 'named' : log()), { timeout: 60_000 }).toBe('named');
  expect(naming()[0]).toMatchObject({ part: 'temporal', workflowId: workflowId(id) });
  expect(JSON.stringify(naming())).toMatch(/[Nn]on-?[Dd]etermini/);
});
