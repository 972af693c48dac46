import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect, onTestFinished, test } from 'vitest';
import { composeMail } from '../../activities/mail/compose.ts';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { MailFailure, type MailTransport } from '../../activities/mail/mail-transport.ts';
import { sendDigest } from '../../activities/mail/send-digest.ts';
import { type SmtpOptions, smtpTransport } from '../../activities/mail/smtp-transport.ts';
import { ownRegister } from '../register/support.ts';
import { digestOf, noticeOf, TRY, trying } from '../support/digests.ts';
import { mailSink } from '../support/mail-sink.ts';

const FROM = 'duecourse <duecourse@anyborough.example.org>';
const message = composeMail(digestOf(), { from: FROM });

/** A real SMTP server that answers as a test wants. */
async function serverThat(options: SMTPServerOptions): Promise<string> {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, ...options });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

/** A server below SMTP: it may say nothing, or break off. */
async function socketThat(work: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    work(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answer = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

async function failureOf(url: string, options: SmtpOptions = {}): Promise<MailFailure> {
  const post = smtpTransport(url, { timeoutMs: 800, ...options });
  onTestFinished(() => post.close());
  const error: unknown = await post.send(message).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MailFailure)) throw new Error(`expected a mail failure, was: ${String(error)}`);
  expect(error.message).not.toContain('inspection support team');
  return error;
}

test.each<[string, SMTPServerOptions, 'delayed' | 'undeliverable', RegExp]>([
  [
    'puts off the recipient (451)',
    { onRcptTo: (_address, _session, done) => done(answer(451, 'try again later')) },
    'delayed',
    /put it off: 451 try again later/,
  ],
  [
    'knows no such recipient (550)',
    { onRcptTo: (_address, _session, done) => done(answer(550, 'no such user')) },
    'undeliverable',
    /550/,
  ],
  [
    'refuses the message (554)',
    { onData: (stream, _session, done) => void stream.on('end', () => done(answer(554, 'looks like spam'))).resume() },
    'undeliverable',
    /554 looks like spam/,
  ],
  [
    'is full (452)',
    { onData: (stream, _session, done) => void stream.on('end', () => done(answer(452, 'disk full'))).resume() },
    'delayed',
    /452 disk full/,
  ],
])('a server that %s', async (_what, options, kind, reason) => {
  const failure = await failureOf(`smtp://${await serverThat(options)}`);
  expect([failure.kind, failure.message]).toEqual([kind, expect.stringMatching(reason)]);
});

test('a sender that the server refuses is ours to mend, and not the recipient’s fault', async () => {
  const place = await serverThat({ onMailFrom: (_address, _session, done) => done(answer(553, 'sender not allowed')) });
  expect(await failureOf(`smtp://${place}`)).toMatchObject({
    kind: 'delayed',
    message: expect.stringContaining('refused our sender') as string,
  });
});

test('a server that does not let us sign in is ours to mend, and the password is not told', async () => {
  const place = await serverThat({
    authOptional: false,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(answer(535, 'wrong password')),
  });
  const failure = await failureOf(`smtp://us:s3cret@${place}`);
  expect([failure.kind, failure.message]).toEqual(['delayed', expect.stringContaining('did not let us sign in')]);
  expect(failure.message).not.toContain('s3cret');
});

test('a server that breaks off in the middle of the mail', async () => {
  const place = await serverThat({
    onData: (stream, session) =>
      void stream.once('data', () => (session as unknown as { connection?: unknown }) && stream.destroy()),
  });
  expect((await failureOf(`smtp://${place}`)).kind).toBe('delayed');
});

test('a server that takes the connection and says nothing', async () => {
  const place = await socketThat(() => undefined);
  expect(await failureOf(`smtp://${place}`)).toMatchObject({
    kind: 'delayed',
    message: expect.stringContaining('did not answer in time') as string,
  });
});

test('no server at all', async () => {
  expect((await failureOf('smtp://127.0.0.1:9')).message).toContain("127.0.0.1:9 can't be used: connect ECONNREFUSED");
});

