import { describe, expect, test } from 'vitest';
import { composeMail } from '../../activities/mail/compose.ts';
import type { Digest } from '../../domain/lifecycle/digest.ts';
import { digestOf, noticeOf } from '../support/digests.ts';
import { FROM, HOSTILE, hostileDigest, LATE, message, messageTo, numbered } from './messages.ts';
import { CERTIFICATE, KEY, postTo, smtpServer } from './servers.ts';

/** Sends digests to a real server and gives what arrived. */
async function arrived(...digests: Digest[]) {
  const server = await smtpServer();
  const post = postTo(`smtp://${server.address}`);
  for (const digest of digests) await post.send(composeMail(digest, { from: FROM }));
  return server.received;
}

const digests: Record<string, Digest> = {
  'one notice': digestOf(),
  'twelve notices': digestOf({ notices: Array.from({ length: 12 }, (_, index) => numbered(index + 1)) }),
  'an overdue one': digestOf({ notices: [noticeOf(LATE)] }),
  'a provisional one': digestOf({ notices: [noticeOf({ provisional: true })] }),
  'a stricter reading': digestOf({
    notices: [noticeOf({ stricter: { due: '2016-06-07', why: 'another', workingDaysLeft: 3 } })],
  }),
  'a moved date': digestOf({ notices: [noticeOf({ movedFrom: { due: '2016-06-02', because: 'it was late' } })] }),
};

test.each(Object.entries(digests))('%s arrives as it was composed', async (_name, digest) => {
  const sent = composeMail(digest, { from: FROM });
  const [first] = await arrived(digest);
  expect(first?.to).toEqual(['owner@anyborough.example.org']);
  expect(first?.mail).toMatchObject({
    subject: sent.subject,
    messageId: sent.messageId,
    date: sent.date,
    from: { text: '"duecourse" <duecourse@anyborough.example.org>' },
    to: { text: 'owner@anyborough.example.org' },
  });
  expect([first?.mail.references].flat()).toEqual(sent.references);
  expect(first?.mail.text?.trim()).toBe(sent.text.trim());
  expect(String(first?.mail.html).trim()).toBe(sent.html.trim());
  expect(first?.mail.attachments).toMatchObject([{ filename: 'due-dates.ics', contentType: 'text/calendar' }]);
  expect(first?.mail.attachments[0]?.content.toString()).toBe(sent.attachments[0]?.content);
});

test('the same digest is the same bytes each time', async () => {
  const [first, second] = await arrived(digestOf(), digestOf());
  expect(second?.raw).toBe(first?.raw);
});

test('no title can end the part it stands in, though it knows how boundaries look', async () => {
  const [first] = await arrived(digestOf());
  const boundary = /boundary="([^"]+)"/.exec(first?.raw ?? '')?.[1] ?? '';
  expect(boundary).not.toBe('');
  const [second] = await arrived(digestOf({ notices: [noticeOf({ title: `--${boundary}`, act: `--${boundary}--` })] }));
  expect(second?.mail.attachments).toHaveLength(1);
  expect(second?.mail.text).toContain(`--${boundary}--`);
});

test.each(Object.entries(HOSTILE))('hostile text (%s) reaches no header and no other person', async (_name, text) => {
  const [first] = await arrived(hostileDigest(text));
  const headers = first?.raw.slice(0, first.raw.indexOf('\r\n\r\n')) ?? '';
  expect(first?.to).toEqual(['owner@anyborough.example.org']);
  expect(headers).not.toMatch(/^(bcc|cc|reply-to):/im);
  expect(headers.split('\r\n').every((line) => line.length <= 998)).toBe(true);
  expect(first?.mail.attachments).toHaveLength(1);
  expect(first?.mail.subject).toBe(composeMail(hostileDigest(text), { from: FROM }).subject);
});

test('headers long with references stay within the limits', async () => {
  const notices = Array.from({ length: 60 }, (_, index) => noticeOf({ milestone: `improvement-actions/a${index}` }));
  const [first] = await arrived(digestOf({ notices }));
  expect(first?.mail.references).toHaveLength(50);
  expect(first?.raw.split('\r\n').every((line) => line.length <= 998)).toBe(true);
});

test('fifty mails go over three connections at most, each once', async () => {
  const server = await smtpServer();
  const post = postTo(`smtp://${server.address}?connections=3`);
  await Promise.all(Array.from({ length: 50 }, (_, index) => post.send(messageTo(index))));
  expect(server.connections).toBeLessThanOrEqual(3);
  expect(new Set(server.received.map((each) => each.to[0])).size).toBe(50);
  expect(server.received).toHaveLength(50);
});

test('one bad address among many spoils none of the others', async () => {
  const server = await smtpServer({
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith('owner-7@') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
  });
  const post = postTo(`smtp://${server.address}`, { connections: 2 });
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => post.send(messageTo(index))));
  expect(results.map((result) => result.status).filter((status) => status === 'rejected')).toHaveLength(1);
  expect(server.received).toHaveLength(19);
});

test('a rate limit holds mail back, and sends all of it', async () => {
  const server = await smtpServer();
  const post = postTo(`smtp://${server.address}?perSecond=2`, { connections: 1 });
  const from = performance.now();
  await Promise.all([0, 1, 2].map((index) => post.send(messageTo(index))));
  expect(server.received).toHaveLength(3);
  expect(performance.now() - from).toBeGreaterThan(900);
});

describe('TLS', () => {
  const TLS = { key: KEY, cert: CERTIFICATE, disabledCommands: [] };

  test('by STARTTLS, where it is required and the certificate is trusted', async () => {
    let secure: boolean | undefined;
    const server = await smtpServer({
      ...TLS,
      onMailFrom: (_from, session, done) => {
        secure = session.secure;
        done();
      },
    });
    await postTo(`smtp://localhost:${server.port}`, { requireTls: true, ca: CERTIFICATE }).send(message());
    expect([secure, server.received.length]).toEqual([true, 1]);
  });

  test('from the first byte, with a sign-in', async () => {
    let user: string | undefined;
    const server = await smtpServer({
      ...TLS,
      secure: true,
      authOptional: false,
      onAuth: ({ username, password }, _session, done) => {
        user = `${username} ${password}`;
        done(null, { user: username ?? '' });
      },
    });
    await postTo(`smtps://us%40er:p%25ss@localhost:${server.port}`, { ca: CERTIFICATE }).send(message());
    expect([user, server.received.length]).toEqual(['us@er p%ss', 1]);
  });
});
