import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { outboxTransport } from '../../activities/mail/outbox-transport.ts';
import type { MailTransport } from '../../activities/mail/mail-transport.ts';
import type { InspectionRef } from '../../domain/inspection-ref.ts';
import { startOf } from '../support/facts.ts';
import { temporaryFolder } from '../mail/messages.ts';
import { openRig, type Rig } from '../support/rig.ts';

// A mail under way is looked at once more before its last byte: what ended meanwhile is told to nobody.

const START = '2016-02-19T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const ADMINISTRATOR = { id: 'test', role: 'democratic-services' };
const actions = [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }];

/** An outbox that lets no mail through to its end while it is held; what it has on its way, and what it has taken. */
async function heldOutbox() {
  const real = outboxTransport(await temporaryFolder());
  const [underWay, taken]: [string[], string[]] = [[], []];
  const gate = { held: false };
  const post: MailTransport = {
    async send(message, beforeEnd) {
      underWay.push(message.text);
      while (gate.held) await sleep(20);
      await real.send(message, beforeEnd);
      taken.push(message.text);
    },
    close: () => real.close(),
  };
  return { post, underWay, taken, hold: () => (gate.held = true), letGo: () => (gate.held = false) };
}

/** Goes on to the first reminders of the action, and stops as they are on their way. */
async function onTheWay(rig: Rig, reference: InspectionRef, outbox: Awaited<ReturnType<typeof heldOutbox>>) {
  await rig.engine.command(reference, 'waive', { milestone: PLAN, reason: 'not for us' }, ADMINISTRATOR);
  await rig.advanceTo(reference, '2016-03-21T12:00:00.000Z');
  const before = { underWay: outbox.underWay.length, taken: outbox.taken.length };
  outbox.hold();
  const going = rig.advanceTo(reference, '2016-04-15T12:00:00.000Z').catch(() => undefined);
  await expect.poll(() => outbox.underWay.length, { timeout: 20_000 }).toBeGreaterThan(before.underWay);
  return { before, going, held: outbox.underWay.slice(before.underWay) };
}

test.each<[string, (rig: Rig, reference: InspectionRef) => Promise<unknown>, string]>([
  [
    'closed',
    (rig, reference) =>
      rig.engine.command(
        reference,
        'close',
        { reason: 'all is done', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
        ADMINISTRATOR,
      ),
    'inspection-closed',
  ],
  ['cancelled', (rig, reference) => rig.engine.cancel(reference), 'inspection-cancelled'],
])(
  'an inspection that is %s while its mail is on its way: the mail does not go out',
  async (_how, end, kind) => {
    const outbox = await heldOutbox();
    const rig = await openRig({ post: outbox.post });
    const reference = await rig.start(startOf({ actions }), START);
    const { going, held } = await onTheWay(rig, reference, outbox);
    await end(rig, reference);
    outbox.letGo();
    await rig.engine.result(reference).catch(() => undefined);
    await going;
    // Where its end says where an action goes, its owner is told of that, by another mail.
    const wentOut = () => outbox.taken.filter((text) => held.includes(text));
    expect(wentOut()).toEqual([]);
    const [authority = '', inspection = ''] = reference.split('/');
    const kinds = async () => (await rig.register.history(authority, inspection)).map((each) => each.kind);
    await expect.poll(kinds, { timeout: 20_000 }).toContain(kind);
    expect(wentOut()).toEqual([]);
  },
  300_000,
);

test('one that goes on while its mail is on its way gets it', async () => {
  const outbox = await heldOutbox();
  const rig = await openRig({ post: outbox.post });
  const reference = await rig.start(startOf({ actions }), START);
  const { before, going } = await onTheWay(rig, reference, outbox);
  outbox.letGo();
  await going;
  expect(outbox.taken.length).toBeGreaterThan(before.taken);
}, 300_000);
