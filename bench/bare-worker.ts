/**
 * A worker for bare workflows in a process of its own; asked, it tells how many activities it has done.
 * Arguments: address, queue, file of the workflow bundle, namespace.
 */
import { NativeConnection, Worker } from '@temporalio/worker';
import { readFileSync } from 'node:fs';
import { installRuntime } from '../platform/temporal-runtime.ts';

let done = 0;
const activities = {
  nothing(): Promise<void> {
    done++;
    return Promise.resolve();
  },
};
export type BareActivities = typeof activities;

const [address = '', taskQueue = '', bundle = '', namespace = 'default'] = process.argv.slice(2);
installRuntime('silent');
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  workflowBundle: { code: readFileSync(bundle, 'utf8') },
  activities,
  // As many at once as our own worker takes.
  maxConcurrentActivityTaskExecutions: 20,
  maxConcurrentWorkflowTaskExecutions: 10,
});
process.on('message', () => process.send?.(done));
process.once('disconnect', () => worker.shutdown());
process.send?.('ready');
await worker.run();
await connection.close();
