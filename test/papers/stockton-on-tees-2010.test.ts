import { expect, test } from 'vitest';
import type { Refusal } from '../../domain/refusal.ts';
import { addressIn, example } from '../support/example.ts';
import { openRig } from '../support/rig.ts';

// Cabinet's record: taken on Thursday 28 October 2010, published on Friday the 29th; "call in … by no later than midnight
// on Friday 5 November 2010".
const WINDOW = 'call-in-window/inspection-outcome';
const member = { id: 'y', role: 'scrutiny-chair' };
const callIn = {
  decision: 'inspection-outcome',
  by: 'five members',
  reasons: 'the action plan was not before Cabinet',
};

test('Stockton 2010: the window closes at midnight on 5 November with no call-in', async () => {
  const rig = await openRig();
  const start = example('stockton-on-tees-2010');
  const reference = await rig.start(start, '2010-10-29T14:00:00.000Z');
  // In Greenwich time again since 31 October: midnight at the end of the 5th is midnight UTC.
  expect((await rig.engine.view(reference)).milestones.find((each) => each.id === WINDOW)).toMatchObject({
    due: '2010-11-05',
    dueAt: '2010-11-06T00:00:00.000Z',
    status: 'open',
  });
  await rig.advanceTo(reference, '2010-11-05T12:00:00.000Z');
  const watcher = rig.sent.filter((mail) => mail.recipient.email === addressIn(start, 'democratic-services'));
  expect(watcher.at(-1)).toMatchObject({ day: '2010-11-05', notices: [{ milestone: WINDOW, kind: 'due-today' }] });
  await rig.advanceTo(reference, '2010-11-08T12:00:00.000Z');
  const closed = rig.sent.filter((mail) => mail.day === '2010-11-08').flatMap((mail) => mail.notices);
  expect(closed[0]?.text).toBe(
    'The window closed with no call-in: the decision can be implemented from Monday 8 November 2010.',
  );
  await expect(rig.engine.command(reference, 'callIn', callIn, member)).rejects.toThrow(
    expect.objectContaining({ code: 'window-closed' }) as Refusal,
  );
});

test('Stockton 2010: the decision is called in on the last afternoon', async () => {
  const rig = await openRig();
  const start = example('stockton-on-tees-2010');
  const reference = await rig.start(start, '2010-10-29T14:00:00.000Z');
  await rig.advanceTo(reference, '2010-11-05T15:30:00.000Z');
  await rig.engine.command(reference, 'callIn', callIn, member);
  await rig.advanceTo(reference, '2010-11-05T16:00:00.000Z');
  const told = rig.sent
    .filter((mail) => mail.notices.some((notice) => notice.kind === 'call-in-received'))
    .map((mail) => `${mail.day} ${mail.recipient.email}`);
  expect(told).toContain(`2010-11-05 ${addressIn(start, 'director-of-childrens-services')}`);
  expect(told).toContain(`2010-11-05 ${addressIn(start, 'democratic-services')}`);

  // Scrutiny refers it back in the following week; meanwhile it can't be implemented, and then only once it is confirmed.
  const officer = { id: 'x', role: 'democratic-services' };
  const decision = 'inspection-outcome';
  const implement = () => rig.engine.command(reference, 'implement', { decision }, officer);
  await rig.advanceTo(reference, '2010-11-11T12:00:00.000Z');
  await expect(implement()).rejects.toThrow(/scrutiny has not considered it yet/);
  await rig.engine.command(reference, 'resolveCallIn', { decision, outcome: 'refer-back' }, officer);
  await expect(implement()).rejects.toThrow(/was referred to the decision maker on Thursday 11 November 2010/);
  await rig.advanceTo(reference, '2010-11-25T12:00:00.000Z');
  await rig.engine.command(reference, 'reconsider', { decision, outcome: 'confirmed' }, officer);
  await implement();
  const record = (await rig.engine.view(reference)).decisions.find((each) => each.id === decision);
  expect(record?.parts.find((part) => part.heading === 'What became of it')?.text).toBe(
    'Published on Friday 29 October 2010. Called in on Friday 5 November 2010 by five members: the action plan was not before Cabinet. Scrutiny referred it back to the decision maker on Thursday 11 November 2010. The decision maker confirmed it on Thursday 25 November 2010. Implemented on Thursday 25 November 2010.',
  );
});
