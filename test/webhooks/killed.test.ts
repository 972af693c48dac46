import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { expect, inject, onTestFinished, test } from 'vitest';
import { courierId } from '../../workflows/courier-id.ts';
import { couriersOf } from '../../worker/couriers.ts';
import { openConnection } from '../../platform/temporal-connection.ts';
import { entry, key, started } from '../register/support.ts';
import { CERTIFICATE, outsideServer } from '../support/outside-server.ts';
import { row } from '../support/rows.ts';
import { workersToKill } from '../support/worker-process.ts';
import { KEY, told } from './support.ts';

const EVENTS = 60;

test('a worker killed in the middle loses nothing: the next sends the rest, and what was in doubt under its own id', async () => {
  const ids: string[] = [];
  const server = await outsideServer(onTestFinished, (request, response) => {
    ids.push(String(request.headers['webhook-id']));
    setTimeout(() => response.writeHead(200).end(), 30);
  });
  const { register, url } = await told({ address: server.address });
  const taskQueue = `webhooks-${randomBytes(4).toString('hex')}`;
  const connection = await openConnection({ address: inject('temporalAddress') });
  onTestFinished(() => connection.close());
  const client = new Client({ connection, namespace: inject('temporalNamespace') });
  process.env['TEST_CERTIFICATE'] = CERTIFICATE;
  onTestFinished(() => void delete process.env['TEST_CERTIFICATE']);
  const fork = await workersToKill({ taskQueue, databaseUrl: url });
  const first = await fork();
  const late = Array.from({ length: EVENTS }, (_, n) =>
    entry(n + 2, {
      kind: 'milestone-missed',
      milestone: `improvement-actions/a${n}`,
      row: row({ milestone: `improvement-actions/a${n}` }),
    }),
  );
  await register.append(key, [started, ...late]);
  await couriersOf(client, taskQueue).nudge(KEY);
  while (ids.length < EVENTS / 3) await sleep(5);
  await first.kill();
  const before = ids.length;
  expect(before).toBeLessThan(EVENTS);
  await fork();
  await client.workflow.getHandle(courierId(KEY)).result();
  const states = (await register.webhooks.list(KEY, { offset: 0, limit: 100 })).map(({ state }) => state);
  expect(states).toEqual(Array.from({ length: EVENTS }, () => 'delivered'));
  expect(new Set(ids).size).toBe(EVENTS);
  // No more came twice than were under way.
  expect(ids.length - EVENTS).toBeLessThanOrEqual(4);
});
