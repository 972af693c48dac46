import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WAITS_MS } from '../../domain/webhooks/waits.ts';
import { outsideBy } from '../../platform/outside/outside.ts';
import { visit } from '../../activities/webhooks/visit.ts';
import { secretBox } from '../../platform/encryption/secret-box.ts';
import { entry, key, rows, started } from '../register/support.ts';
import { council } from '../support/facts.ts';
import { CERTIFICATE, outsideServer } from '../support/outside-server.ts';
import { row } from '../support/rows.ts';
import { hook } from '../support/hook.ts';
import { keepHooks, KEY, newSecret, receiver, told, toLoopback, verified, visitor } from './support.ts';

const PAGE = { offset: 0, limit: 2000 };
const HOUR_MS = 3_600_000;
/** Entries of duties that are late, from a number on. */
const lateOnes = (n: number, from = 2) =>
  Array.from({ length: n }, (_, index) => {
    const milestone = `improvement-actions/a${from + index}`;
    return entry(from + index, {
      kind: 'milestone-missed',
      milestone,
      row: row({ milestone, title: `Action ${from + index}` }),
    });
  });

describe('what an address is told', () => {
  test('is signed so that standardwebhooks takes it, whatever encrypts the secret, and is sent once', async () => {
    const { address, received } = await receiver();
    for (const keys of [[], [{ id: 'k1', secret: createSecretKey(randomBytes(32)) }]]) {
      received.length = 0;
      const { register, url, secret, visit: go } = await told({ address }, keys);
      await register.append(key, [started, ...lateOnes(1)]);
      expect(await go()).toEqual({ waitMs: null });
      expect(await go()).toEqual({ waitMs: null });
      expect(received).toHaveLength(1);
      const [one] = received;
      if (one === undefined) throw new Error('nothing came');
      expect(verified(secret, one)).toEqual({
        type: 'duty.late',
        timestamp: '2016-02-19T10:00:00.000Z',
        data: {
          council: { id: 'anyborough', name: 'Anyborough Council' },
          inspection: { reference: '2016', title: 'Anyborough 2016' },
          duty: {
            id: 'improvement-actions/a2',
            kind: 'plan-submission',
            title: 'Action 2',
            due: '2016-06-30',
            status: 'open',
            owner: 'Head of Service',
          },
          link: 'https://board.example/inspections/anyborough/2016/milestones/improvement-actions/a2',
        },
      });
      expect(() => verified(newSecret(), one)).toThrow('No matching signature');
      const [delivery] = await register.webhooks.list(KEY, PAGE);
      expect(delivery).toMatchObject({
        id: one.id,
        state: 'delivered',
        tries: 1,
        answer: 'Answered 200',
        nextAt: null,
      });
      const kept = JSON.stringify(await rows(url, 'SELECT * FROM webhook'));
      expect(kept.includes(Buffer.from(JSON.stringify(secret)).toString('base64').slice(4, 40))).toBe(false);
      if (keys.length > 0) expect(kept).not.toContain(secret.slice(6, 30));
    }
  });

  test('by both secrets for a day where the secret was renewed, and then by the new one alone', async () => {
    const { address, received } = await receiver();
    const { register, secret: former, box, visit: go } = await told({ address });
    const secret = newSecret();
    await register.webhooks.keepSecret(KEY, await box.seal(secret, council.id), new Date().toISOString());
    await register.append(key, [started, ...lateOnes(1)]);
    await go();
    const [one] = received;
    if (one === undefined) throw new Error('nothing came');
    expect(verified(secret, one)).toEqual(verified(former, one));
    await register.append(key, lateOnes(1, 3));
    await go(25 * HOUR_MS);
    const later = received[1]?.headers['webhook-signature'];
    expect(later?.split(' ')).toHaveLength(1);
  });

  test('to Teams as a card, unsigned, with the date as people write it and nobody’s words', async () => {
    const { address, received } = await receiver([202]);
    const { register, visit: go } = await told({ address, format: 'teams' });
    const text = 'Action 2: not met, for Jane Doe was away.';
    const [late] = lateOnes(1);
    await register.append(key, [
      started,
      { ...late, row: row({ title: 'Audit [here](https://evil.example)' }), text } as typeof started,
    ]);
    await go();
    const [one] = received;
    expect(one?.headers['webhook-signature']).toBeUndefined();
    const { type, attachments } = JSON.parse(one?.body ?? '') as {
      type: string;
      attachments: { contentType: string; content: Record<string, unknown> }[];
    };
    expect(type).toBe('message');
    expect(attachments.map(({ contentType }) => contentType)).toEqual(['application/vnd.microsoft.card.adaptive']);
    const card = JSON.stringify(attachments[0]?.content);
    for (const said of [
      'Overdue: Audit',
      'Anyborough Council',
      'Anyborough 2016 (2016)',
      'Thursday 30 June 2016',
      'Head of Service',
    ])
      expect(card).toContain(said);
    expect(card).toContain('https://board.example/inspections/anyborough/2016/milestones/');
    expect(card).not.toMatch(/(?<!\\)\]\(/);
    expect(card).not.toContain('Jane');
  });
});

