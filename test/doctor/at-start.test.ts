import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { ProcessNote } from '../../register/processes.ts';
import { sayDifferences } from '../../worker/doctor/at-start.ts';
import { ownRegister } from '../register/support.ts';
import { runProgram } from '../support/cli.ts';

const WORKER = fileURLToPath(new URL('../../dist/worker/main.js', import.meta.url));
const OTHER: ProcessNote = {
  identity: 'duecourse-1-odd',
  part: 'worker',
  host: 'odd.example.org',
  taskQueue: 'q',
  namespace: 'default',
  version: '0.2.0',
  code: 'c'.repeat(64),
  bankHolidays: 'b'.repeat(64),
  rules: 'r'.repeat(64),
  keys: [],
  secret: null,
};

test('a worker says at its start that a fellow has other code and other bank holidays, and what to do; and works all the same', async () => {
  const { register, url } = await ownRegister();
  const taskQueue = `start-${randomBytes(4).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await register.processes.keep({ ...OTHER, taskQueue, namespace: inject('temporalNamespace') });
  const worker = runProgram(WORKER, [], {
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    DATABASE_URL: url,
    DUECOURSE_VAR: join(folder, 'var'),
    DUECOURSE_TASK_QUEUE: taskQueue,
  });
  onTestFinished(async () => {
    worker.process.kill('SIGTERM');
    await worker.ended;
  });
  await worker.says('"code":"rules-differ"');
  const lines = worker
    .output()
    .split('\n')
    .filter((line) => line.includes('"part":"doctor"'))
    .map((line) => JSON.parse(line) as { code: string; msg: string; level: number });
  expect(lines.map(({ code }) => code)).toEqual(['code-differs', 'bank-holidays-differ', 'rules-differ']);
  expect(lines[1]?.msg).toMatch(
    /^Not all have the same files of bank holidays: bbbbbbbb for worker duecourse-1-odd on odd\.example\.org; [0-9a-f]{8} for this process\. Copy rules\/bank-holidays from one release to all/,
  );
  await expect
    .poll(async () => (await register.processes.running()).map(({ identity }) => identity), { timeout: 20_000 })
    .toHaveLength(2);
}, 300_000);

test('a fellow of another queue or namespace, one that has ended, and oneself are no matter; nor is a register that can’t be read', async () => {
  const { register } = await ownRegister();
  const said: string[] = [];
  const log = { event: (_fields: object, message: string) => void said.push(message) };
  const own = { ...OTHER, identity: 'duecourse-2-own', code: 'd'.repeat(64) };
  await register.processes.keep({ ...OTHER, identity: 'elsewhere-1', taskQueue: 'another' });
  await register.processes.keep({ ...OTHER, identity: 'elsewhere-2', namespace: 'another' });
  await register.processes.keep({ ...OTHER, identity: 'ended' });
  await register.processes.end('ended');
  await register.processes.keep(own);
  await sayDifferences(register, own, log);
  const unreadable = { processes: { ...register.processes, running: () => Promise.reject(new Error('away')) } };
  await sayDifferences(unreadable, own, log);
  expect(said).toEqual([]);
  await register.processes.keep(OTHER);
  await sayDifferences(register, own, log);
  expect(said).toEqual([expect.stringMatching(/^Not all run the same workflow code: .*npm run build/)]);
});
