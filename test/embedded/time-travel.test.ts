import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Connection, WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  TimeTravelFailed,
  advanceTo,
  fastForward,
  timeSkippingInterceptors,
  virtualNow,
  waitForFastForward,
} from '../../client/time-travel.ts';
import { setTimeSkipping } from '../support/set-time-skipping.ts';
import type { Entry, MonthsInput, months, waiting, working } from './fixtures/workflows.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const DAY = 24 * 60 * 60_000;
const MONTH = 30 * DAY;
/** Real time that may pass beside the virtual one, on a slow machine. */
const SLACK = 10_000;

const namespace = inject('temporalNamespace');
const address = inject('temporalAddress');
const taskQueue = `time-travel-${process.pid}`;
const open: { close(): Promise<void> }[] = [];
let plain: Connection;
let onPlain: Client;
let onSkipping: Client;
let worker: Worker;
let running: Promise<void>;
let attempts = 0;

beforeAll(async () => {
  plain = await connect();
  onPlain = new Client({ connection: plain, namespace });
  onSkipping = new Client({ connection: await connect({ interceptors: timeSkippingInterceptors() }), namespace });
  const native = await NativeConnection.connect({ address });
  open.push(native);
  const activities = { slowly: () => sleep(1_500), flaky: failThrice };
  const workflowsPath = fileURLToPath(new URL('./fixtures/workflows.ts', import.meta.url));
  worker = await Worker.create({ connection: native, namespace, taskQueue, workflowsPath, activities });
  running = worker.run();
});

afterAll(async () => {
  worker?.shutdown();
  await running;
  await Promise.all(open.map((one) => one.close()));
});

