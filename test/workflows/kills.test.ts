import { Client } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openRegister, type Register } from '../../register/register.ts';
import { Engine } from '../../client/engine.ts';
import { startTemporalServer } from '../../platform/embedded/temporal.ts';
import { ownDatabase } from '../register/support.ts';
import { mailSink } from '../support/mail-sink.ts';
import { manyOwners, owners } from '../support/many-owners.ts';
import { seeded } from '../support/seeded.ts';
import { forkWorker, type WorkerProcess } from '../support/worker-process.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const KILLS = 30;
const INSPECTIONS = 100;
/** As many as one delivery hands over side by side. */
const OWNERS = 5;
const MAILS = INSPECTIONS * OWNERS;
/** What a killed worker had begun waits for its heartbeat to be missed; the others are there for the next worker. */
const DELIVERIES_AT_ONCE = 2;
/** As many as a kill may double. */
const MAILS_IN_DOUBT = 1;
/** The mail server takes its time, so that most of the sending is a mail with no answer yet. */
const ANSWER_MS = 10;
/** The kills fall on the first part of the sending: towards its end all that is left is what killed workers had begun. */
const KILLED_UP_TO = 0.8;

/** How many mails shall have come at each kill, and how long after that it falls: anywhere between two mails. */
function killPoints(random: () => number): { mails: number; laterMs: number }[] {
  const stretch = (MAILS * KILLED_UP_TO) / KILLS;
  return Array.from({ length: KILLS }, (_, index) => ({
    mails: 1 + Math.floor((index + random()) * stretch),
    laterMs: random() * 3 * ANSWER_MS,
  }));
}

/** Workers one after the other: the next stands ready before it is needed. */
function relay(args: string[]) {
  let standby = forkWorker(args);
  let running: WorkerProcess | undefined;
  return {
    async next(): Promise<WorkerProcess> {
      const worker = await standby;
      running = worker;
      standby = forkWorker(args);
      // Whoever waits for it is told; nobody may wait yet.
      standby.catch(() => undefined);
      worker.go();
      return worker;
    },
    async end(): Promise<void> {
      await running?.kill();
      await (await standby).kill();
    },
  };
}

/** What the register says was sent, for every inspection: Message-IDs, and who was told of which milestone. */
async function sentOf(register: Register, references: string[]): Promise<{ messageIds: string[]; notices: string[] }> {
  const messageIds: string[] = [];
  const notices: string[] = [];
  for (const reference of references) {
    const [authority = '', inspection = ''] = reference.split('/');
    for (const { kind, data } of await register.history(authority, inspection)) {
      if (kind !== 'mail-sent') continue;
      const sent = data as { messageId: string; roles: string[]; notices: { milestone: string }[] };
      messageIds.push(sent.messageId);
      for (const { milestone } of sent.notices)
        notices.push(`${reference} ${milestone} to ${sent.roles.join(' and ')}`);
    }
  }
  return { messageIds, notices };
}

test(`the worker killed ${KILLS} times during ${MAILS} mails: every notice arrives, and at most one mail a kill comes twice, as the same mail`, async () => {
  const seed = Number(process.env['DUECOURSE_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 32));
  const said = `with DUECOURSE_TEST_SEED=${seed}`;
  const points = killPoints(seeded(seed));
  const sink = await mailSink(ANSWER_MS);
  onTestFinished(() => sink.close());
  const database = await ownDatabase();
  const register = openRegister({ url: database });
  onTestFinished(() => register.close());
  await register.migrate();
  const server = await startTemporalServer({ namespace: 'default', timeSkipping: true, fast: false, log: () => {} });
  onTestFinished(() => server.stop());
  const workers = relay([
    server.address,
    'kills',
    database,
    sink.url,
    inject('workflowBundle'),
    String(DELIVERIES_AT_ONCE),
    String(MAILS_IN_DOUBT),
  ]);
  onTestFinished(() => workers.end());

  const connection = await openConnection({ address: server.address });
  onTestFinished(() => connection.close());
  const engine = new Engine(new Client({ connection }), { taskQueue: 'kills', address: server.address });
  // The story's clock says Wednesday 6 February 2030, 10:00, a working day; the engine's own time is not skipped here.
  const shiftMs = Date.parse('2030-02-06T10:00:00.000Z') - Date.now();
  const references = await Promise.all(
    Array.from({ length: INSPECTIONS }, (_, index) => {
      const roles = owners(index * OWNERS + 1, OWNERS);
      const first = roles[0]?.id ?? '';
      const parts = { reference: `i${index + 1}`, owners: { 'plan-submission': first } };
      return engine.start(manyOwners(roles, parts, first), { clock: { shiftMs } });
    }),
  );

  let worker = await workers.next();
  for (const [index, { mails, laterMs }] of points.entries()) {
    await expect
      .poll(() => sink.arrived(), { timeout: 120_000, interval: 1, message: `before kill ${index + 1}, ${said}` })
      .toBeGreaterThanOrEqual(mails);
    await sleep(laterMs);
    await worker.kill();
    worker = await workers.next();
  }
  expect(sink.arrived(), `all kills fell during the sending, ${said}`).toBeLessThan(MAILS);

  const sentSoFar = async () => (await sentOf(register, references)).messageIds.length;
  await expect.poll(sentSoFar, { timeout: 180_000, interval: 500, message: said }).toBeGreaterThanOrEqual(MAILS);
  const sent = await sentOf(register, references);
  const arrived = sink.received.map((mail) => mail.messageId);
  expect(sent.messageIds.toSorted(), `each mail on record once, ${said}`).toEqual([...new Set(arrived)].toSorted());
  expect(sent.messageIds, said).toHaveLength(MAILS);
  expect(new Set(sink.received.map((mail) => mail.to)).size, said).toBe(MAILS);
  expect(new Set(sent.notices).size, `each notice told once, ${said}`).toBe(sent.notices.length);
  // Each owner hears of an action; the first of them, who has the plan as well, started it and is shown everything.
  expect(sent.notices, said).toHaveLength(INSPECTIONS * (OWNERS + OWNERS));
  const doubled = arrived.length - new Set(arrived).size;
  expect(doubled, `mails that came twice, ${said}`).toBeLessThanOrEqual(KILLS);
  // The kills were worth something: had none hit a mail without an answer, nothing would be shown here.
  expect(doubled, `mails that came twice, ${said}`).toBeGreaterThan(0);
  expect(
    (await register.verify()).map(({ ok }) => ok),
    said,
  ).toEqual([true]);
}, 900_000);
