import { Client } from '@temporalio/client';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { openRegister, type Register } from '../../register/register.ts';
import { Engine, workflowId } from '../../client/engine.ts';
import { freePorts } from '../../platform/embedded/ports.ts';
import { ownDatabase } from '../register/support.ts';
import { runCli } from '../support/cli.ts';
import { collector, type ReceivedSpan } from '../support/collector.ts';
import { council, startOf } from '../support/facts.ts';
import { mailSink } from '../support/mail-sink.ts';
import { forkWorker } from '../support/worker-process.ts';
import { openConnection } from '../../platform/temporal-connection.ts';

const ADMINISTRATOR = 'democratic-services@anyborough.example.org';
/** Spans are sent a moment after they end, many at once. */
const SENT = { timeout: 30_000, interval: 250 };
/** The story's own time: a working day, so that what is urgent is mailed at once, whatever day it is here. */
const STORY = '2016-05-11T10:00:00.000Z';
const decision = {
  id: 'agree-plan',
  title: 'Agree the secret plan',
  body: 'cabinet',
  takenOn: '2016-05-10',
  publishedOn: '2016-05-11',
  key: false,
  urgent: false,
};

/** Pages and a worker in processes of their own, each of which traces, and an inspection that runs on them. */
async function traced() {
  const folder = mkdtempSync(join(tmpdir(), 'duecourse-traced-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [traces, mail, database, [port = 0]] = await Promise.all([
    collector(),
    mailSink(),
    ownDatabase(),
    freePorts(1),
  ]);
  onTestFinished(() => mail.close());
  const register = openRegister({ url: database });
  onTestFinished(() => register.close());
  await register.migrate();
  await register.board.keepAuthority(council, new Date().toISOString());
  const key = await register.board.makeKey({
    email: ADMINISTRATOR,
    kind: 'api',
    subject: { of: 'api', name: 'a test', roles: null },
    madeAt: new Date().toISOString(),
  });
  const address = inject('temporalAddress');
  const taskQueue = `traced-${randomBytes(4).toString('hex')}`;
  const variables = {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
    OTEL_BSP_SCHEDULE_DELAY: '200',
  };
  const worker = await forkWorker([address, taskQueue, database, mail.url, inject('workflowBundle')], variables);
  onTestFinished(() => worker.kill());
  worker.go();
  const web = runCli(['web'], {
    ...variables,
    DATABASE_URL: database,
    DUECOURSE_VAR: folder,
    DUECOURSE_PORT: String(port),
    DUECOURSE_TASK_QUEUE: taskQueue,
  });
  onTestFinished(async () => {
    web.process.kill('SIGTERM');
    await web.ended;
  });
  const id = await started(register, taskQueue);
  await web.says('Pages: ');
  const ask = (name: string, body: object, traceparent: string) =>
    fetch(`http://127.0.0.1:${port}/api/v1/inspections/${id}/${name}?as=democratic-services`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', traceparent },
    });
  return { traces, mail, web, key, ask };
}

/** An inspection in the story's time, started by a process that does not trace. */
async function started(register: Register, taskQueue: string): Promise<string> {
  const address = inject('temporalAddress');
  const connection = await openConnection({ address });
  onTestFinished(() => connection.close());
  const client = new Client({ connection, namespace: inject('temporalNamespace') });
  const engine = new Engine(client, { taskQueue, address, patienceMs: 60_000 });
  const start = startOf({ reference: `traced-${randomBytes(4).toString('hex')}` });
  const id = await engine.start(start, { clock: { shiftMs: Date.parse(STORY) - Date.now() } });
  onTestFinished(async () => {
    await client.workflow.getHandle(workflowId(id)).terminate('the test is over');
  });
  const { seq } = await engine.view(id);
  await register.reached('anyborough', id.split('/')[1] ?? '', seq, 30_000);
  return id;
}

test('one trace from the request through the workflow’s update and its delivery to the mail, and nobody is named in it', async () => {
  const { traces, mail, web, key, ask } = await traced();
  const [decided, called] = ['1', '2'].map((digit) => digit.repeat(32));
  const from = (trace = '') => `00-${trace}-aaaaaaaaaaaaaaaa-01`;
  expect((await ask('decide', decision, from(decided))).status).toBe(200);
  const before = mail.received.length;
  const callIn = { decision: 'agree-plan', by: 'A. Member', reasons: 'a secret reason' };
  const answer = await ask('callIn', callIn, from(called));
  expect(answer.status).toBe(200);

  const of = (trace: string | undefined) => traces.spans.filter(({ traceId }) => traceId === trace);
  const named = (name: string | RegExp) => of(called).filter((span) => matches(span, name));
  // A call-in is told at once to the director and to whoever watches the window.
  await expect.poll(() => mail.received.length - before, SENT).toBe(2);
  await expect.poll(() => named('mail').length, SENT).toBe(2);
  await expect.poll(() => named(/^POST /).length, SENT).toBe(1);

  const [request] = named('POST /api/v1/inspections/:authority/:reference/callIn');
  expect(request).toMatchObject({
    parentSpanId: 'aaaaaaaaaaaaaaaa',
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/api/v1/inspections/:authority/:reference/callIn',
    },
  });
  const [update] = named('update callIn');
  const deliveries = named(/deliver/);
  expect(chain(update, of(called))).toContain(request?.spanId);
  expect(deliveries.length).toBeGreaterThan(0);
  for (const delivery of deliveries) expect(delivery.parentSpanId).toBe(update?.spanId);
  const delivered = deliveries.map(({ spanId }) => spanId);
  for (const each of named('mail')) {
    expect(delivered).toContain(each.parentSpanId);
    expect(each.attributes).toEqual({
      'duecourse.message_id_hash': expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      'duecourse.outcome': 'sent',
    });
  }
  // Each request has a trace of its own: what came before is in none of this one, and has no mail.
  await expect.poll(() => of(decided).some((span) => span.name === 'update decide'), SENT).toBe(true);
  expect(of(decided).filter(({ name }) => name === 'mail')).toEqual([]);

  const said = `${traces.said()}\n${web.output()}`;
  for (const secret of [
    '@',
    'as=',
    'democratic-services',
    'A. Member',
    'secret',
    'agree-plan',
    'Anyborough Council',
    'Director of',
    key,
  ])
    expect(said).not.toContain(secret);
  // The log's line leads to the trace.
  expect(web.output()).toContain(`"traceId":"${called}"`);
});

const matches = ({ name }: ReceivedSpan, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name);

/** The spans above one, nearest first. */
function chain(span: ReceivedSpan | undefined, all: readonly ReceivedSpan[]): string[] {
  const above = all.find(({ spanId }) => spanId === span?.parentSpanId);
  return above === undefined ? [] : [above.spanId, ...chain(above, all)];
}
