import { expect, test } from 'vitest';
import { MailFailure, type MailMessage } from '../../activities/mail/post.ts';
import { council, startOf } from '../support/facts.ts';
import { openRig } from '../support/rig.ts';

const WRONG = 'head-of-service@anyborough.example.org';
const RIGHT = 'new-head-of-service@anyborough.example.org';
const administrator = { id: 'test', role: 'democratic-services' };

test('a mail to a wrong address: listed and told up the chain; the address corrected, sent again, and off the list', async () => {
  const sent: MailMessage[] = [];
  const rig = await openRig({
    post: {
      send(mail) {
        if (mail.to === WRONG) return Promise.reject(new MailFailure('undeliverable', '550 no such mailbox'));
        sent.push(mail);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    },
  });
  const reference = await rig.start(startOf(), '2016-02-19T10:00:00.000Z');
  const [authority = '', inspection = ''] = reference.split('/');
  await rig.advanceTo(reference, '2016-06-02T10:00:00.000Z');
  const lost = await rig.register.undeliverable({ authority, reference: inspection });
  expect(lost.map(({ recipient, day, reason }) => [recipient, day, reason])).toEqual([
    [WRONG, '2016-06-02', '550 no such mailbox'],
    [WRONG, '2016-02-19', '550 no such mailbox'],
  ]);
  expect(sent.at(-1)?.to).toBe('assistant-director@anyborough.example.org');
  expect(sent.at(-1)?.text).toContain('could not be delivered to Head of Service: 550 no such mailbox');

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
  await rig.advanceTo(reference, '2016-06-02T15:00:00.000Z');
  const again = sent.slice(before);
  expect(again[0]?.to).toBe(RIGHT);
  expect(again.map((mail) => mail.text).join()).toContain('An earlier mail about this');
  // Off the list once the register has the request, and nothing new on it.
  expect(await rig.register.undeliverable({ authority, reference: inspection })).toEqual([]);
  expect((await rig.register.verify(authority))[0]?.ok).toBe(true);
});
