import type { Register } from '../register/register.ts';
import { PartProblem } from '../platform/embedded/part-failed.ts';
import { createWorker } from './create-worker.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import type { ActivityParts } from '../activities/create-activities.ts';
import type { MailTransport } from '../activities/mail/mail-transport.ts';
import { warnOfMail } from '../activities/mail/warn-of-mail.ts';
import { mailPartsOf } from '../activities/mail/mail-parts.ts';
import { webhookPartsOf } from '../activities/webhooks/webhook-parts.ts';
import { transportFromSettings } from '../activities/mail/transport-from-settings.ts';
import { logger } from '../platform/logger.ts';
import { secretOf } from '../platform/secret.ts';
import { sayDifferences } from './doctor/at-start.ts';
import { doctorEngineOf } from './doctor/parts.ts';
import { watchOver } from './doctor/watch.ts';
import { announce, ownNote } from './presence.ts';
import { startTracing } from '../platform/telemetry.ts';
import { mustHaveNamespace } from '../platform/temporal-trouble.ts';
import { connectWorker } from '../platform/worker-connection.ts';
import { signerOf } from '../register/signing-key.ts';
import { keepPrivate } from '../platform/private-files.ts';
import type { Settings } from '../platform/settings.ts';
import { inboxOf, registerOf, Stack, temporalOf } from './local-parts.ts';

/** Everything that runs on one machine: the engine, the register, a worker. */
export interface LocalEngine {
  address: string;
  namespace: string;
  register: Register;
  /** How mail leaves. */
  post: MailTransport;
  /** Where the mails of a try-out are read; undefined where mail goes to a mail server or to files. */
  inboxUrl: string | undefined;
  /** Settles when the worker was stopped; fails, saying which, when any part of this has ended and can't be brought back. */
  ended: Promise<void>;
  /** Stops the worker, then everything that was started here, in order. */
  stop(): Promise<void>;
}

/** Brings up what is not given: the engine where Temporal has no address, PostgreSQL where there is no DATABASE_URL; then a worker. */
export async function startLocalEngine(
  settings: Settings,
  log: (line: string) => void,
  chosen: Partial<ActivityParts> & { post?: MailTransport } = {},
): Promise<LocalEngine> {
  const stack = new Stack();
  try {
    keepPrivate(settings, { register: true });
    stack.push(await startTracing(settings.environment, logger(settings.environment.DUECOURSE_LOG).warn));
    const temporal = await temporalOf(settings, log, stack);
    const connection = await connectWorker({
      ...settings.temporal?.connectionOptions,
      address: temporal.address,
    });
    stack.push(() => connection.close());
    await mustHaveNamespace(connection, temporal);
    const register = await registerOf(settings, log, stack);
    const inbox = chosen.post === undefined ? await inboxOf(settings, log, stack) : undefined;
    const post = chosen.post ?? transportFromSettings(settings, inbox?.smtpUrl);
    stack.push(() => Promise.resolve(post.close()));
    const { environment } = settings;
    const signer = signerOf(settings, true);
    const worker = await createWorker({
      connection,
      namespace: temporal.namespace,
      taskQueue: environment.DUECOURSE_TASK_QUEUE,
      dataConverter: dataConverterOf(settings.keys, register.payloads),
      cachedLifecycles: environment.DUECOURSE_CACHED_LIFECYCLES,
      activities: {
        register,
        post,
        timeSkipping: false,
        mailsInDoubt: environment.DUECOURSE_MAILS_IN_DOUBT,
        ...(signer === undefined ? {} : { signer }),
        ...mailPartsOf(settings, `http://${environment.DUECOURSE_HOST}:${environment.DUECOURSE_PORT}`),
        ...webhookPartsOf(settings),
        ...chosen,
      },
    });
    const where = { namespace: temporal.namespace, secret: secretOf(settings) };
    const note = await ownNote(settings, 'worker', where);
    const ownLog = logger(environment.DUECOURSE_LOG);
    stack.push(await announce(register, note, ownLog.warn));
    await sayDifferences(register, note, ownLog);
    const engine = doctorEngineOf(settings, { connection, ...temporal }, register);
    const from = environment.DUECOURSE_MAIL_FROM;
    stack.push(watchOver({ settings, variables: process.env, register, engine, post, from, log: ownLog }));
    void warnOfMail(settings, log, inbox?.smtpUrl);
    let stopping = false;
    const ran = worker.run();
    const worked = ran.then(
      () => {
        if (!stopping) throw workerEnded('it gave up its work');
      },
      (error: unknown) => {
        throw workerEnded(error instanceof Error ? error.message : String(error), error);
      },
    );
    stack.push(async () => {
      stopping = true;
      if (worker.getState() === 'RUNNING') worker.shutdown();
      // One that has failed has been told of.
      await ran.catch(() => undefined);
    });
    const ended = Promise.race([worked, ...stack.lost]);
    // Whoever stops before anybody waits for it asked for it.
    ended.catch(() => undefined);
    log(`Worker: running on task queue ${environment.DUECOURSE_TASK_QUEUE}`);
    return { ...temporal, register, post, inboxUrl: inbox?.webUrl, ended, stop: () => stack.unwind() };
  } catch (error) {
    await stack.unwind();
    throw error;
  }
}

const workerEnded = (why: string, cause?: unknown): PartProblem =>
  new PartProblem(
    `The worker has ended (${why.replace(/\.$/, '')}), so everything was stopped. What was recorded is kept, and clocks go on where they were. Type again: npm start`,
    { cause },
  );
