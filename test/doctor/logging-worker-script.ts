/** A worker in a process of its own that logs as a delivered one does. Arguments: address, namespace, queue, register, bundle. */
import { NativeConnection } from '@temporalio/worker';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { installRuntime } from '../../platform/temporal-runtime.ts';
import { openRegister } from '../../register/register.ts';
import { createWorker } from '../../worker/create-worker.ts';

const [address = '', namespace = '', taskQueue = '', database = '', bundle = ''] = process.argv.slice(2);
installRuntime('info');
const register = openRegister({ url: database });
const worker = await createWorker({
  dataConverter: dataConverterOf([], register.payloads),
  connection: await NativeConnection.connect({ address }),
  namespace,
  taskQueue,
  workflowBundle: { code: readFileSync(bundle, 'utf8') },
  activities: {
    register,
    post: outboxTransport(tmpdir()),
    from: 'duecourse <duecourse@example.org>',
    timeSkipping: false,
  },
});
process.once('SIGTERM', () => worker.shutdown());
await worker.run();
process.exit(0);
