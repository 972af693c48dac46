import { Client } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, onTestFinished, test } from 'vitest';
import { MAILS_IN_DOUBT } from '../../activities/mail/doubt.ts';
import { Engine } from '../../client/engine.ts';
import { startTemporalServer } from '../../platform/embedded/temporal.ts';
import { openRegister } from '../../register/register.ts';
import { ownDatabase, rows } from '../register/support.ts';
import { mailSink } from '../support/mail-sink.ts';
import { manyOwners, owners } from '../support/many-owners.ts';
import { forkWorker } from '../support/worker-process.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const INSPECTIONS = 50;
const OWNERS = 5;
const MAILS = INSPECTIONS * OWNERS;
/** As a real mail server takes its time: over the recipient, and over the mail. */
const LOOK_UP_MS = 150;
const ANSWER_MS = 100;
/** Once woken, the worker has time for all that it was about to do. */
const AWAKE_MS = 8000;

test(`a worker that stands still in the middle of ${MAILS} mails sends none of those that another has sent by the time it wakes`, async () => {
  const sink = await mailSink(ANSWER_MS, { lookUpMs: LOOK_UP_MS });
  onTestFinished(() => sink.close());
  const database = await ownDatabase();
  const register = openRegister({ url: database });
  onTestFinished(() => register.close());
  await register.migrate();
  const server = await startTemporalServer({ namespace: 'default', timeSkipping: true, fast: false, log: () => {} });
  onTestFinished(() => server.stop());
  const args = [server.address, 'frozen', database, sink.url, inject('workflowBundle')];
  const [frozen, other] = await Promise.all([forkWorker(args), forkWorker(args)]);
  onTestFinished(async () => {
    await Promise.all([frozen.kill(), other.kill()]);
  });
  const connection = await openConnection({ address: server.address });
  onTestFinished(() => connection.close());
  const engine = new Engine(new Client({ connection }), { taskQueue: 'frozen', address: server.address });
  const shiftMs = Date.parse('2030-02-06T10:00:00.000Z') - Date.now();
  frozen.go();
  await Promise.all(
    Array.from({ length: INSPECTIONS }, (_, index) => {
      const roles = owners(index * OWNERS + 1, OWNERS);
      const first = roles[0]?.id ?? '';
      const parts = { reference: `i${index + 1}`, owners: { 'plan-submission': first } };
      return engine.start(manyOwners(roles, parts, first), { clock: { shiftMs } });
    }),
  );

  await expect.poll(() => sink.arrived(), { timeout: 60_000, interval: 1 }).toBeGreaterThanOrEqual(MAILS / 5);
  frozen.freeze();
  const begun = await rows(database, `SELECT digest FROM mail WHERE state = 'claimed'`);
  // It stands in the middle of more mails than may have got through: else nothing is shown here.
  expect(begun.length).toBeGreaterThan(MAILS_IN_DOUBT);
  other.go();
  const sent = async () => (await rows(database, `SELECT digest FROM mail WHERE state = 'sent'`)).length;
  await expect.poll(sent, { timeout: 180_000, interval: 250 }).toBe(MAILS);
  const before = sink.received.length;
  expect(before - sink.arrived(), 'in doubt when it froze').toBeLessThanOrEqual(MAILS_IN_DOUBT);

  frozen.wake();
  await sleep(AWAKE_MS);
  expect(sink.received.slice(before).map(({ to }) => to)).toEqual([]);
  expect(sink.arrived()).toBe(MAILS);
  expect(new Set(sink.received.map(({ to }) => to)).size).toBe(MAILS);
  expect((await register.verify()).map(({ ok }) => ok)).toEqual([true]);
}, 300_000);
