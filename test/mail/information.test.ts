import { describe, expect, test } from 'vitest';
import { composeMail } from '../../activities/mail/compose.ts';
import type { MailMessage } from '../../activities/mail/mail-transport.ts';
import { sendDigest } from '../../activities/mail/send-digest.ts';
import { unsubscribeBy } from '../../activities/mail/unsubscribe.ts';
import type { Notice } from '../../domain/lifecycle/digest.ts';
import { ownRegister } from '../register/support.ts';
import { digestOf, noticeOf, trying } from '../support/digests.ts';
import { BOARD, FROM, LATE } from './messages.ts';

const secret = 'a secret of the tests, long enough to be one';
const unsubscribe = unsubscribeBy({ boardUrl: BOARD, secret });
const copy = (parts: Partial<Notice> = {}): Notice =>
  noticeOf({ ...LATE, kind: 'information', step: 'lead-member', ...parts });
const compose = (notices: Notice[]) => composeMail(digestOf({ notices }), { from: FROM, unsubscribe });

describe('List-Unsubscribe', () => {
  test('is in a copy for information, with one click, and in the text', () => {
    const mail = compose([copy()]);
    const address = unsubscribe.addressFor(mail.messageId);
    expect(mail.headers).toMatchObject({
      'List-Unsubscribe': `<${address}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    expect(mail.text).toContain(address);
    expect(mail.html).toContain(`href="${address}"`);
    expect(mail.text).toContain("You get this once, for information; you don't have to do anything.");
  });

  test.each([
    ['a reminder', [noticeOf()]],
    ['an escalation', [noticeOf({ ...LATE, kind: 'escalation', step: 'director' })]],
    ['a copy together with something to act on', [copy(), noticeOf({ milestone: 'improvement-actions/a1' })]],
  ])('is not in %s', (_what, notices) => {
    const mail = compose(notices);
    expect(Object.keys(mail.headers).filter((name) => name.startsWith('List-'))).toEqual([]);
    expect(mail.text).not.toContain('/unsubscribe/');
  });

  test('names no address of a person', () => {
    expect(unsubscribe.addressFor(compose([copy()]).messageId)).not.toMatch(/owner|%40|@/);
  });
});

describe('a token', () => {
  const { messageId } = compose([copy()]);
  const token = unsubscribe.addressFor(messageId).split('/').at(-1) ?? '';

  test('gives back the mail it was made for', () => {
    expect(unsubscribe.messageIdIn(token)).toBe(messageId);
  });

  test.each([
    ['nothing', ''],
    ['no signature', token.split('.')[0] ?? ''],
    ['an altered signature', `${token.slice(0, -2)}AA`],
    [
      'another mail',
      `${Buffer.from('<other@anyborough.example.org>').toString('base64url')}.${token.split('.')[1] ?? ''}`,
    ],
    [
      'another secret',
      unsubscribeBy({ boardUrl: BOARD, secret: `${secret}!` })
        .addressFor(messageId)
        .split('/')
        .at(-1) ?? '',
    ],
    ['noise', '%00.%ff'],
  ])('that is %s is none', (_what, bad) => {
    expect(unsubscribe.messageIdIn(bad)).toBeUndefined();
  });

  test('needs a secret that is one', () => {
    expect(() => unsubscribeBy({ boardUrl: BOARD, secret: 'short' })).toThrow('at least 32 characters; it has 5');
  });
});

test('who has unsubscribed gets no more copies, but everything there is to act on; and may come back', async () => {
  const { register } = await ownRegister();
  const sent: MailMessage[] = [];
  const post = {
    send: (mail: MailMessage) => Promise.resolve(void sent.push(mail)),
    close: () => Promise.resolve(),
  };
  const parts = { register, post, from: FROM, unsubscribe, now: '2016-06-02T08:00:00.000Z', ...trying() };
  const digest = (n: number, notices: Notice[]) =>
    digestOf({ id: `anyborough/2016/owner@anyborough.example.org/2016-06-02/${n}`, n, notices });
  expect((await sendDigest(digest(1, [copy()]), parts)).outcome).toBe('sent');
  const reader = await register.subscribe(sent[0]?.messageId ?? '', false, '2016-06-02T09:00:00.000Z');
  expect(reader).toEqual({ authority: 'anyborough', recipient: 'owner@anyborough.example.org' });
  await register.subscribe(sent[0]?.messageId ?? '', false, '2016-06-02T09:01:00.000Z');

  expect((await sendDigest(digest(2, [copy()]), parts)).outcome).toBe('unwanted');
  expect((await sendDigest(digest(3, [noticeOf()]), parts)).outcome).toBe('sent');
  expect(sent).toHaveLength(2);

  await register.subscribe(sent[0]?.messageId ?? '', true, '2016-06-02T10:00:00.000Z');
  expect((await sendDigest(digest(4, [copy()]), parts)).outcome).toBe('sent');
  expect(await register.subscribe('<unknown@anyborough.example.org>', false, '2016-06-02T10:00:00.000Z')).toBeNull();
});
