import { NativeConnection } from '@temporalio/worker';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest';
import { smtpTransport } from '../../activities/mail/smtp-transport.ts';
import { unsubscribeBy } from '../../activities/mail/unsubscribe.ts';
import { openRegister, type Register } from '../../register/register.ts';
import { registerClock } from '../../register/register-clock.ts';
import { Engine } from '../../client/engine.ts';
import { loadStart } from '../../client/files/load-start.ts';
import { webApp } from '../../client/web/app.ts';
import type { WebParts } from '../../client/web/parts.ts';
import { serveWeb } from '../../client/web/serve.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import { secretBox } from '../../platform/encryption/secret-box.ts';
import { outsideBy } from '../../platform/outside/outside.ts';
import { clientOf } from '../../platform/temporal-client.ts';
import { createWorker } from '../../worker/create-worker.ts';
import { dataConverterOf } from '../../platform/encryption/data-converter.ts';
import { type Keep, ownDatabase } from '../register/support.ts';
import { type MailSink, mailSink } from './mail-sink.ts';
import { workflowBundle } from './rig.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { joinedOf } from '../../client/web/joined.ts';
import { readEnvironment } from '../../domain/schemas/environment.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const BOARD_SECRET = 'a secret of the tests, long enough to be one';
const ORIGIN = 'http://board.example.org';
const FROM = 'duecourse <duecourse@anyborough.example.org>';

/** A board with everything behind it for real: the engine, a worker, a register of its own, a mail server. */
export interface BoardRig {
  parts: WebParts;
  app: ReturnType<typeof webApp>;
  register: Register;
  databaseUrl: string;
  taskQueue: string;
  engine: Engine;
  mail: MailSink;
  errors: Error[];
  /** Where the command line finds the same register and engine. */
  environment: Record<string, string>;
  /** Starts an example under a reference of its own, as if its report had come today or on a day that is given. */
  start(file: string, options?: { received?: string; reference?: string }): Promise<InspectionRef>;
  /** Takes the worker away; what is returned brings one back. */
  withoutWorker(): Promise<() => Promise<void>>;
  visitor(): Visitor;
  /** Somebody who has come in by the link in a mail. */
  signedIn(email: string): Promise<Visitor>;
  serve(port?: number): Promise<string>;
}

const RECORDED_MS = 20_000;

/** @param keep how what is opened is closed: by default when the test is over */
export async function boardRig(keep: Keep = onTestFinished, chosen: Partial<WebParts> = {}): Promise<BoardRig> {
  const url = await ownDatabase(keep);
  const register = openRegister({ url, connections: 10 });
  keep(() => register.close());
  await register.migrate();
  const mail = await mailSink();
  keep(() => mail.close());
  const post = smtpTransport(`${mail.url}?requireTls=false`);
  keep(() => Promise.resolve(post.close()));
  const address = inject('temporalAddress');
  const namespace = inject('temporalNamespace');
  const taskQueue = `board-${randomBytes(4).toString('hex')}`;
  const native = await NativeConnection.connect({ address });
  const connection = await openConnection({ address });
  const boardUrl = chosen.boardUrl ?? ORIGIN;
  const unsubscribe = unsubscribeBy({ boardUrl, secret: BOARD_SECRET });
  const work = async (): Promise<() => Promise<void>> => {
    const worker = await createWorker({
      dataConverter: dataConverterOf([], register.payloads),
      connection: native,
      namespace,
      taskQueue,
      activities: {
        ...{ register, post, from: FROM, timeSkipping: false, boardUrl },
        webhooks: { outside: chosen.outside ?? outsideBy({ allow: 'public' }), secrets: secretBox([]) },
      },
      workflowBundle: workflowBundle(),
    });
    const running = worker.run();
    return async () => {
      worker.shutdown();
      await running;
    };
  };
  let endWork = await work();
  keep(async () => {
    await endWork();
    await Promise.all([native.close(), connection.close()]);
  });
  const client = clientOf({ connection, namespace, dataConverter: dataConverterOf([], register.payloads) });
  const engine = new Engine(client, { taskQueue, address, time: registerClock(register) });
  const errors: Error[] = [];
  const parts: WebParts = {
    register,
    engine,
    unsubscribe,
    secret: BOARD_SECRET,
    boardUrl,
    joined: joinedOf(readEnvironment({})),
    outside: outsideBy({ allow: 'public' }),
    secrets: secretBox([]),
    metricsToken: 'open',
    mail: { post, from: FROM },
    onError: (error) => errors.push(error),
    ...chosen,
  };
  const app = webApp(parts);
  const visitor = () => new Visitor(app);
  return {
    parts,
    app,
    register,
    databaseUrl: url,
    taskQueue,
    engine,
    mail,
    errors,
    environment: { DATABASE_URL: url, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace },
    async withoutWorker() {
      await endWork();
      endWork = () => Promise.resolve();
      return async () => void (endWork = await work());
    },
    visitor,
    async start(file, { received, reference } = {}) {
      const loaded = loadStart(file, received === undefined ? {} : { received });
      const start = named(loaded, reference ?? `test-${randomBytes(4).toString('hex')}`);
      await register.board.keepAuthority(start.facts.authority, new Date().toISOString());
      const id = await engine.start(start);
      keep(() =>
        client.workflow
          .getHandle(`inspection/${id}`)
          .terminate('the test is over')
          .then(
            () => undefined,
            () => undefined,
          ),
      );
      const { seq } = await engine.view(id);
      const { authority, inspection } = start.facts;
      await register.reached(authority.id, inspection.reference, seq, RECORDED_MS);
      return id;
    },
    async signedIn(email) {
      const who = visitor();
      const link = await signInLink(who, mail, email);
      const answer = await who.post(new URL(link).pathname, {});
      if (answer.status !== 303) throw new Error(`${email} was not signed in: ${answer.status}`);
      return who;
    },
    async serve(port = 0) {
      const web = await serveWeb(parts, { host: '127.0.0.1', port });
      keep(() => web.close());
      return web.address;
    },
  };
}

