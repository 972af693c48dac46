/**
 * A worker in a process of its own, as `npm run worker` runs one; asked, it tells what memory it has taken at most.
 * Arguments: address, queue, register, mail server (or a folder, as an outbox), file of the workflow bundle, namespace.
 */
import { NativeConnection } from '@temporalio/worker';
import { readFileSync } from 'node:fs';
import { outboxTransport } from '../activities/mail/outbox-transport.ts';
import { smtpTransport } from '../activities/mail/smtp-transport.ts';
import { openRegister } from '../register/register.ts';
import { createWorker } from '../worker/create-worker.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import { installRuntime } from '../platform/temporal-runtime.ts';
import type { Usage } from './processes.ts';

const [address = '', taskQueue = '', database = '', mail = '', bundle = '', namespace = 'default'] =
  process.argv.slice(2);
installRuntime('silent');
const connection = await NativeConnection.connect({ address });
const register = openRegister({ url: database });
const post = mail.startsWith('smtp') ? smtpTransport(mail) : outboxTransport(mail);
const worker = await createWorker({
  dataConverter: dataConverterOf([], register.payloads),
  connection,
  namespace,
  taskQueue,
  workflowBundle: { code: readFileSync(bundle, 'utf8') },
  activities: { register, post, from: 'duecourse <duecourse@example.org>', timeSkipping: true },
});
process.on('message', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  process.send?.({ clock: Date.now(), peakMiB: maxRSS / 1024, cpuSeconds } satisfies Usage);
});
process.once('disconnect', () => worker.shutdown());
process.send?.('ready');
await worker.run();
await Promise.all([post.close(), register.close(), connection.close()]);
