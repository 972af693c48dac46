import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { composeMail } from '../../activities/mail/compose.ts';
import { notifyTransport } from '../../activities/mail/notify-transport.ts';
import { notifyText } from '../../activities/mail/notify-text.ts';
import { transportByChannel } from '../../activities/mail/transport-by-channel.ts';
import { MailFailure, type MailMessage } from '../../activities/mail/mail-transport.ts';
import { sendDigest } from '../../activities/mail/send-digest.ts';
import { unsubscribeBy } from '../../activities/mail/unsubscribe.ts';
import { ownRegister } from '../register/support.ts';
import { digestOf, noticeOf, trying } from '../support/digests.ts';
import { BOARD, FROM, message } from './messages.ts';

const SERVICE = '11111111-2222-4333-8444-555555555555';
const SECRET = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const KEY = `tests-${SERVICE}-${SECRET}`;
const TEMPLATE = '99999999-8888-4777-8666-555555555555';

interface Sent {
  template_id: string;
  email_address: string;
  reference: string;
  personalisation: { subject: string; body: string };
  one_click_unsubscribe_url?: string;
}

interface Standin {
  url: string;
  sent: Sent[];
  statusOf: (reference: string) => string;
}

type Behaviour = (body: Sent, response: ServerResponse, take: () => void) => void;

const problem = (status: number, error: string, text: string) => (_body: Sent, response: ServerResponse) =>
  response.writeHead(status).end(JSON.stringify({ status_code: status, errors: [{ error, message: text }] }));

/** As Notify's API behaves: a signed token on each request, emails by POST, a list by reference. */
async function standin(behave?: Behaviour): Promise<Standin> {
  const state: Standin = { url: '', sent: [], statusOf: () => 'delivered' };
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  async function answer(request: IncomingMessage, response: ServerResponse) {
    if (!isSigned(request.headers.authorization ?? ''))
      return problem(403, 'AuthError', 'Invalid token: API key not found')({} as Sent, response);
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    if (request.method === 'GET' && url.pathname === '/v2/notifications') {
      const found = state.sent.filter(({ reference }) => reference === url.searchParams.get('reference'));
      const notifications = found.map(({ reference }) => ({
        reference,
        type: 'email',
        status: state.statusOf(reference),
      }));
      return response.writeHead(200).end(JSON.stringify({ notifications, links: {} }));
    }
    if (request.method !== 'POST' || url.pathname !== '/v2/notifications/email') return response.writeHead(404).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Sent;
    const take = () => void state.sent.push(body);
    if (behave !== undefined) return behave(body, response, take);
    take();
    return response.writeHead(201).end(JSON.stringify({ id: 'x', reference: body.reference }));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

/** A JWT of this service, signed HS256 with the key's secret. */
function isSigned(authorization: string): boolean {
  const [header = '', payload = '', signature = ''] = authorization.replace(/^Bearer /, '').split('.');
  const expected = createHmac('sha256', SECRET).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const { iss } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { iss: string };
  return iss === SERVICE;
}

const postTo = ({ url }: Standin, key = KEY) => notifyTransport({ key, template: TEMPLATE, url, timeoutMs: 500 });

/** The failure of a send; fails the test where it succeeds. */
async function failureOf(sending: Promise<void>): Promise<MailFailure> {
  const failure: unknown = await sending.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof MailFailure)) throw new Error(`expected a MailFailure, found ${String(failure)}`);
  return failure;
}

test('a mail goes through the template, with its Message-ID as reference', async () => {
  const notify = await standin();
  const mail = message();
  await postTo(notify).send(mail);
  expect(notify.sent).toEqual([
    {
      template_id: TEMPLATE,
      email_address: 'owner@anyborough.example.org',
      reference: mail.messageId.slice(1, -1),
      personalisation: { subject: mail.subject, body: notifyText(mail.text) },
    },
  ]);
  expect(notify.sent[0]?.personalisation.body).toContain('Why this date:');
});

test('a copy for information carries its one-click address', async () => {
  const notify = await standin();
  const unsubscribe = unsubscribeBy({ boardUrl: BOARD, secret: 'a secret of the tests, long enough to be one' });
  const copy = digestOf({ notices: [noticeOf({ kind: 'information', step: 'lead-member' })] });
  const mail = composeMail(copy, { from: FROM, unsubscribe });
  await postTo(notify).send(mail);
  expect(notify.sent[0]?.one_click_unsubscribe_url).toBe(unsubscribe.addressFor(mail.messageId));
});