/** One board for all tests of a file. */
export function boardForAll(
  prepare: (board: BoardRig) => Promise<void>,
  chosen: Partial<WebParts> = {},
): () => BoardRig {
  const ends: (() => Promise<void>)[] = [];
  let board: BoardRig | undefined;
  beforeAll(async () => {
    board = await boardRig((end) => ends.unshift(end), chosen);
    await prepare(board);
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return () => {
    if (board === undefined) throw new Error('the board is not open yet');
    return board;
  };
}

/** Asks for a sign-in link, and reads it in the mail that comes. */
export async function signInLink(who: Visitor, mail: MailSink, email: string, next = '/'): Promise<string> {
  const before = mail.received.length;
  await who.post('/sign-in', { email, next });
  return signInLinkIn(mail, email, before);
}

/** The link in the first sign-in mail to somebody, of those that have come after so many. */
export async function signInLinkIn(mail: MailSink, email: string, after: number): Promise<string> {
  for (let turn = 0; turn < 100; turn++) {
    const found = mail.received.slice(after).find((each) => each.to === email && each.subject.startsWith('Sign in'));
    const link = /https?:\/\/\S+\/sign-in\/\S+/.exec(found?.text ?? '')?.[0];
    if (link !== undefined) return link;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no sign-in link came to ${email}`);
}

function named(start: Omit<LifecycleStart, 'startedBy'>, reference: string): LifecycleStart {
  const { authority, inspection } = start.facts;
  return {
    ...start,
    facts: { ...start.facts, inspection: { ...inspection, reference } },
    startedBy: { id: 'test', role: authority.chain.administrator },
  };
}

/** A browser without scripts: it keeps cookies, and sends what forms send. */
export class Visitor {
  private readonly app: ReturnType<typeof webApp>;
  readonly cookies = new Map<string, string>();

  constructor(app: ReturnType<typeof webApp>) {
    this.app = app;
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const sent = new Headers(init.headers);
    if (this.cookies.size > 0 && !sent.has('Cookie'))
      sent.set('Cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await this.app.request(`${ORIGIN}${path}`, { ...init, headers: sent });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  get(path: string): Promise<Response> {
    return this.request(path);
  }

  async text(path: string): Promise<string> {
    return (await this.get(path)).text();
  }

  post(path: string, form: Record<string, string> | FormData, headers: Record<string, string> = {}): Promise<Response> {
    const body = form instanceof FormData ? form : new URLSearchParams(form);
    return this.request(path, { method: 'POST', body, headers: { Origin: ORIGIN, ...headers } });
  }

  /** The token that this session's forms carry. */
  async token(): Promise<string> {
    const html = await this.text('/feeds');
    return /name="formToken" value="([^"]+)"/.exec(html)?.[1] ?? '';
  }

  /** Sends a form with its session's token. */
  async send(path: string, form: Record<string, string>): Promise<Response> {
    return this.post(path, { ...form, formToken: await this.token() });
  }

  /** A key for the API, made on its page. */
  async apiKey(): Promise<string> {
    const html = await (await this.send('/api', { name: 'a program' })).text();
    const key = /<code class="board-address">([\w-]{20,})<\/code>/.exec(html)?.[1];
    if (key === undefined) throw new Error('no key was made');
    return key;
  }

  /** Presses the button of the check page that a form has led to. */
  async confirm(sent: Response): Promise<Response> {
    const html = await this.text(sent.headers.get('Location') ?? '');
    const action = /<form method="post" action="([^"]+)">\s*<input type="hidden" name="formToken"/.exec(html)?.[1];
    if (action === undefined) throw new Error(`this is no page to confirm anything on: ${html.slice(0, 2000)}`);
    return this.send(action, confirmationOn(html));
  }

  /** Fills in a form and confirms it, as somebody does who presses both buttons. */
  async carryOut(path: string, fields: Record<string, string>): Promise<Response> {
    const first = await this.send(path, fields);
    return first.status === 303 ? this.confirm(first) : first;
  }
}

/** What the button of a check page sends. */
export const confirmationOn = (html: string): Record<string, string> => ({
  confirmed: 'yes',
  shown: /name="shown" value="([^"]*)"/.exec(html)?.[1] ?? '',
});
