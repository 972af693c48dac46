import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { MailClaims } from '../../activities/mail/claims.ts';
import { doubtOf } from '../../activities/mail/doubt.ts';
import { MailFailure } from '../../activities/mail/mail-transport.ts';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import { sendDigest } from '../../activities/mail/send-digest.ts';
import { ownRegister, rows } from '../register/support.ts';
import { digestOf, TRY } from '../support/digests.ts';
import { FROM, temporaryFolder } from './messages.ts';
import { postTo, rawServerThatTakesAll, smtpServer } from './servers.ts';

const now = '2016-06-02T08:00:00.000Z';

function digestTo(n: number) {
  const email = `owner-${n}@anyborough.example.org`;
  return digestOf({ id: `anyborough/2016/${email}/2016-06-02/1`, recipient: { ...digestOf().recipient, email } });
}

/** Claims that all are new but those that were settled as sent; what is settled is told. */
function claims(
  onSettled: (digestId: string, state: string) => Promise<void>,
  holds: () => Promise<boolean> = () => Promise.resolve(true),
): MailClaims {
  const sent = new Set<string>();
  return {
    holds,
    release: () => Promise.resolve(),
    isUnsubscribed: () => Promise.resolve(false),
    claim: (digest) => Promise.resolve({ state: sent.has(digest.id) ? 'sent' : 'new', digest }),
    async settle(digestId, state) {
      await onSettled(digestId, state);
      if (state === 'sent') sent.add(digestId);
    },
  };
}

test.each([1, 5])('of many mails on their way only %d are with the server and not yet settled', async (most) => {
  const doubt = doubtOf(most);
  const settled: string[] = [];
  let seen = 0;
  const server = await smtpServer();
  const register = claims(async (digestId) => {
    seen = Math.max(seen, server.received.length - settled.length);
    await sleep(5);
    seen = Math.max(seen, server.received.length - settled.length);
    settled.push(digestId);
  });
  const post = postTo(`smtp://${server.address}`);
  const digests = Array.from({ length: 30 }, (_, index) => digestTo(index + 1));
  await Promise.all(
    digests.map((digest) => sendDigest(digest, { register, post, from: FROM, now, attempt: TRY, doubt })),
  );
  expect(settled).toHaveLength(30);
  expect(seen).toBeLessThanOrEqual(most);
  // As many as may be, else nothing is shown here.
  expect(seen).toBe(most);
  // They stay side by side up to their last byte.
  expect(server.connections).toBeGreaterThan(1);
});

test('while one waits for its answer, the next is handed over but for its end', async () => {
  const doubt = doubtOf(1);
  const waiting: (() => void)[] = [];
  const { address } = await rawServerThatTakesAll((socket) => waiting.push(() => socket.write('250 ok\r\n')));
  const register = claims(() => Promise.resolve());
  const post = postTo(`smtp://${address}`);
  const outcomes = Promise.all(
    [1, 2].map((n) => sendDigest(digestTo(n), { register, post, from: FROM, now, attempt: TRY, doubt })),
  );
  await expect.poll(() => waiting.length).toBe(1);
  await sleep(300);
  expect(waiting).toHaveLength(1);
  waiting[0]?.();
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]?.();
  expect((await outcomes).map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);
});

test('one given up while it waits was certainly not sent; neither it nor one that never gets an answer holds up the next', async () => {
  const doubt = doubtOf(1);
  const taken: number[] = [];
  const silent = await rawServerThatTakesAll(() => taken.push(1));
  const states: string[] = [];
  const register = claims(async (_digestId, state) => void states.push(state));
  const send = (n: number, timeoutMs: number, address = silent.address) =>
    sendDigest(digestTo(n), {
      register,
      post: postTo(`smtp://${address}`, { timeoutMs }),
      from: FROM,
      now,
      attempt: TRY,
      doubt,
    });
  const first = send(1, 2000);
  await expect.poll(() => taken.length).toBe(1);
  const second = await send(2, 300);
  expect(second).toMatchObject({
    outcome: 'delayed',
    reason: expect.stringMatching(/did not answer in time$/) as string,
  });
  expect(states).toEqual(['delayed']);
  const server = await smtpServer();
  const third = send(3, 5000, server.address);
  expect((await first).reason).toContain('may have got through');
  expect((await third).outcome).toBe('sent');
  expect(taken).toHaveLength(1);
  // The first, which perhaps got through, stays as it was claimed.
  expect(states).toEqual(['delayed', 'sent']);
});