test('the same mail a second time is not sent again, unless the first failed for good', async () => {
  const notify = await standin();
  const post = postTo(notify);
  await post.send(message());
  await post.send(message());
  expect(notify.sent).toHaveLength(1);
  notify.statusOf = () => 'permanent-failure';
  await post.send(message());
  expect(notify.sent).toHaveLength(2);
});

describe('put off, to be tried again', () => {
  test.each([
    [
      'too many requests',
      problem(429, 'RateLimitError', 'Exceeded rate limit'),
      /put it off \(429: Exceeded rate limit\)/,
    ],
    ['an error of its own', problem(500, 'Exception', 'Internal server error'), /put it off \(500/],
    ['an unknown template', problem(400, 'BadRequestError', 'Template not found'), /check DUECOURSE_NOTIFY_TEMPLATE/],
    [
      'a key for the team only',
      problem(400, 'BadRequestError', "Can't send to this recipient using a team-only API key"),
      /check DUECOURSE_NOTIFY_KEY/,
    ],
  ])('%s', async (_what, behave, reason) => {
    const failure = await failureOf(postTo(await standin(behave)).send(message()));
    expect([failure.kind, failure.perhapsSent]).toEqual(['delayed', false]);
    expect(failure.message).toMatch(reason);
  });

  test('a key that is not the service’s', async () => {
    const other = `tests-${SERVICE}-${SERVICE}`;
    const failure = await failureOf(postTo(await standin(), other).send(message()));
    expect([failure.kind, failure.message]).toEqual(['delayed', expect.stringContaining('did not let us in (403')]);
    expect(failure.message).not.toContain(SERVICE);
  });

  test('nobody there: certainly not sent', async () => {
    const failure = await failureOf(
      notifyTransport({ key: KEY, template: TEMPLATE, url: 'http://127.0.0.1:1' }).send(message()),
    );
    expect([failure.kind, failure.perhapsSent]).toEqual(['delayed', false]);
    expect(failure.message).toBe("GOV.UK Notify can't be reached");
  });

  test('an answer that never comes: perhaps sent; the next try finds it there', async () => {
    const notify = await standin((_body, _response, take) => take());
    const post = postTo(notify);
    const failure = await failureOf(post.send(message()));
    expect([failure.kind, failure.perhapsSent]).toEqual(['delayed', true]);
    expect(failure.message).toContain('did not answer in time; the mail may have got through');
    await post.send(message());
    expect(notify.sent).toHaveLength(1);
  });

  test('a connection that is dropped after the request: perhaps sent', async () => {
    const notify = await standin((_body, response, take) => {
      take();
      response.destroy();
    });
    const failure = await failureOf(postTo(notify).send(message()));
    expect([failure.kind, failure.perhapsSent]).toEqual(['delayed', true]);
  });
});

test('an address that is none is final, and the reason does not name it', async () => {
  const behave = problem(
    400,
    'ValidationError',
    'email_address Not a valid email address: owner@anyborough.example.org',
  );
  const failure = await failureOf(postTo(await standin(behave)).send(message()));
  expect(failure.kind).toBe('undeliverable');
  expect(failure.message).not.toContain('owner@');
});

describe('the channel is the authority’s choice', () => {
  const smtp = () => {
    const sent: MailMessage[] = [];
    return { sent, send: (mail: MailMessage) => Promise.resolve(void sent.push(mail)), close: () => Promise.resolve() };
  };

  test('two councils, two ways', async () => {
    const [notify, server] = [await standin(), smtp()];
    const { register } = await ownRegister();
    const parts = {
      register,
      post: transportByChannel({ smtp: server, 'govuk-notify': postTo(notify), outbox: smtp() }),
      from: FROM,
      now: '2016-06-02T08:00:00.000Z',
      ...trying(),
    };
    const one = await sendDigest(digestOf({ channel: 'govuk-notify' }), parts);
    const other = await sendDigest(digestOf({ id: 'otherborough/2016/x/2016-06-02/1' }), parts);
    expect([one.outcome, other.outcome]).toEqual(['sent', 'sent']);
    expect([notify.sent.length, server.sent.length]).toEqual([1, 1]);
  });
});

test.each([
  ['# Title', '＃ Title'],
  ['* item', '＊ item'],
  ['^ inset', '＾ inset'],
  ['- 5 days', '– 5 days'],
  ['a # b * c', 'a # b * c'],
  ['----------------------------------------------------------------', '---'],
  ['  1. First.', '  1. First.'],
  ['Hello ((name))', 'Hello ( (name) )'],
])('%j is shown as %j', (text, shown) => {
  expect(notifyText(text)).toBe(shown);
});
