import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Client, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { msToTs, optionalTsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { isTimeSkippingRefused, timeSkippingInterceptors } from '../../client/time-travel.ts';
import { RETENTION } from '../../domain/retention.ts';
import { ensureNamespaceAndSearchAttributes } from '../../platform/embedded/namespace.ts';
import { commandLineOf, identityOf } from '../../platform/embedded/processes.ts';
import { AlreadyRunning, readTemporalAddress } from '../../platform/embedded/server-note.ts';
import { startTemporalServer } from '../../platform/embedded/temporal.ts';
import type { TemporalServer, TemporalServerOptions } from '../../platform/embedded/temporal.ts';
import { startHolder } from './holder.ts';
import { folderForThisTest } from './temporary-folder.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;

describe('the embedded Temporal server', () => {
  test('holds its workflows over a SIGKILL, and comes back at the same address', async () => {
    const dataDir = folderForThisTest();
    const first = await start({ dataDir });
    await withClient(first, (client) => client.workflow.start('anything', { workflowId: 'kept', taskQueue: 'nobody' }));

    process.kill(first.pid, 'SIGKILL');
    await expect.poll(() => identityOf(first.pid)).toBeUndefined();
    expect(readTemporalAddress(dataDir)).toBeUndefined();
    const second = await start({ dataDir });

    expect(second.pid).not.toBe(first.pid);
    expect(second.address).toBe(first.address);
    expect(readTemporalAddress(dataDir)).toBe(second.address);
    expect(
      await withClient(second, async (client) => (await client.workflow.getHandle('kept').describe()).status.name),
    ).toBe('RUNNING');
    await expect(withClient(second, (client) => client.workflow.getHandle('lost').describe())).rejects.toThrow(
      WorkflowNotFoundError,
    );
    await second.stop();
    expect(identityOf(second.pid)).toBeUndefined();
    expect(readTemporalAddress(dataDir)).toBeUndefined();
  });

  test('is left alone while its owner lives, and taken over when that was killed', async () => {
    const dataDir = folderForThisTest();
    const holder = await startHolder('temporal', dataDir);
    onTestFinished(() => holder.kill());
    await expect(start({ dataDir })).rejects.toThrow(AlreadyRunning);
    await expect(start({ dataDir })).rejects.toThrow(`process ${holder.pid}`);

    await holder.kill();
    const lines: string[] = [];
    const ours = await start({ dataDir, log: (line) => lines.push(line) });

    expect(ours.pid).toBe(holder.serverPid);
    expect(lines.join('\n')).toContain('took over');
    await ours.stop();
    expect(identityOf(holder.serverPid)).toBeUndefined();
  });

  test('is replaced where the leftover was started otherwise, and keeps what it held', async () => {
    const dataDir = folderForThisTest();
    const holder = await startHolder('temporal', dataDir);
    const left = { address: readTemporalAddress(dataDir) ?? '', namespace: 'duecourse' };
    await withClient(left, (client) => client.workflow.start('anything', { workflowId: 'kept', taskQueue: 'nobody' }));
    await holder.interrupt();
    expect(identityOf(holder.serverPid), 'Ctrl-C does not reach the server').toBeDefined();

    const ours = await start({ dataDir, fast: true });

    expect(ours.pid).not.toBe(holder.serverPid);
    expect(identityOf(holder.serverPid)).toBeUndefined();
    expect(
      await withClient(ours, async (client) => (await client.workflow.getHandle('kept').describe()).status.name),
    ).toBe('RUNNING');
  });

  test('keeps to real time where it is told to', async () => {
    const server = await start({});
    const connection = await openConnection({ address: server.address, interceptors: timeSkippingInterceptors() });
    onTestFinished(() => connection.close());
    const client = new Client({ connection, namespace: server.namespace });
    const refusal = await client.workflow
      .start('anything', { workflowId: 'hasty', taskQueue: 'nobody' })
      .catch((error: Error) => error.cause);
    expect(isTimeSkippingRefused(refusal)).toBe(true);
    expect(isTimeSkippingRefused(new Error('something else'))).toBe(false);
  });

  test('a temporary one takes its folder with it, and its files are for its owner', async () => {
    const server = await start({});
    const folder = /(\S+)\/config\.yaml/.exec(commandLineOf(server.pid) ?? '')?.[1] ?? 'no folder in its command line';
    expect(statSync(join(folder, 'server.json')).mode & 0o077).toBe(0);
    await server.stop();
    await server.stop();
    expect(statSync(folder, { throwIfNoEntry: false })).toBeUndefined();
  });

  test('a program that ends at once is told with its log, whose end is the cause', async () => {
    const dataDir = folderForThisTest();
    const program = { kind: 'server', executable: '/bin/ls' } as const;
    await expect(start({ dataDir, program })).rejects.toMatchObject({
      name: 'PartFailed',
      message: expect.stringMatching(/ended while starting\. Its log says why: \S*temporal\.log$/) as string,
      cause: expect.objectContaining({ message: expect.stringContaining('ls: ') as string }) as Error,
    });
    const missing = { kind: 'server', executable: join(dataDir, 'nothing') } as const;
    await expect(start({ dataDir, program: missing })).rejects.toThrow("can't be run");
  });
});

describe('namespace and search attributes', () => {
  test('are made once, by however many at the same time, and work at once', async () => {
    const connection = await openConnection({ address: inject('temporalAddress') });
    onTestFinished(() => connection.close());
    const namespace = `made-${process.pid}`;
    await Promise.all([1, 2, 3].map(() => ensureNamespaceAndSearchAttributes(connection, namespace)));
    await ensureNamespaceAndSearchAttributes(connection, namespace);

    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(
      Object.keys(customAttributes)
        .filter((name) => name.startsWith('Duecourse'))
        .sort(),
    ).toEqual(['DuecourseAuthority', 'DuecourseDivision', 'DuecourseNextDue', 'DuecourseOverdue', 'DuecourseStatus']);
    const client = new Client({ connection, namespace });
    const typedSearchAttributes = [
      { key: defineSearchAttributeKey('DuecourseAuthority', 'KEYWORD'), value: 'middlesbrough' },
      { key: defineSearchAttributeKey('DuecourseNextDue', 'DATETIME'), value: new Date('2016-06-30T22:59:59Z') },
      { key: defineSearchAttributeKey('DuecourseOverdue', 'INT'), value: 2 },
    ];
    await client.workflow.start('anything', { workflowId: 'found', taskQueue: 'nobody', typedSearchAttributes });
    const count = async (query: string) => (await client.workflow.count(query)).count;
    await expect
      .poll(
        () =>
          count(
            "DuecourseAuthority = 'middlesbrough' AND DuecourseOverdue > 1 AND DuecourseNextDue < '2016-07-01T00:00:00Z'",
          ),
        { timeout: 10_000 },
      )
      .toBe(1);
    expect(await count('DuecourseOverdue > 2')).toBe(0);
  });

  test('a namespace that keeps what has ended for another time is told ours', async () => {
    const connection = await openConnection({ address: inject('temporalAddress') });
    onTestFinished(() => connection.close());
    const namespace = `kept-${process.pid}`;
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('3 days'),
    });
    const kept = async () => {
      const { config } = await connection.workflowService.describeNamespace({ namespace });
      return optionalTsToMs(config?.workflowExecutionRetentionTtl);
    };
    await expect.poll(kept, { timeout: 10_000 }).toBe(3 * 24 * 3_600_000);
    expect(await ensureNamespaceAndSearchAttributes(connection, namespace)).toEqual([]);
    await expect.poll(kept, { timeout: 10_000 }).toBe(RETENTION['engine-history'].ms);
  });

  test('one of our names with another type is refused, with what to do', async () => {
    const connection = await openConnection({ address: inject('temporalAddress') });
    onTestFinished(() => connection.close());
    const namespace = `wrong-${process.pid}`;
    await ensureNamespaceAndSearchAttributes(connection, namespace);
    await connection.operatorService.removeSearchAttributes({ namespace, searchAttributes: ['DuecourseOverdue'] });
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: { DuecourseOverdue: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD },
    });
    await expect(ensureNamespaceAndSearchAttributes(connection, namespace)).rejects.toThrow(
      /DuecourseOverdue .* another type.*Remove it/,
    );
  });
});

async function start(options: Partial<TemporalServerOptions>): Promise<TemporalServer> {
  const server = await startTemporalServer({
    namespace: 'duecourse',
    timeSkipping: false,
    fast: false,
    log: () => undefined,
    ...options,
  });
  onTestFinished(() => server.stop());
  return server;
}

async function withClient<T>(
  { address, namespace }: { address: string; namespace: string },
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const connection = await openConnection({ address });
  try {
    return await use(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}