test('a certificate that nobody vouches for is refused, and said so', async () => {
  const place = await serverThat({ secure: true, disabledCommands: [] });
  const failure = await failureOf(`smtps://${place}`);
  expect([failure.kind, failure.message]).toEqual([
    'delayed',
    expect.stringMatching(/no secure connection .*certificate/i),
  ]);
});

test('TLS that is asked for and not to be had: nothing is sent in the clear', async () => {
  let data = 0;
  const place = await serverThat({
    onData(stream, _session, done) {
      data++;
      stream.on('end', () => done()).resume();
    },
  });
  expect((await failureOf(`smtp://${place}`, { requireTls: true })).kind).toBe('delayed');
  expect(data).toBe(0);
});

test('fifty mails over a pool of three', async () => {
  const sink = await mailSink();
  onTestFinished(() => sink.close());
  const post = smtpTransport(sink.url, { connections: 3 });
  await Promise.all(
    Array.from({ length: 50 }, (_, index) => post.send(composeMail(digestOf({ id: `d${index}` }), { from: FROM }))),
  );
  await post.close();
  expect(new Set(sink.received.map((mail) => mail.messageId)).size).toBe(50);
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'duecourse-outbox-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('the outbox holds each mail once, whole, under a name that sorts by time', async () => {
  const path = folder();
  const post = outboxTransport(path);
  await post.send(message);
  await post.send(message);
  await post.send(composeMail(digestOf({ id: 'other', at: '2016-06-01T08:00:00.000Z' }), { from: FROM }));
  expect(readdirSync(path).sort()).toEqual([
    expect.stringMatching(/^2016-06-01T080000Z-owner-[0-9a-f]{8}\.eml$/),
    expect.stringMatching(/^2016-06-02T080000Z-owner-[0-9a-f]{8}\.eml$/),
  ]);
});

test('an outbox that can’t be written puts the mail off', async () => {
  const path = join(folder(), 'a-file');
  writeFileSync(path, '');
  await expect(outboxTransport(join(path, 'outbox')).send(message)).rejects.toMatchObject({
    kind: 'delayed',
    message: expect.stringContaining("can't be written") as string,
  });
});

/** A post that notes what it was given, and fails as it is told. */
function noting(fails?: MailFailure): MailTransport & { given: string[] } {
  const given: string[] = [];
  return {
    given,
    send: (mail) => {
      given.push(`${mail.messageId} ${mail.subject}`);
      return fails === undefined ? Promise.resolve() : Promise.reject(fails);
    },
    close: () => Promise.resolve(),
  };
}

const now = '2016-06-02T08:00:00.000Z';
const changed = digestOf({ notices: [noticeOf({ milestone: 'a/b', title: 'Something else' })] });

test('a digest that was sent is not sent again', async () => {
  const { register } = await ownRegister();
  const post = noting();
  const parts = { register, post, from: FROM, now, ...trying() };
  expect((await sendDigest(digestOf(), parts)).outcome).toBe('sent');
  expect(await sendDigest(changed, parts)).toMatchObject({
    outcome: 'sent',
    milestones: ['plan-submission/written-action-plan'],
  });
  expect(post.given).toHaveLength(1);
});

test('a try that died before it was settled is repeated to the letter, and says what it spoke of', async () => {
  const { register } = await ownRegister();
  await register.claim(digestOf(), message.messageId, now, TRY);
  const post = noting();
  expect(await sendDigest(changed, { register, post, from: FROM, now, ...trying() })).toMatchObject({
    outcome: 'sent',
    milestones: ['plan-submission/written-action-plan'],
  });
  expect(post.given).toEqual([`${message.messageId} ${message.subject}`]);
});

test('what was put off is made anew; what is refused is final and listed', async () => {
  const { register } = await ownRegister();
  expect(
    (
      await sendDigest(digestOf(), {
        register,
        post: noting(new MailFailure('delayed', 'later')),
        from: FROM,
        now,
        ...trying(),
      })
    ).outcome,
  ).toBe('delayed');
  const post = noting(new MailFailure('undeliverable', '550 no such user'));
  expect((await sendDigest(changed, { register, post, from: FROM, now, ...trying() })).outcome).toBe('undeliverable');
  expect(post.given[0]).toContain('Something else');
  expect(await register.undeliverable()).toMatchObject([{ reason: '550 no such user' }]);
});