test('a refusal lets the next one through', async () => {
  const doubt = doubtOf(1);
  const states: string[] = [];
  const register = claims(async (_digestId, state) => void states.push(state));
  const refusing = {
    async send(_message: unknown, beforeEnd?: () => Promise<void>) {
      await beforeEnd?.();
      throw new MailFailure('undeliverable', 'refused');
    },
    close: () => Promise.resolve(),
  };
  const send = (n: number) =>
    sendDigest(digestTo(n), { register, post: refusing, from: FROM, now, attempt: TRY, doubt });
  await Promise.all([1, 2, 3].map(send));
  expect(states).toEqual(['undeliverable', 'undeliverable', 'undeliverable']);
});

test('once a mail could not be settled, no other gets its end until the register answers again', async () => {
  const doubt = doubtOf(1);
  const server = await smtpServer();
  const settledOnes: string[] = [];
  let down = false;
  const answers = () => (down ? Promise.reject(new Error('the register is gone')) : Promise.resolve(true));
  const register = claims(async (digestId) => {
    if (settledOnes.length === 3) down = true;
    await answers();
    settledOnes.push(digestId);
  }, answers);
  const post = postTo(`smtp://${server.address}`);
  const send = (n: number) => sendDigest(digestTo(n), { register, post, from: FROM, now, attempt: TRY, doubt });
  const all = Array.from({ length: 12 }, (_, index) => index + 1);
  const first = await Promise.allSettled(all.map(send));
  // Three were settled; the fourth is in doubt; the others were on their way, and did not get through.
  expect(server.received).toHaveLength(4);
  expect(first.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  for (const outcome of first)
    if (outcome.status === 'rejected') expect(String(outcome.reason)).toBe('Error: the register is gone');
  down = false;
  settledOnes.length = 0;
  const failed = all.filter((_, index) => first[index]?.status === 'rejected');
  await expect(Promise.all(failed.slice(0, 3).map(send))).resolves.toHaveLength(3);
  // The fourth is put on record, and not sent again.
  expect(server.received).toHaveLength(6);
});

describe('a register that can be read, and takes nothing', () => {
  /** As pg says it where the disk is full. */
  const full = () => Object.assign(new Error('No space left on device'), { severity: 'ERROR', code: '53100' });

  test('is tried before anything else is sent; what it could not be told goes on record later, and not to its reader again', async () => {
    const { register } = await ownRegister();
    const server = await smtpServer();
    let isFull = true;
    const parts = {
      // A mail's claim finds room among what was there before; its entry does not.
      register: {
        ...register,
        settle: (...given: Parameters<typeof register.settle>) =>
          isFull ? Promise.reject(full()) : register.settle(...given),
      },
      post: postTo(`smtp://${server.address}`),
      from: FROM,
      now,
      doubt: doubtOf(5),
    };
    const all = Array.from({ length: 20 }, (_, index) => index + 1);
    for (let attempt = 1; attempt <= 4; attempt++) {
      const tried = await Promise.allSettled(
        all.map((n) => sendDigest(digestTo(n), { ...parts, attempt: { id: `${attempt}`, at: attempt } })),
      );
      expect(tried.every(({ status }) => status === 'rejected')).toBe(true);
      expect(server.received.length).toBeGreaterThan(0);
      expect(server.received.length).toBeLessThanOrEqual(5);
    }
    isFull = false;
    const outcomes = await Promise.all(
      all.map((n) => sendDigest(digestTo(n), { ...parts, attempt: { id: '5', at: 5 } })),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(all.map(() => 'sent'));
    expect(new Set(server.received.map(({ to }) => to[0])).size).toBe(20);
    expect(server.received).toHaveLength(20);
    const entries = await register.history('anyborough', '2016');
    expect(entries.filter(({ kind }) => kind === 'mail-sent')).toHaveLength(20);
  });

  test('of one mail only holds up nobody else’s, and that one is not sent again', async () => {
    const server = await smtpServer();
    const settled: string[] = [];
    const register = claims((digestId) =>
      digestId === digestTo(1).id
        ? Promise.reject(new Error('its own trouble'))
        : Promise.resolve(void settled.push(digestId)),
    );
    const parts = {
      register,
      post: postTo(`smtp://${server.address}`),
      from: FROM,
      now,
      attempt: TRY,
      doubt: doubtOf(1),
    };
    const send = (n: number) => sendDigest(digestTo(n), parts);
    for (let turn = 0; turn < 3; turn++) await expect(send(1)).rejects.toThrow('its own trouble');
    await Promise.all([2, 3].map(send));
    expect(server.received.map(({ to }) => to[0])).toEqual([1, 2, 3].map((n) => digestTo(n).recipient.email));
    expect(settled).toHaveLength(2);
  });

  test('of a mail that another has ended otherwise meanwhile, or that it does not know any more, is not asked for ever', async () => {
    const { register } = await ownRegister();
    const server = await smtpServer();
    const post = postTo(`smtp://${server.address}`);
    let isFull = true;
    const settle = (...given: Parameters<typeof register.settle>) =>
      isFull ? Promise.reject(full()) : register.settle(...given);
    const parts = { register: { ...register, settle }, post, from: FROM, now, doubt: doubtOf(5) };
    await expect(sendDigest(digestTo(1), { ...parts, attempt: TRY })).rejects.toThrow('No space left');
    await register.settle(digestTo(1).id, 'undeliverable', 'refused', now, null);
    isFull = false;
    expect(await sendDigest(digestTo(2), { ...parts, attempt: TRY })).toMatchObject({ outcome: 'sent' });
    expect(await sendDigest(digestTo(1), { ...parts, attempt: TRY })).toMatchObject({ outcome: 'undeliverable' });
    expect(server.received).toHaveLength(2);
  });
});

test('a server that never answers one mail holds up the others for a moment only, and is not said to have been slow with them', async () => {
  const doubt = doubtOf(1, 400);
  const silent = await rawServerThatTakesAll(() => undefined);
  const healthy = await smtpServer();
  const register = claims(() => Promise.resolve());
  const send = (n: number, address: string, timeoutMs: number) =>
    sendDigest(digestTo(n), {
      register,
      post: postTo(`smtp://${address}`, { timeoutMs }),
      from: FROM,
      now,
      attempt: TRY,
      doubt,
    });
  const never = send(1, silent.address, 3000);
  await sleep(100);
  const others = await Promise.all([2, 3, 4].map((n) => send(n, healthy.address, 1500)));
  expect(others.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent']);
  expect((await never).reason).toContain('may have got through');
});

describe('a mail that another worker has taken over', () => {
  const LATER = { id: 'later', at: 2 };

  test('while this one stood still gets no end from it: nothing is delivered, and the other’s outcome stands', async () => {
    const { register } = await ownRegister();
    const server = await smtpServer();
    let taken = false;
    const claimed: MailClaims = {
      ...register,
      async holds(id, attempt) {
        // The other comes while this one stands still before its last byte, and sends it.
        taken = (await register.claim(digestTo(1), 'm1', now, LATER)).state === 'claimed';
        await register.settle(id, 'sent', null, now, LATER);
        return register.holds(id, attempt);
      },
    };
    const parts = { register: claimed, post: postTo(`smtp://${server.address}`), from: FROM, now };
    const sending = sendDigest(digestTo(1), { ...parts, attempt: TRY, doubt: doubtOf(1) });
    await expect(sending).rejects.toThrow('another worker has taken this mail over');
    expect(taken).toBe(true);
    await sleep(200);
    expect(server.received).toEqual([]);
    expect((await register.claim(digestTo(1), 'm1', now, LATER)).state).toBe('sent');
  });

  test('is asked about again where the answer is old by the time it comes: this process itself stood still', async () => {
    const server = await smtpServer();
    let asked = 0;
    const stoodStill: MailClaims = {
      ...claims(() => Promise.resolve()),
      async holds() {
        asked++;
        if (asked > 1) return false;
        await sleep(2100);
        return true;
      },
    };
    const parts = { register: stoodStill, post: postTo(`smtp://${server.address}`), from: FROM, now };
    const sending = sendDigest(digestTo(1), { ...parts, attempt: TRY, doubt: doubtOf(1) });
    await expect(sending).rejects.toThrow('another worker has taken this mail over');
    expect([asked, server.received.length]).toEqual([2, 0]);
  });

  test('is not begun by the one that was given up', async () => {
    const { register } = await ownRegister();
    const server = await smtpServer();
    await register.claim(digestTo(1), 'm1', now, LATER);
    const parts = { register, post: postTo(`smtp://${server.address}`), from: FROM, now };
    const sending = sendDigest(digestTo(1), { ...parts, attempt: TRY, doubt: doubtOf(1) });
    await expect(sending).rejects.toThrow('another worker has taken this mail over');
    expect(server.connections).toBe(0);
  });
});

describe('a mail whose inspection ends while it is on its way', () => {
  const gate = () => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    return { opened, open };
  };

  test.each([
    ['a mail server', true],
    ['the outbox folder', false],
  ])('is not handed to %s to its last byte, and nothing stays claimed', async (_where, bySmtp) => {
    const { register, url } = await ownRegister();
    const server = await smtpServer();
    const folder = await temporaryFolder();
    const post = bySmtp ? postTo(`smtp://${server.address}`) : outboxTransport(folder);
    const { opened, open } = gate();
    let asked = 0;
    const wanted = async () => {
      asked++;
      await opened;
      return false;
    };
    const parts = { register, post, from: FROM, now, attempt: TRY, doubt: doubtOf(5), wanted };
    const sending = sendDigest(digestTo(1), parts);
    await expect.poll(() => asked).toBe(1);
    expect(await rows(url, 'SELECT state FROM mail')).toEqual([{ state: 'claimed' }]);
    open();
    expect(await sending).toEqual({ digest: digestTo(1).id, outcome: 'stale', reason: null });
    expect(server.received).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    expect(await rows(url, 'SELECT state FROM mail')).toEqual([]);
    // Were it wanted after all, by somebody who opens the inspection again, it goes.
    const again = await sendDigest(digestTo(1), { ...parts, wanted: () => Promise.resolve(true) });
    expect(again.outcome).toBe('sent');
  });

  test('that an earlier try may have sent stays as it is', async () => {
    const { register, url } = await ownRegister();
    const digest = digestTo(1);
    await register.claim(digest, '<earlier@anyborough.example.org>', now, { id: 'earlier', at: TRY.at - 1 });
    const server = await smtpServer();
    const post = postTo(`smtp://${server.address}`);
    const wanted = () => Promise.resolve(false);
    await sendDigest(digest, { register, post, from: FROM, now, attempt: TRY, doubt: doubtOf(5), wanted });
    expect(server.received).toEqual([]);
    expect(await rows(url, 'SELECT state FROM mail')).toEqual([{ state: 'claimed' }]);
  });
});
