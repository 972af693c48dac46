/**
 * A worker in a process of its own, as the crash tests start and kill it; it stands ready until it is told to go.
 * Arguments: address, queue, register, mail server, bundle, how many deliveries at a time, and how many mails in doubt. It traces where
 * OpenTelemetry's variables name a collector; TEMPORAL_NAMESPACE as usual.
 */
import { NativeConnection } from '@temporalio/worker';
import { lookup } from 'node:dns';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { smtpTransport } from '../../activities/mail/smtp-transport.ts';
import { openRegister } from '../../register/register.ts';
import { readEnvironment } from '../../domain/schemas/environment.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { secretBox } from '../../platform/encryption/secret-box.ts';
import { outsideBy } from '../../platform/outside/outside.ts';
import { installRuntime } from '../../platform/temporal-runtime.ts';
import { startTracing } from '../../platform/telemetry.ts';

const [address = '', taskQueue = '', database = '', smtp = '', bundle = '', deliveriesAtOnce, mailsInDoubt] =
  process.argv.slice(2);
const certificate = process.env['TEST_CERTIFICATE'];
const ownOutside = (ca: string) =>
  outsideBy({ allow: 'any', ca, lookup: (_name, options, done) => lookup('127.0.0.1', options, done) });
installRuntime('silent');
await startTracing(readEnvironment(process.env), () => undefined);
const register = openRegister({ url: database });
const worker = await createWorker({
  dataConverter: dataConverterOf([], register.payloads),
  connection: await NativeConnection.connect({ address }),
  namespace: process.env['TEMPORAL_NAMESPACE'] ?? 'default',
  taskQueue,
  workflowBundle: { code: readFileSync(bundle, 'utf8') },
  activities: {
    register,
    post: smtpTransport(smtp),
    from: 'duecourse <duecourse@example.org>',
    timeSkipping: true,
    // Where a test says whom this machine's receiver proves itself to be: every name leads there.
    ...(certificate === undefined ? {} : { webhooks: { outside: ownOutside(certificate), secrets: secretBox([]) } }),
    ...(mailsInDoubt === undefined ? {} : { mailsInDoubt: Number(mailsInDoubt) }),
  },
  ...(deliveriesAtOnce === undefined ? {} : { deliveriesAtOnce: Number(deliveriesAtOnce) }),
});
process.send?.('ready');
await once(process, 'message');
await worker.run();
