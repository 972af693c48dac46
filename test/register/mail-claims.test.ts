import { TRY } from '../support/digests.ts';
import { describe, expect, test } from 'vitest';
import { digest, ownRegister, rows } from './support.ts';

const AT = '2016-06-02T08:00:00.000Z';
const changed = digest({ inspectionTitle: 'made later' });

test('of two workers that claim a digest at once, one has it new', async () => {
  const { register } = await ownRegister();
  const claims = await Promise.all(Array.from({ length: 6 }, () => register.claim(digest(), 'm1', AT, TRY)));
  expect(claims.filter((claim) => claim.state === 'new')).toHaveLength(1);
  expect(claims.filter((claim) => claim.state === 'claimed')).toHaveLength(5);
});

describe('a claim found again', () => {
  test('that was never settled gives what was first claimed: it may have been sent', async () => {
    const { register } = await ownRegister();
    await register.claim(digest(), 'm1', AT, TRY);
    expect(await register.claim(changed, 'm1', AT, TRY)).toEqual({ state: 'claimed', digest: digest() });
  });

  test('that was put off gives the present content: the old was certainly not sent', async () => {
    const { register } = await ownRegister();
    await register.claim(digest(), 'm1', AT, TRY);
    await register.settle(digest().id, 'delayed', 'the server is down', AT, TRY);
    expect(await register.claim(changed, 'm1', AT, TRY)).toEqual({ state: 'delayed', digest: changed });
    expect(await register.claim(digest(), 'm1', AT, TRY)).toEqual({ state: 'claimed', digest: changed });
  });

  test.each(['sent', 'undeliverable'] as const)('that is %s says so', async (state) => {
    const { register } = await ownRegister();
    await register.claim(digest(), 'm1', AT, TRY);
    await register.settle(digest().id, state, null, AT, TRY);
    expect((await register.claim(changed, 'm1', AT, TRY)).state).toBe(state);
  });
});

test('what became of a mail is in the chain once, without its address', async () => {
  const { register, url } = await ownRegister();
  await register.claim(digest(), 'm1', AT, TRY);
  await register.settle(digest().id, 'sent', null, AT, TRY);
  await register.settle(digest().id, 'sent', null, AT, TRY);
  const entries = await register.history('anyborough', '2016');
  expect(entries.map((entry) => entry.text)).toEqual(['Mail to Head of Service: 0 notices.']);
  expect(JSON.stringify(await rows(url, 'SELECT * FROM entry'))).not.toContain('example.org');
  expect((await register.verify())[0]?.ok).toBe(true);
});

test('undeliverable mail is listed with its reason', async () => {
  const { register } = await ownRegister();
  await register.claim(digest(), 'm1', AT, TRY);
  await register.settle(digest().id, 'undeliverable', '550 no such user', AT, TRY);
  expect(await register.undeliverable()).toMatchObject([
    { recipient: 'owner@anyborough.example.org', reason: '550 no such user' },
  ]);
});

test('a mail that was never claimed can’t be settled', async () => {
  const { register } = await ownRegister();
  await expect(register.settle('nothing', 'sent', null, AT, TRY)).rejects.toThrow(/never claimed/);
});

describe('of two tries, one after the other,', () => {
  const [EARLIER, LATER] = [
    { id: 'earlier', at: 10 },
    { id: 'later', at: 11 },
  ];

  test('the later takes the claim over, and the earlier holds it no more', async () => {
    const { register } = await ownRegister();
    await register.claim(digest(), 'm1', AT, EARLIER);
    expect(await register.holds(digest().id, EARLIER)).toBe(true);
    expect((await register.claim(digest(), 'm1', AT, LATER)).state).toBe('claimed');
    expect(await register.holds(digest().id, EARLIER)).toBe(false);
    expect(await register.holds(digest().id, LATER)).toBe(true);
  });

  test('the earlier can’t take it back, whatever became of it', async () => {
    const { register } = await ownRegister();
    await register.claim(digest(), 'm1', AT, LATER);
    expect((await register.claim(digest(), 'm1', AT, EARLIER)).state).toBe('taken-over');
    await register.settle(digest().id, 'delayed', '451 slow down', AT, LATER);
    expect((await register.claim(digest(), 'm1', AT, EARLIER)).state).toBe('taken-over');
    await register.settle(digest().id, 'sent', null, AT, LATER);
    expect((await register.claim(digest(), 'm1', AT, EARLIER)).state).toBe('sent');
  });

  test('what the earlier says late of its own try is not said of the later’s, unless that it was sent', async () => {
    const { register } = await ownRegister();
    await register.claim(digest(), 'm1', AT, EARLIER);
    await register.claim(digest(), 'm1', AT, LATER);
    await register.settle(digest().id, 'delayed', '451 slow down', AT, EARLIER);
    await register.settle(digest().id, 'undeliverable', '550 no such user', AT, EARLIER);
    expect(await register.holds(digest().id, LATER)).toBe(true);
    await register.settle(digest().id, 'sent', null, AT, EARLIER);
    expect((await register.claim(digest(), 'm1', AT, LATER)).state).toBe('sent');
    await register.settle(digest().id, 'sent', null, AT, LATER);
    expect(await register.history('anyborough', '2016')).toHaveLength(1);
  });
});
