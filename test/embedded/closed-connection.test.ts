import { createServer } from 'node:net';
import type { Connection } from '@temporalio/client';
import { expect, test } from 'vitest';
import { lazyConnection } from '../../platform/temporal-connection.ts';

test('a call whose connection is closed between two tries is answered as cancelled, and the process goes on', async () => {
  const { connection, tried } = await toNobody();
  const asked = connection.workflowService.getSystemInfo({}).catch((error: unknown) => error);
  await tried;
  await connection.close();
  expect(await asked).toMatchObject({ code: 1, details: 'the connection to Temporal was closed' });
});

test('as is a call that begins after the closing', async () => {
  const { connection } = await toNobody();
  await connection.close();
  const answer = await connection.workflowService.getSystemInfo({}).catch((error: unknown) => error);
  expect(answer).toMatchObject({ code: 1, details: 'the connection to Temporal was closed' });
});

/** A connection to a port that takes nobody's call: each try fails at once, and the SDK waits before the next. */
async function toNobody(): Promise<{ connection: Connection; tried: Promise<void> }> {
  let first: () => void;
  const tried = new Promise<void>((resolve) => (first = resolve));
  const server = createServer((socket) => {
    socket.destroy();
    // Time enough for the try to fail; the tries go on for as long as nobody closes.
    setTimeout(first, 150).unref();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('no port');
  return { connection: lazyConnection({ address: `127.0.0.1:${at.port}` }), tried };
}
