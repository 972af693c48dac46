import { createWorker } from './create-worker.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import { warnOfMail } from '../activities/mail/warn-of-mail.ts';
import { mailPartsOf } from '../activities/mail/mail-parts.ts';
import { webhookPartsOf } from '../activities/webhooks/webhook-parts.ts';
import { inspect } from 'node:util';
import { errorWords } from '../platform/error-words.ts';
import { transportFromSettings } from '../activities/mail/transport-from-settings.ts';
import { logger } from '../platform/logger.ts';
import { installRuntime } from '../platform/temporal-runtime.ts';
import { signerOf } from '../register/signing-key.ts';
import { startTracing } from '../platform/telemetry.ts';
import { sayDifferences } from './doctor/at-start.ts';
import { doctorEngineOf } from './doctor/parts.ts';
import { watchOver } from './doctor/watch.ts';
import { announce, ownNote } from './presence.ts';
import { mustHaveNamespace } from '../platform/temporal-trouble.ts';
import { connectWorker } from '../platform/worker-connection.ts';
import { deploymentOf, embeddedTemporalAddress, readSettings } from '../platform/settings.ts';
import { keepPrivate } from '../platform/private-files.ts';
import { mustBelong } from '../register/belong.ts';
import { openRegisterOf } from '../register/open-register.ts';
import { EnvironmentProblems, strangeVariables } from '../domain/schemas/environment.ts';

/** The worker alone, as an operator runs it beside a Temporal server and a PostgreSQL: `npm run worker`. */
async function main(): Promise<void> {
  const settings = readSettings();
  keepPrivate(settings, { register: false });
  const log = logger(settings.environment.DUECOURSE_LOG);
  const address = settings.temporal?.connectionOptions.address ?? embeddedTemporalAddress(settings);
  if (address === undefined)
    throw new EnvironmentProblems(
      'No Temporal server: set TEMPORAL_ADDRESS (or a Temporal configuration profile), or use `npm start`, which brings its own.',
    );
  const deployment = deploymentOf(settings);
  installRuntime(settings.environment.DUECOURSE_LOG, settings.environment.DUECOURSE_WORKER_METRICS);
  for (const line of strangeVariables(process.env)) log.warn(line);
  // What is set wrong is said before anybody is asked for a connection.
  const signer = signerOf(settings, false);
  if (signer === undefined)
    log.warn(
      'DUECOURSE_SIGNING_KEY is not set: histories of ended inspections are not archived by this worker, and wait in the engine.',
    );
  const stopTracing = await startTracing(settings.environment, log.warn);
  const connection = await connectWorker({ ...settings.temporal?.connectionOptions, address });
  const namespace = settings.temporal?.namespace ?? 'default';
  await mustHaveNamespace(connection, { namespace, address });
  const register = openRegisterOf(settings);
  await register.migrate();
  await mustBelong(register, settings, 'worker');
  await register.applyRetention(new Date().toISOString());
  const post = transportFromSettings(settings);
  const { environment } = settings;
  const note = await ownNote(settings, 'worker', { namespace, secret: environment.DUECOURSE_SECRET });
  const worker = await createWorker({
    connection,
    namespace,
    taskQueue: environment.DUECOURSE_TASK_QUEUE,
    dataConverter: dataConverterOf(settings.keys, register.payloads),
    cachedLifecycles: environment.DUECOURSE_CACHED_LIFECYCLES,
    ...(deployment === undefined ? {} : { deployment }),
    activities: {
      register,
      post,
      timeSkipping: false,
      mailsInDoubt: environment.DUECOURSE_MAILS_IN_DOUBT,
      ...(signer === undefined ? {} : { signer }),
      ...mailPartsOf(settings),
      ...webhookPartsOf(settings),
    },
  });
  void warnOfMail(settings, log.warn);
  log.info(`worker ${worker.options.identity} on ${address}, task queue ${environment.DUECOURSE_TASK_QUEUE}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => worker.shutdown());
  const leave = await announce(register, note, log.warn);
  await sayDifferences(register, note, log);
  const engine = doctorEngineOf(settings, { connection, namespace, address }, register);
  const from = environment.DUECOURSE_MAIL_FROM;
  const endWatch = watchOver({ settings, variables: process.env, register, engine, post, from, log });
  try {
    await worker.run();
  } finally {
    await endWatch();
    await leave();
    await Promise.all([post.close(), register.close(), connection.close()]);
    await stopTracing();
  }
}

main().catch((error: unknown) => {
  const { sentence, look } = errorWords(error);
  process.stderr.write(`duecourse: ${sentence}\n`);
  if (look !== undefined)
    process.stderr.write(`For whoever runs duecourse: see ${look}. The error's own words: ${inspect(error)}\n`);
  // What Temporal's runtime still holds open must not keep a worker alive that can't work.
  process.exit(1);
});
