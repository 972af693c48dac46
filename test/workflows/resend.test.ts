import { expect, onTestFinished, test } from 'vitest';
import { smtpTransport } from '../../activities/mail/smtp-transport.ts';
import { council, startOf } from '../support/facts.ts';
import { mailSink } from '../support/mail-sink.ts';
import { openRig } from '../support/rig.ts';

const WRONG = 'head-of-service@anyborough.example.org';
const RIGHT = 'new-head-of-service@anyborough.example.org';
const REFUSED = 'the mail server refused it: 550 5.1.1 no such mailbox';
const administrator = { id: 'test', role: 'democratic-services' };

test('a mail to a wrong address: listed and told up the chain; the address corrected, sent again, and off the list', async () => {
  const sink = await mailSink(0, { unknown: [WRONG] });
  const post = smtpTransport(sink.url, { timeoutMs: 2000 });
  onTestFinished(async () => {
    await post.close();
    await sink.close();
  });
  const sent = sink.received;
  const rig = await openRig({ post });
  const reference = await rig.start(startOf(), '2016-02-19T10:00:00.000Z');
  const [authority = '', inspection = ''] = reference.split('/');
  await rig.advanceTo(reference, '2016-05-04T10:00:00.000Z');
  const lost = await rig.register.undeliverable({ authority, reference: inspection });
  expect(lost.map(({ recipient, day, reason }) => [recipient, day, reason])).toEqual([
    [WRONG, '2016-05-04', REFUSED],
    [WRONG, '2016-02-19', REFUSED],
  ]);
  expect(sent.at(-1)?.to).toBe('assistant-director@anyborough.example.org');
  expect(sent.at(-1)?.text).toContain(`could not be delivered to Head of Service: ${REFUSED}`);

  const corrected = {
    ...council,
    roles: council.roles.map((role) => (role.email === WRONG ? { ...role, email: RIGHT } : role)),
  };
  await rig.engine.command(reference, 'changeAuthority', { authority: corrected }, administrator);
  const before = sent.length;
  for (const { messageId, roles, milestones, day } of lost) {
    expect(roles).toEqual(['head-of-service']);
    await rig.engine.command(reference, 'resend', { messageId, to: roles, milestones, day }, administrator);
  }
  await rig.advanceTo(reference, '2016-05-04T15:00:00.000Z');
  const again = sent.slice(before);
  expect(again[0]?.to).toBe(RIGHT);
  expect(again.map((mail) => mail.text).join()).toContain('An earlier mail about this');
  // Off the list once the register has the request, and nothing new on it.
  expect(await rig.register.undeliverable({ authority, reference: inspection })).toEqual([]);
  expect((await rig.register.verify(authority))[0]?.ok).toBe(true);
});
