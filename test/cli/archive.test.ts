import { Client } from '@temporalio/client';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished, test } from 'vitest';
import { newSigningKey } from '../../register/signing.ts';
import { Engine, workflowId } from '../../client/engine.ts';
import { ownDatabase } from '../register/support.ts';
import { cli, runProgram } from '../support/cli.ts';
import { startOf } from '../support/facts.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));
const WITHIN = { timeout: 60_000, interval: 500 };

async function ended(worker: ReturnType<typeof runProgram>): Promise<void> {
  worker.process.kill('SIGTERM');
  expect(await worker.ended).toBe(0);
}

test('histories wait while no worker has a key, are listed as missing, and are made up for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const address = inject('temporalAddress');
  const namespace = inject('temporalNamespace');
  const taskQueue = `archive-${randomBytes(4).toString('hex')}`;
  const variables = {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    DATABASE_URL: await ownDatabase(),
    DUECOURSE_VAR: join(folder, 'var'),
    DUECOURSE_TASK_QUEUE: taskQueue,
  };
  const connection = await openConnection({ address });
  onTestFinished(() => connection.close());
  const client = new Client({ connection, namespace });
  const engine = new Engine(client, { taskQueue, address });
  const [cancelled, terminated, running] = ['a', 'b', 'c'].map((name) => `${name}-${taskQueue}`) as [
    string,
    string,
    string,
  ];

  const keyless = runProgram(WORKER, [], variables);
  await keyless.says(`task queue ${taskQueue}`);
  expect(keyless.output()).toContain('DUECOURSE_SIGNING_KEY is not set');
  for (const reference of [cancelled, terminated, running]) await engine.start(startOf({ reference }));
  const listed = async () => JSON.parse((await cli(['list', '--json'], variables)).out) as unknown[];
  await expect.poll(async () => (await listed()).length, WITHIN).toBe(3);
  await client.workflow.getHandle(workflowId(`anyborough/${terminated}`)).terminate('by an operator');
  await engine.cancel(`anyborough/${cancelled}`);
  await expect(engine.result(`anyborough/${cancelled}`)).rejects.toThrow(/cancelled/i);
  onTestFinished(async () => void (await client.workflow.getHandle(workflowId(`anyborough/${running}`)).terminate()));
  // Its tries go on for as long as it takes; what they lack is said once, at the start.
  const tries = async () =>
    (await client.workflow.getHandle(`archive/anyborough/${cancelled}`).describe()).raw.pendingActivities?.[0]
      ?.attempt ?? 0;
  await expect.poll(tries, WITHIN).toBeGreaterThan(2);
  expect(keyless.output().match(/SIGNING_KEY|Activity failed/g)).toEqual(['SIGNING_KEY']);
  await ended(keyless);

  const missing = await cli(['archive', '--list', '--json'], variables);
  expect(missing.code).toBe(1);
  expect(JSON.parse(missing.out)).toEqual([
    expect.objectContaining({ inspection: `anyborough/${cancelled}`, ended: 'cancelled', outcome: 'open' }),
    expect.objectContaining({ inspection: `anyborough/${terminated}`, ended: 'terminated', outcome: 'open' }),
  ]);

  const keyFile = join(folder, 'signing-key.pem');
  writeFileSync(keyFile, newSigningKey());
  const worker = runProgram(WORKER, [], { ...variables, DUECOURSE_SIGNING_KEY: keyFile });
  await worker.says(`task queue ${taskQueue}`);
  expect(worker.output()).not.toContain('DUECOURSE_SIGNING_KEY is not set');
  await expect
    .poll(async () => (await cli(['archive'], variables)).out, WITHIN)
    .toMatch(/^The history of every ended inspection is in the register/);
  await ended(worker);
  const history = await cli(['history', `anyborough/${terminated}`], variables);
  expect(history.out).toContain('History archived, the whole, which ended as terminated: 1 run');
  // It could not say so itself: from now on nothing of it is late.
  expect(history.out.replaceAll(/\s+/g, ' ')).toMatch(
    /Stopped in the engine on \w+ \d+ \w+ 20\d\d \(terminated\), not by a command of duecourse/,
  );
  const shown = JSON.parse((await cli(['list', '--json'], variables)).out) as { reference: string; status: string }[];
  expect(Object.fromEntries(shown.map((each) => [each.reference, each.status]))).toMatchObject({
    [terminated]: 'cancelled',
    [running]: 'open',
  });
  const verified = await cli(['register', 'verify'], variables);
  expect([verified.code, verified.out]).toEqual([0, expect.stringMatching(/^whole {3}anyborough: \d+ entries\n$/)]);
}, 300_000);

test.each(['nonsense', '-----BEGIN PRIVATE KEY-----\\nnonsense\\n-----END PRIVATE KEY-----'])(
  'a worker whose key is %s says what it expected, and not what it found',
  async (key) => {
    const worker = runProgram(WORKER, [], {
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      DATABASE_URL: await ownDatabase(),
      DUECOURSE_SIGNING_KEY: key,
    });
    expect(await worker.ended).toBe(1);
    expect(worker.output()).toContain('DUECOURSE_SIGNING_KEY: expected an Ed25519 private key');
    expect(worker.output()).not.toContain('nonsense');
  },
);