describe('an address that does not take it', () => {
  test('answers 500 for days: tried again after growing waits for three days, each time as the same one, then given up; sent again it arrives', async () => {
    const { address, received } = await receiver([...WAITS_MS.map(() => 500), 503, 200]);
    const { register, secret, visit: go } = await told({ address });
    await register.append(key, [started, ...lateOnes(1)]);
    let at = 0;
    const waits: number[] = [];
    for (;;) {
      const { waitMs } = await go(at);
      if (waitMs === null) break;
      waits.push(Math.round(waitMs / 1000) * 1000);
      // A moment early it is not sent.
      const before = received.length;
      await go(at + waitMs - 2000);
      expect(received).toHaveLength(before);
      at += waitMs + 1;
    }
    expect(waits).toEqual(WAITS_MS);
    expect(at / HOUR_MS).toBeGreaterThan(71);
    expect(at / HOUR_MS).toBeLessThan(73);
    expect(new Set(received.map(({ id }) => id)).size).toBe(1);
    const [given] = await register.webhooks.list(KEY, PAGE);
    expect(given).toMatchObject({ state: 'given-up', answer: 'Answered 503', nextAt: null, tries: 10 });
    expect(await register.webhooks.replay(KEY, { id: given?.id ?? '' })).toBe(1);
    await go(1000);
    const last = received.at(-1);
    if (last === undefined) throw new Error('nothing came');
    expect(last.id).toBe(given?.id);
    verified(secret, last);
    expect((await register.webhooks.list(KEY, PAGE))[0]).toMatchObject({ state: 'delivered', tries: 1 });
  });

  test('answers 410: it is switched off, and says so, until it is switched on again or is another address', async () => {
    const { address, received } = await receiver([410, 200]);
    const { register, visit: go } = await told({ address });
    await register.append(key, [started, ...lateOnes(3)]);
    expect(await go()).toEqual({ waitMs: null });
    const states = async () => (await register.webhooks.list(KEY, PAGE)).map(({ state }) => state).sort();
    expect((await states()).includes('waiting')).toBe(false);
    expect((await register.webhooks.standing(KEY, address)).stoppedAt).not.toBeNull();
    const before = received.length;
    await register.append(key, lateOnes(1, 5));
    await go();
    expect(received).toHaveLength(before);
    await register.webhooks.resume(KEY);
    await register.append(key, lateOnes(1, 6));
    await go();
    expect(received).toHaveLength(before + 1);
    await register.webhooks.stop(KEY, address, new Date().toISOString());
    expect((await register.webhooks.standing(KEY, `${address}/other`)).stoppedAt).toBeNull();
  });

  test('leads on, is slow, is private, or answers without end: none is followed, waited for or read', async () => {
    const cases: [address: string, answer: string | RegExp, allow: 'public' | 'any'][] = [];
    const other = await receiver();
    const leading = await outsideServer(onTestFinished, (_request, response) =>
      response.writeHead(307, { location: other.address }).end(),
    );
    cases.push([leading.address, /leads on to another one, at calendar\.example:\d+, which is not followed/, 'any']);
    const silent = await outsideServer(onTestFinished, () => undefined);
    cases.push([silent.address, 'calendar.example did not answer within 10 seconds', 'any']);
    cases.push([other.address, /is an address of this machine itself, which is not asked/, 'public']);
    cases.push(['https://10.0.0.1/hook', /is an address inside a private network, which is not asked/, 'public']);
    for (const [address, answer, allow] of cases) {
      const { register, box } = await told({ address });
      await register.append(key, [started, ...lateOnes(1)]);
      const outside = outsideBy({ allow, lookup: toLoopback, ca: CERTIFICATE });
      await visit({ register, webhooks: { outside, secrets: box } }, KEY, { signal: new AbortController().signal });
      const [delivery] = await register.webhooks.list(KEY, PAGE);
      expect(delivery, address).toMatchObject({ state: 'waiting', tries: 1 });
      expect(delivery?.answer, address).toMatch(answer);
    }
    expect(other.received).toEqual([]);
    const endless = await outsideServer(onTestFinished, (_request, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write('x'.repeat(100_000)), 5);
      response.on('close', () => clearInterval(more));
    });
    const { register, visit: go } = await told({ address: endless.address });
    await register.append(key, [started, ...lateOnes(1)]);
    const began = performance.now();
    await go();
    expect(performance.now() - began).toBeLessThan(5000);
    expect((await register.webhooks.list(KEY, PAGE))[0]).toMatchObject({ state: 'delivered' });
  });

  test('rests after a few failures in a row: the others wait uncounted', async () => {
    const { address, received } = await receiver([500]);
    const { register, visit: go } = await told({ address });
    await register.append(key, [started, ...lateOnes(50)]);
    const { waitMs } = await go();
    expect(received.length).toBeLessThan(10);
    expect(waitMs).toBeGreaterThan(3000);
    const list = await register.webhooks.list(KEY, PAGE);
    expect(list.filter(({ tries }) => tries > 0)).toHaveLength(received.length);
    expect(list.every(({ state }) => state === 'waiting')).toBe(true);
  });
});

