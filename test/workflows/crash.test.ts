import { Client, Connection } from '@temporalio/client';
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { openRegister } from '../../activities/register/register.ts';
import { Engine } from '../../client/engine.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { startTemporalServer } from '../../worker/embedded/temporal.ts';
import { ownDatabase } from '../register/support.ts';
import { council, startOf } from '../support/facts.ts';
import { mailSink } from '../support/mail-sink.ts';

const OWNERS = 24;
const SCRIPT = fileURLToPath(new URL('./worker-script.ts', import.meta.url));
const quiet = () => undefined;

/** A council with many owners, each with an action of their own: one mail to each at the start. */
function manyOwners(): LifecycleStart {
  const owners = Array.from({ length: OWNERS }, (_, index) => ({
    id: `owner-${index + 1}`,
    title: `Owner ${index + 1}`,
    email: `owner-${index + 1}@anyborough.example.org`,
    capacity: 'owner' as const,
  }));
  const actions = owners.map((owner) => ({
    id: `action-of-${owner.id}`,
    title: `Action of ${owner.title}`,
    owner: owner.id,
    due: '2030-06-28',
  }));
  const start = startOf({ actions, report: { received: '2030-01-11' } });
  // Sending hours at any hour: this test runs in real time, whatever the time is.
  const authority = {
    ...council,
    roles: [...council.roles, ...owners],
    sending: { time: '00:00', from: '00:00', until: '24:00' },
  };
  const everyDay = { ...start.calendar, holidays: [] };
  return { ...start, facts: { ...start.facts, authority }, calendar: everyDay };
}

async function startWorker(args: string[]): Promise<ChildProcess> {
  const child = fork(SCRIPT, args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

test('worker and server killed in the middle of sending: afterwards every notice is there, and a mail that came twice is the same mail', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-crash-'));
  const dataDir = join(folder, 'temporal');
  const sink = await mailSink(150);
  const database = await ownDatabase();
  const register = openRegister({ url: database });
  await register.migrate();
  let server = await startTemporalServer({
    dataDir,
    namespace: 'default',
    timeSkipping: true,
    fast: false,
    log: quiet,
  });
  const args = () => [server.address, 'crash', database, sink.url, inject('workflowBundle')];
  let worker = await startWorker(args());
  try {
    const connection = await Connection.connect({ address: server.address });
    // The story's clock says Wednesday 6 February 2030, 10:00, a working day; the engine's own time is not skipped here.
    const shiftMs = Date.parse('2030-02-06T10:00:00.000Z') - Date.now();
    const reference = await new Engine(new Client({ connection }), {
      taskQueue: 'crash',
      address: server.address,
    }).start(manyOwners(), { clock: { shiftMs } });
    await connection.close();

    // Twice the worker dies with mails under way; the second time the server dies with it.
    for (const [round, reached] of [6, 13].entries()) {
      await expect.poll(() => sink.received.length, { timeout: 60_000, interval: 10 }).toBeGreaterThanOrEqual(reached);
      await kill(worker);
      if (round === 1) {
        process.kill(server.pid, 'SIGKILL');
        server = await startTemporalServer({
          dataDir,
          namespace: 'default',
          timeSkipping: true,
          fast: false,
          log: quiet,
        });
      }
      worker = await startWorker(args());
    }
    const [authority = '', inspection = ''] = reference.split('/');
    const told = async () =>
      (await register.history(authority, inspection)).filter((entry) => entry.kind === 'mail-sent').length;
    // Every owner, the plan's owner, and whoever started it.
    await expect.poll(told, { timeout: 90_000, interval: 200 }).toBe(OWNERS + 2);

    const recipients = new Set(sink.received.map((mail) => mail.to));
    for (let index = 1; index <= OWNERS; index++) expect(recipients).toContain(`owner-${index}@anyborough.example.org`);
    const ids = new Set(sink.received.map((mail) => mail.messageId));
    expect(ids.size).toBe(recipients.size);
    // Five mails go side by side: at most so many can have been under way at each of the two kills.
    expect(sink.received.length - ids.size).toBeLessThanOrEqual(10);
    expect((await register.verify())[0]?.ok).toBe(true);
  } finally {
    await kill(worker);
    await server.stop();
    await register.close();
    await sink.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 240_000);
