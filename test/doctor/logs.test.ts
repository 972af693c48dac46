import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished, test } from 'vitest';
import { workflowId } from '../../client/engine.ts';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { openWard } from './ward.ts';

const SCRIPT = fileURLToPath(new URL('./logging-worker-script.ts', import.meta.url));

test('a worker’s log names the lifecycle that it can’t carry on, and why', async () => {
  const ward = await openWard();
  const stop = await ward.work();
  const id = await ward.start();
  await stop();
  const changed = fileURLToPath(new URL('../workflows/fixtures/changed-workflow.ts', import.meta.url));
  const bundle = join(ward.folder, 'bundle.js');
  writeFileSync(bundle, (await bundleWorkflows(changed)).code);
  const where = [inject('temporalAddress'), inject('temporalNamespace'), ward.taskQueue, ward.databaseUrl, bundle];
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, ...where], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  await ward.client.workflow.getHandle(workflowId(id)).signal('nothing that it knows');
  const lines = () =>
    log
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const naming = () => lines().filter((line) => JSON.stringify(line).includes(workflowId(id)));
  await expect
    .poll(() => naming().length, { timeout: 60_000 })
    .toBeGreaterThan(0)
    .catch((error: unknown) => {
      process.stderr.write(log);
      throw error;
    });
  expect(naming()[0]).toMatchObject({ part: 'temporal', workflowId: workflowId(id) });
  expect(JSON.stringify(naming())).toMatch(/[Nn]on-?[Dd]etermini/);
});
