import { DeterminismViolationError } from '@temporalio/workflow';
import proto from '@temporalio/proto';
import { Worker } from '@temporalio/worker';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bundleWorkflows } from '../../worker/workflow-bundle.ts';
import { unpackBundle } from '../support/bundle-file.ts';
import { workflowBundle } from '../support/rig.ts';

const FOLDER = fileURLToPath(new URL('../histories/', import.meta.url));
const recorded = readdirSync(FOLDER).filter((name) => name.endsWith('.history'));
const history = (name: string) => proto.temporal.api.history.v1.History.decode(readFileSync(`${FOLDER}${name}`));

test('every release has its history and the workflow code that has made it', () => {
  const releases = readdirSync(FOLDER).filter((name) => name.startsWith('release-'));
  expect(recorded).toContain('release-0.2.history');
  expect(releases.sort()).toEqual(recorded.flatMap((name) => [name.replace(/history$/, 'bundle.js.gz'), name]).sort());
});

test.each(recorded)('%s replays with the workflow code of its own release', async (name) => {
  const bundle = unpackBundle(`${FOLDER}${name.replace(/history$/, 'bundle.js.gz')}`);
  await expect(Worker.runReplayHistory({ workflowBundle: bundle }, history(name))).resolves.toBeUndefined();
});

test.each(recorded)('%s replays with today’s code', async (name) => {
  await expect(Worker.runReplayHistory({ workflowBundle: workflowBundle() }, history(name))).resolves.toBeUndefined();
});

test('a careless change of the workflow does not replay', async () => {
  const changed = await bundleWorkflows(fileURLToPath(new URL('./fixtures/changed-workflow.ts', import.meta.url)));
  await expect(Worker.runReplayHistory({ workflowBundle: changed }, history('release-0.2.history'))).rejects.toThrow(
    DeterminismViolationError,
  );
});
