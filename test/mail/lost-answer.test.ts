import { expect, test } from 'vitest';
import type { MailTransport } from '../../activities/mail/mail-transport.ts';
import { sendDigest } from '../../activities/mail/send-digest.ts';
import { ownRegister } from '../register/support.ts';
import { digestOf, noticeOf, TRY, trying } from '../support/digests.ts';
import { FROM } from './messages.ts';
import { postTo, rawServerThatTakesAll, smtpServer } from './servers.ts';

const now = '2016-06-02T08:00:00.000Z';
const changed = digestOf({ notices: [noticeOf({ milestone: 'a/b', title: 'Something else' })] });

/** A server that takes the mail whole and is gone before it says so. */
async function postThatLosesTheAnswer(): Promise<MailTransport> {
  const { address } = await rawServerThatTakesAll((socket) => socket.destroy());
  return postTo(`smtp://${address}`);
}

test('a mail that perhaps got through is followed by the very same one, whatever has changed since', async () => {
  const { register } = await ownRegister();
  const first = await sendDigest(digestOf(), {
    register,
    post: await postThatLosesTheAnswer(),
    from: FROM,
    now,
    ...trying(),
  });
  expect(first).toMatchObject({
    outcome: 'delayed',
    reason: expect.stringContaining('may have got through') as string,
  });
  const server = await smtpServer();
  const second = await sendDigest(changed, {
    register,
    post: postTo(`smtp://${server.address}`),
    from: FROM,
    now,
    ...trying(),
  });
  expect(second).toMatchObject({ outcome: 'sent', milestones: ['plan-submission/written-action-plan'] });
  expect(server.received.map(({ mail }) => mail.text)).toEqual([
    expect.stringContaining('Written action plan to Ofsted'),
  ]);
});

test('a refused recipient is final, and the chain of the register has no address', async () => {
  const { register } = await ownRegister();
  const refusal = Object.assign(new Error('<owner@anyborough.example.org>: no such user'), { responseCode: 550 });
  const server = await smtpServer({ onRcptTo: (_address, _session, done) => done(refusal) });
  const parts = { register, post: postTo(`smtp://${server.address}`), from: FROM, now, ...trying() };
  const outcome = await sendDigest(digestOf(), parts);
  expect(outcome).toEqual({
    digest: digestOf().id,
    outcome: 'undeliverable',
    reason: 'the mail server refused it: 550 the address: no such user',
  });
  expect(JSON.stringify(await register.history('anyborough', '2016'))).not.toContain('owner@');
  expect((await sendDigest(changed, parts)).outcome).toBe('undeliverable');
  expect(server.connections).toBe(1);
});

test('an error of ours is no outcome: it throws, and the claim stands for the next attempt', async () => {
  const { register } = await ownRegister();
  const broken: MailTransport = {
    send: () => Promise.reject(new TypeError('a mistake of ours')),
    close: () => Promise.resolve(),
  };
  await expect(sendDigest(digestOf(), { register, post: broken, from: FROM, now, ...trying() })).rejects.toThrow(
    'a mistake of ours',
  );
  expect((await register.claim(changed, 'x', now, TRY)).state).toBe('claimed');
});
