import { expect, test } from 'vitest';
import { addressIn, example } from '../support/example.ts';
import { openRig } from '../support/rig.ts';

// The report to the Overview and Scrutiny Board of 21 May 2020: information to all members on 8 April, their questions
// answered on 30 April, the monthly update held for a decision of the Department for Education.
test('Middlesbrough 2020: the monthly update waits for the DfE, and goes out when it has decided', async () => {
  const rig = await openRig();
  const start = example('middlesbrough-2020');
  const reference = await rig.start(start, '2020-04-08T10:00:00.000Z');
  const director = { id: 'x', role: 'executive-director' };
  for (const [day, milestone] of [
    ['2020-04-08', 'information-to-all-members'],
    ['2020-04-30', 'answers-to-members'],
  ] as const) {
    await rig.advanceTo(reference, `${day}T13:00:00.000Z`);
    await rig.engine.command(reference, 'complete', { milestone }, director);
  }
  // 8 May 2020 was the moved bank holiday.
  await rig.advanceTo(reference, '2020-05-06T10:30:00.000Z');
  const held = await rig.engine.command(
    reference,
    'hold',
    {
      milestone: 'member-briefing-1',
      reason: 'the report could be out of date very quickly',
      awaiting: 'a decision of the Department for Education',
      reviewOn: '2020-05-13',
    },
    director,
  );
  expect(held.milestone?.status).toBe('held');
  const sentBefore = rig.sent.length;
  await rig.advanceTo(reference, '2020-05-18T10:30:00.000Z');
  const meanwhile = rig.sent
    .slice(sentBefore)
    .filter((mail) =>
      mail.notices.some(
        (notice) => notice.milestone === 'member-briefings/member-briefing-1' && notice.kind !== 'held',
      ),
    );
  expect(
    meanwhile.map(
      (mail) =>
        `${mail.day} ${mail.recipient.email} ${mail.notices.find((notice) => notice.milestone.endsWith('briefing-1'))?.kind}`,
    ),
  ).toEqual([`2020-05-13 ${addressIn(start, 'executive-director')} review-due`]);
  // The decision comes on 18 May; three working days remain, to the board's meeting on the 21st.
  const released = await rig.engine.command(
    reference,
    'release',
    { milestone: 'member-briefing-1', reason: 'the Department has decided', workingDays: 3 },
    director,
  );
  expect(released.milestone).toMatchObject({ due: '2020-05-21', status: 'open' });
  await rig.advanceTo(reference, '2020-05-21T10:30:00.000Z');
  await rig.engine.command(reference, 'complete', { milestone: 'member-briefing-1' }, director);
  await rig.engine.command(reference, 'complete', { milestone: 'board-21-may' }, director);
  const next = (await rig.engine.view(reference)).milestones.map((each) => each.id);
  expect(next).toContain('member-briefings/member-briefing-2');
});
