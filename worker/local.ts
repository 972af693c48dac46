import type { Register } from '../register/register.ts';
import { openRegister } from '../register/register.ts';
import { type Inbox, startMailpit } from '../platform/embedded/mailpit.ts';
import { startPostgres } from '../platform/embedded/postgres.ts';
import { startTemporalServer } from '../platform/embedded/temporal.ts';
import { createWorker } from './create-worker.ts';
import { dataConverterOf } from '../platform/encryption/data-converter.ts';
import type { ActivityParts } from '../activities/create-activities.ts';
import type { MailTransport } from '../activities/mail/mail-transport.ts';
import { warnOfMail } from '../activities/mail/warn-of-mail.ts';
import { mailPartsOf } from '../activities/mail/mail-parts.ts';
import { transportFromSettings } from '../activities/mail/transport-from-settings.ts';
import { logger } from '../platform/logger.ts';
import { secretOf } from '../platform/secret.ts';
import { doctorEngineOf } from './doctor/parts.ts';
import { watchOver } from './doctor/watch.ts';
import { announce, ownNote } from './presence.ts';
import { startTracing } from '../platform/telemetry.ts';
import { connectWorker, mustHaveNamespace } from '../platform/temporal-trouble.ts';
import { mustBelong } from '../register/belong.ts';
import { signerOf } from '../register/signing-key.ts';
import { keepPrivate } from '../platform/private-files.ts';
import { postgresDir, type Settings, temporalDir } from '../platform/settings.ts';

/** Everything that runs on one machine: the engine, the register, a worker. */
export interface LocalEngine {
  address: string;
  namespace: string;
  register: Register;
  /** How mail leaves. */
  post: MailTransport;
  /** Where the mails of a try-out are read; undefined where mail goes to a mail server or to files. */
  inboxUrl: string | undefined;
  /** Settles when the worker has ended, with its error if it failed. */
  ended: Promise<void>;
  /** Stops the worker, then everything that was started here, in order. */
  stop(): Promise<void>;
}

/** Parts started one after the other are stopped in the opposite order, each once, whatever fails. */
class Stack {
  private readonly ends: (() => Promise<unknown>)[] = [];

  push(end: () => Promise<unknown>): void {
    this.ends.push(end);
  }

  async unwind(): Promise<void> {
    for (let end = this.ends.pop(); end !== undefined; end = this.ends.pop()) {
      await end().catch((error: unknown) => process.stderr.write(`duecourse: while stopping: ${String(error)}\n`));
    }
  }
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
        ...chosen,
      },
    });
    const where = { namespace: temporal.namespace, secret: secretOf(settings) };
    const note = await ownNote(settings, 'worker', where);
    const ownLog = logger(environment.DUECOURSE_LOG);
    stack.push(await announce(register, note, ownLog.warn));
    const engine = doctorEngineOf(settings, { connection, ...temporal }, register);
    const from = environment.DUECOURSE_MAIL_FROM;
    stack.push(watchOver({ settings, variables: process.env, register, engine, post, from, log: ownLog }));
    void warnOfMail(post, log);
    const ended = worker.run();
    stack.push(async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ended;
    });
    log(`Worker: running on task queue ${environment.DUECOURSE_TASK_QUEUE}`);
    return { ...temporal, register, post, inboxUrl: inbox?.webUrl, ended, stop: () => stack.unwind() };
  } catch (error) {
    await stack.unwind();
    throw error;
  }
}

/** A mailbox to look into, where no mail server is set and Mailpit is here. */
async function inboxOf(settings: Settings, log: (line: string) => void, stack: Stack): Promise<Inbox | undefined> {
  if (settings.environment.DUECOURSE_SMTP_URL !== undefined) return undefined;
  const inbox = await startMailpit(settings.varDir, log);
  if (inbox === undefined) return undefined;
  stack.push(() => inbox.stop());
  log(`Mail: Mailpit; read it at ${inbox.webUrl}`);
  return inbox;
}

async function temporalOf(
  settings: Settings,
  log: (line: string) => void,
  stack: Stack,
): Promise<{ address: string; namespace: string }> {
  const given = settings.temporal;
  const address = given?.connectionOptions.address;
  if (address !== undefined) {
    log(`Temporal: ${address}, as configured`);
    return { address, namespace: given?.namespace ?? 'default' };
  }
  const server = await startTemporalServer({
    dataDir: temporalDir(settings),
    namespace: 'default',
    timeSkipping: false,
    fast: false,
    log,
  });
  stack.push(() => server.stop());
  return { address: server.address, namespace: server.namespace };
}

async function registerOf(settings: Settings, log: (line: string) => void, stack: Stack): Promise<Register> {
  let url = settings.environment.DATABASE_URL;
  if (url === undefined) {
    const postgres = await startPostgres({ dataDir: postgresDir(settings), log });
    stack.push(() => postgres.stop());
    url = postgres.url;
  } else log('Register: PostgreSQL, as configured by DATABASE_URL');
  const register = openRegister({ url });
  stack.push(() => register.close());
  await register.migrate();
  await mustBelong(register, settings, 'everything on one machine');
  await register.applyRetention(new Date().toISOString());
  return register;
}