test('a thousand at once arrive, each once, a few at a time', async () => {
  let [underWay, most] = [0, 0];
  const ids: string[] = [];
  const server = await outsideServer(onTestFinished, (request, response) => {
    most = Math.max(most, ++underWay);
    ids.push(String(request.headers['webhook-id']));
    setTimeout(() => {
      underWay--;
      response.writeHead(200).end();
    }, 1);
  });
  const { register, visit: go } = await told({ address: server.address });
  await register.append(key, [started, ...lateOnes(1000)]);
  let visits = 0;
  while ((await go()).waitMs !== null) visits++;
  expect(visits).toBeLessThanOrEqual(11);
  expect(ids).toHaveLength(1000);
  expect(new Set(ids).size).toBe(1000);
  expect(most).toBeLessThanOrEqual(4);
});

test('an address that was changed while something waits: it goes to the new one, in its form; switched off, nothing goes', async () => {
  const [first, second] = [await receiver([500]), await receiver()];
  const { register, visit: go } = await told({ address: first.address });
  await register.append(key, [started, ...lateOnes(1)]);
  await go();
  await keepHooks(register, [hook({ address: second.address, format: 'teams' })]);
  await go(6000);
  expect(first.received).toHaveLength(1);
  expect(second.received[0]?.body).toContain('AdaptiveCard');
  await register.append(key, lateOnes(1, 3));
  await keepHooks(register, [hook({ address: second.address, on: false })]);
  expect(await go()).toEqual({ waitMs: null });
  expect(second.received).toHaveLength(1);
  expect((await register.webhooks.list(KEY, PAGE))[0]).toMatchObject({
    state: 'dropped',
    answer: 'The address is switched off',
  });
});

test('without a secret nothing is sent; it is as soon as there is one', async () => {
  const { address, received } = await receiver();
  const { register, url, visit: go } = await told({ address });
  await rows(url, 'DELETE FROM webhook');
  await register.append(key, [started, ...lateOnes(1)]);
  await go();
  expect(received).toEqual([]);
  expect((await register.webhooks.list(KEY, PAGE))[0]?.answer).toBe('Its secret has not been made yet');
  const secret = newSecret();
  await register.webhooks.keepSecret(KEY, await secretBox([]).seal(secret, council.id), new Date().toISOString());
  await go();
  const [one] = received;
  if (one === undefined) throw new Error('nothing came');
  verified(secret, one);
});

test('of an invented council not even a test leaves this machine', async () => {
  const { address, received } = await receiver();
  const { register, visit: go } = await told({ address });
  await keepHooks(register, [hook({ address })], { demonstration: true });
  const about = { council: { id: 'x', name: 'X' }, inspection: { reference: 'test', title: 'A test' }, path: '/' };
  await register.webhooks.test(KEY, about, 'm', new Date().toISOString());
  expect(await go()).toEqual({ waitMs: null });
  expect(received).toEqual([]);
  expect((await register.webhooks.list(KEY, PAGE))[0]).toMatchObject({ state: 'dropped' });
});

test('where the key of its secret is gone nothing is sent, and the page says why', async () => {
  const { address, received } = await receiver();
  const { register } = await told({ address }, [{ id: 'k1', secret: createSecretKey(randomBytes(32)) }]);
  await register.append(key, [started, ...lateOnes(1)]);
  await visitor(register, [{ id: 'k2', secret: createSecretKey(randomBytes(32)) }])();
  expect(received).toEqual([]);
  expect((await register.webhooks.list(KEY, PAGE))[0]?.answer).toMatch(/^Its secret can’t be read/);
});

test('a secret of one council is none of another’s', async () => {
  const box = secretBox([{ id: 'k1', secret: createSecretKey(randomBytes(32)) }]);
  const sealed = await box.seal('whsec_x', 'anyborough');
  expect(await box.open(sealed, 'anyborough')).toBe('whsec_x');
  await expect(box.open(sealed, 'otherborough')).rejects.toThrow('encrypted for anyborough');
});
