import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { ownDatabase } from '../register/support.ts';
import { cli, runProgram } from '../support/cli.ts';
import { exampleFile } from '../support/example.ts';

const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));

test('against a Temporal server and a PostgreSQL of the operator’s: setup, a worker of its own, the same commands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-cluster-'));
  const variables = {
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    DATABASE_URL: await ownDatabase(),
    DUECOURSE_VAR: join(folder, 'var'),
    DUECOURSE_TASK_QUEUE: 'cluster-test',
  };
  for (let turn = 0; turn < 2; turn++) {
    const setup = await cli(['setup'], variables);
    expect([setup.code, setup.out]).toEqual([0, expect.stringContaining('The register is up to date.')]);
  }
  const worker = runProgram(WORKER, [], variables);
  try {
    await worker.says('task queue cluster-test');
    const started = await cli(['start', exampleFile('worcestershire-2016'), '--yes', '--json'], variables);
    expect(started.code).toBe(0);
    expect(JSON.parse((await cli(['list', '--json'], variables)).out)).toMatchObject([
      { authority: 'worcestershire', reference: '2016', status: 'open' },
    ]);
    await expect.poll(() => readdirSync(join(folder, 'var', 'outbox')).length, { timeout: 20_000 }).toBeGreaterThan(0);
  } finally {
    worker.process.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a worker with nothing to connect to says so and ends', async () => {
  const worker = runProgram(WORKER, [], { DUECOURSE_VAR: join(tmpdir(), 'duecourse-nowhere') });
  expect(await worker.ended).toBe(1);
  expect(worker.output()).toContain('No Temporal server: set TEMPORAL_ADDRESS');
});

test('half of a worker deployment version is refused, before anything is connected to', async () => {
  const worker = runProgram(WORKER, [], { TEMPORAL_ADDRESS: '127.0.0.1:9', DUECOURSE_BUILD_ID: '0.2.0' });
  expect(await worker.ended).toBe(1);
  expect(worker.output()).toContain('DUECOURSE_DEPLOYMENT and DUECOURSE_BUILD_ID belong together');
});