describe('time travel', () => {
  test('a year of months passes by itself, to the day, in seconds', async () => {
    const began = Date.now();
    const seen = await onSkipping.workflow.execute<typeof months>('months', start('year', 12, 100));
    expect(daysSinceStart(seen)).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360]);
    expect(Date.now() - began).toBeLessThan(SLACK);
  });

  test('so it does over a chain of runs that continue as new at once', async () => {
    const seen = await onSkipping.workflow.execute<typeof months>('months', start('chain', 12, 1));
    expect(daysSinceStart(seen)).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360]);
  });

  test('stops at an instant, takes an update there, and goes on, over continue-as-new', async () => {
    const handle = await onPlain.workflow.start<typeof months>('months', start('stops', 4, 2));
    const { workflowId } = handle;
    await expect.poll(() => handle.query<Entry[]>('seenSoFar')).toHaveLength(1);
    const from = await virtualNow(plain, namespace, workflowId);
    for (const days of [10, 45, 80]) {
      const instant = new Date(from.getTime() + days * DAY);
      await advanceTo(plain, namespace, workflowId, instant);
      const at = await handle.executeUpdate<number, [string]>('note', { args: [`day ${days}`] });
      expect(at - instant.getTime()).toBeGreaterThanOrEqual(0);
      expect(at - instant.getTime()).toBeLessThan(SLACK);
    }
    expect((await virtualNow(plain, namespace, workflowId)).getTime() - from.getTime()).toBeLessThan(80 * DAY + SLACK);
    await setTimeSkipping(plain, namespace, workflowId, true);
    const seen = await handle.result();
    expect(seen.map(({ what }) => what)).toEqual([
      'start',
      'day 10',
      'month',
      'day 45',
      'month',
      'day 80',
      'month',
      'month',
    ]);
    expect(daysSinceStart(seen)).toEqual([0, 10, 30, 45, 60, 80, 90, 120]);
  });

  test('an instant that has passed is no move; a refused update is refused as ever', async () => {
    const handle = await onPlain.workflow.start<typeof months>('months', start('refused', 1, 1));
    await advanceTo(plain, namespace, handle.workflowId, new Date(Date.now() + DAY));
    await advanceTo(plain, namespace, handle.workflowId, new Date());
    expect((await virtualNow(plain, namespace, handle.workflowId)).getTime()).toBeGreaterThan(Date.now() + DAY - SLACK);
    await expect(handle.executeUpdate('note', { args: [''] })).rejects.toThrow(WorkflowUpdateFailedError);
    await handle.terminate();
  });

  test('the clock waits for work under way, and jumps over the wait between two attempts', async () => {
    const seen = await onSkipping.workflow.execute<typeof working>('working', { workflowId: id('working'), taskQueue });
    const [begun = 0, slow = 0, flaky = 0] = seen.map(({ at }) => at);
    expect(slow - begun).toBeGreaterThanOrEqual(1_500);
    expect(slow - begun).toBeLessThan(SLACK);
    expect(attempts).toBe(4);
    expect(flaky - slow).toBeGreaterThanOrEqual(3 * 2 * 60 * 60_000);
  });

  test('a start can carry how far to go', async () => {
    const interceptors = timeSkippingInterceptors({ id: 'first six weeks', durationMs: 45 * DAY });
    const client = new Client({ connection: await connect({ interceptors }), namespace });
    const handle = await client.workflow.start<typeof months>('months', start('so far', 12, 100));
    await waitForFastForward(plain, namespace, handle.workflowId, 'first six weeks');
    expect(daysSinceStart(await handle.query<Entry[]>('seenSoFar'))).toEqual([0, 30]);
    await expect(waitForFastForward(plain, namespace, handle.workflowId, 'another')).rejects.toThrow(TimeTravelFailed);
    await fastForward(plain, namespace, handle.workflowId, { id: 'another', durationMs: 30 * DAY });
    await waitForFastForward(plain, namespace, handle.workflowId, 'another');
    expect(daysSinceStart(await handle.query<Entry[]>('seenSoFar'))).toEqual([0, 30, 60]);
    await handle.terminate();
  });

  test('a target beyond the end is never reached, and says so', async () => {
    const handle = await onPlain.workflow.start<typeof months>('months', start('too far', 1, 1));
    await expect(advanceTo(plain, namespace, handle.workflowId, new Date(Date.now() + 2 * MONTH))).rejects.toThrow(
      'ended before',
    );
  });

  test('every way to start one gives it a clock of its own', async () => {
    const signalled = await onSkipping.workflow.signalWithStart<typeof waiting>('waiting', {
      workflowId: id('signalled'),
      taskQueue,
      signal: 'nudge',
    });
    expect(daysSinceStart(await signalled.result())).toEqual([0, 0, 365]);
    const startWorkflowOperation = new WithStartWorkflowOperation<typeof waiting>('waiting', {
      workflowId: id('updated'),
      taskQueue,
      workflowIdConflictPolicy: 'FAIL',
    });
    await onSkipping.workflow.executeUpdateWithStart('note', { args: ['hello'], startWorkflowOperation });
    expect(daysSinceStart(await (await startWorkflowOperation.workflowHandle()).result())).toEqual([0, 365]);
  });

  test('one started otherwise keeps to real time', async () => {
    const handle = await onPlain.workflow.start<typeof months>('months', start('real', 1, 1));
    await sleep(500);
    expect(Math.abs((await virtualNow(plain, namespace, handle.workflowId)).getTime() - Date.now())).toBeLessThan(
      SLACK,
    );
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await handle.terminate();
  });
});

function start(
  name: string,
  howMany: number,
  chunk: number,
): { workflowId: string; taskQueue: string; args: [MonthsInput] } {
  return { workflowId: id(name), taskQueue, args: [{ months: howMany, chunk, seen: [] }] };
}

function id(name: string): string {
  return `${taskQueue}/${name}`;
}

/** Whole days between the start and each entry. */
function daysSinceStart(seen: readonly Entry[]): number[] {
  return seen.map(({ at }) => Math.floor((at - (seen[0]?.at ?? 0)) / DAY));
}

async function connect(
  options: { interceptors?: ReturnType<typeof timeSkippingInterceptors> } = {},
): Promise<Connection> {
  const connection = await openConnection({ address, ...options });
  open.push(connection);
  return connection;
}

async function failThrice(): Promise<void> {
  attempts += 1;
  if (attempts < 4) throw new Error('not yet');
}
