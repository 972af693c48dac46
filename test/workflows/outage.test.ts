import { expect, onTestFinished, test } from 'vitest';
import { smtpTransport } from '../../activities/mail/smtp-transport.ts';
import { startOf } from '../support/facts.ts';
import { mailSink } from '../support/mail-sink.ts';
import { openRig } from '../support/rig.ts';

const START = '2016-02-19T10:00:00.000Z';
const OWNER = 'head-of-service@anyborough.example.org';
const actions = Array.from({ length: 10 }, (_, index) => ({
  id: `a${index + 1}`,
  title: `Action ${index + 1}`,
  owner: 'head-of-service',
  due: `2016-04-${25 + (index % 5)}`,
}));

/** A rig whose mail goes to a real mail server, which may go down and come back. */
async function rigWithServer() {
  const sink = await mailSink();
  const post = smtpTransport(sink.url, { timeoutMs: 2000 });
  onTestFinished(async () => {
    await post.close();
    await sink.close();
  });
  return { sink, rig: await openRig({ post }) };
}

test('three days without a mail server: one catch-up digest to each person, not one for each missed morning', async () => {
  const { sink, rig } = await rigWithServer();
  const reference = await rig.start(startOf({ actions }), START);
  await rig.advanceTo(reference, '2016-04-20T06:00:00.000Z');
  const before = sink.received.length;
  await sink.goDown();
  await rig.advanceTo(reference, '2016-04-25T06:00:00.000Z');
  await sink.comeUp();
  await rig.advanceTo(reference, '2016-04-25T15:00:00.000Z');
  expect(sink.received.slice(before).map((mail) => mail.to)).toEqual([OWNER]);
});

test('after five days mail is given up: it is listed as undeliverable, and the next in the chain is told', async () => {
  const { sink, rig } = await rigWithServer();
  const reference = await rig.start(startOf({ actions: actions.slice(0, 1) }), START);
  await rig.advanceTo(reference, '2016-04-15T06:00:00.000Z');
  await sink.goDown();
  await rig.advanceTo(reference, '2016-04-26T17:30:00.000Z');
  await sink.comeUp();
  await rig.advanceTo(reference, '2016-04-27T12:00:00.000Z');
  const [authority = '', inspection = ''] = reference.split('/');
  const mine = (await rig.register.undeliverable()).filter((mail) => mail.reference === inspection);
  expect(mine.map((mail) => mail.recipient)).toContain(OWNER);
  expect(mine[0]?.reason).toContain('for 5 days');
  const kinds = (await rig.register.history(authority, inspection)).map((entry) => entry.kind);
  expect(kinds).toContain('mail-delayed');
  expect(kinds).toContain('mail-undeliverable');
  const told = sink.received
    .filter((mail) => mail.to === 'assistant-director@anyborough.example.org')
    .map((mail) => mail.text);
  expect(told.some((text) => text.includes('could not be delivered to Head of Service'))).toBe(true);
});
