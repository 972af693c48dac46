/**
 * Run by sandbox.test.ts as a process of its own, once for each zone: a worker that carries out one workflow and prints what
 * it answers. Arguments: address, namespace, task queue, bundle.
 */
import { Client } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { readFileSync } from 'node:fs';
import type { agreementInSandbox } from './agreement-workflow.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const [address = '', namespace = '', taskQueue = '', bundle = ''] = process.argv.slice(2);
Runtime.install({ logger: new DefaultLogger('ERROR') });
const native = await NativeConnection.connect({ address });
const connection = await openConnection({ address });
const worker = await Worker.create({
  connection: native,
  namespace,
  taskQueue,
  workflowBundle: { code: readFileSync(bundle, 'utf8') },
});
const { workflow } = new Client({ connection, namespace });
const answer = await worker.runUntil(
  workflow.execute<typeof agreementInSandbox>('agreementInSandbox', { taskQueue, workflowId: taskQueue }),
);
console.log(JSON.stringify(answer));
await Promise.all([native.close(), connection.close()]);
