import { Client } from '@temporalio/client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { openRegister } from '../../register/register.ts';
import { Engine } from '../../client/engine.ts';
import { startTemporalServer } from '../../platform/embedded/temporal.ts';
import { ownDatabase } from '../register/support.ts';
import { MAILS_IN_DOUBT } from '../../activities/mail/doubt.ts';
import { mailSink } from '../support/mail-sink.ts';
import { manyOwners, owners } from '../support/many-owners.ts';
import { forkWorker } from '../support/worker-process.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const OWNERS = 24;
const quiet = () => undefined;

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
  let worker = await forkWorker(args());
  worker.go();
  try {
    const connection = await openConnection({ address: server.address });
    // The story's clock says Wednesday 6 February 2030, 10:00, a working day; the engine's own time is not skipped here.
    const shiftMs = Date.parse('2030-02-06T10:00:00.000Z') - Date.now();
    const reference = await new Engine(new Client({ connection }), {
      taskQueue: 'crash',
      address: server.address,
    }).start(manyOwners(owners(1, OWNERS)), { clock: { shiftMs } });
    await connection.close();

    // Twice the worker dies with mails under way; the second time the server dies with it.
    for (const [round, reached] of [6, 13].entries()) {
      await expect.poll(() => sink.received.length, { timeout: 60_000, interval: 10 }).toBeGreaterThanOrEqual(reached);
      await worker.kill();
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
      worker = await forkWorker(args());
      worker.go();
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
    // So many mails are in doubt at a time, and each of the two kills doubles no more.
    expect(sink.received.length - ids.size).toBeLessThanOrEqual(2 * MAILS_IN_DOUBT);
    expect((await register.verify())[0]?.ok).toBe(true);
  } finally {
    await worker.kill();
    await server.stop();
    await register.close();
    await sink.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 300_000);
