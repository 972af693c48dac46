import { expect, test } from 'vitest';
import { authority as authoritySchema } from '../../domain/schemas/authority.ts';
import { addressIn, example } from '../support/example.ts';
import { openRig } from '../support/rig.ts';

const director = { id: 'x', role: 'executive-director' };
const member = { id: 'x', role: 'scrutiny-chair' };
const officer = { id: 'x', role: 'democratic-services' };
const PANEL = 'children-and-young-peoples-scrutiny-panel';
const PANEL_UPDATE = 'cabinet-updates/cabinet-update-1';
const BRIEFING = 'member-briefings/member-briefing-1';

/**
 * The example, with what the paper tells and gives no date for: an update to the scrutiny panel two months after its
 * meeting of 10 February, for which the panel was to meet on Wednesday 15 April (a stand-in).
 */
function story() {
  const start = example('middlesbrough-2020');
  const { inspection, authority } = start.facts;
  const withPanel = (meeting: unknown) =>
    authoritySchema.parse({
      ...authority,
      bodies: authority.bodies.map((body) =>
        body.id === PANEL ? { ...body, meetings: ['2020-02-10', meeting, '2020-07-06'] } : body,
      ),
    });
  const update = {
    rule: 'cabinet-update',
    title: 'Update on the Immediate Assurance Plan to the scrutiny panel',
    from: '2020-02-10',
    every: { n: 2, unit: 'month' as const, convention: 'after' as const },
    body: PANEL,
    owner: 'executive-director',
    writtenRoute: {
      title: 'Overview of progress in writing to all members',
      act: 'Send the overview to all members; their questions go to the Director of Children’s Services.',
    },
  };
  const facts = {
    ...start.facts,
    authority: withPanel('2020-04-15'),
    inspection: { ...inspection, commitments: [...inspection.commitments, update] },
  };
  return { start: { ...start, facts }, withPanel };
}

// The report to the Overview and Scrutiny Board of 21 May 2020: meetings cancelled in March, information to all members on
// 8 April instead, their questions answered on 30 April, the monthly update held for a decision of the Department for
// Education, and the board's meeting.
test('Middlesbrough 2020: the written way in spring 2020, questions and answers, a hold for the DfE, and the board on 21 May', async () => {
  const rig = await openRig();
  const { start, withPanel } = story();
  const reference = await rig.start(start, '2020-03-02T10:00:00.000Z');
  const milestone = async (id: string) => (await rig.engine.view(reference)).milestones.find((each) => each.id === id);
  expect(await milestone(PANEL_UPDATE)).toMatchObject({ due: '2020-04-15' });

  // March: all non-urgent meetings are cancelled, and the panel has no other before its next round in June.
  await rig.advanceTo(reference, '2020-03-23T10:30:00.000Z');
  const cancelled = withPanel({ on: '2020-04-15', cancelled: 'all non-urgent meetings are cancelled (Covid-19)' });
  await rig.engine.command(reference, 'changeAuthority', { authority: cancelled }, officer);
  expect(await milestone(PANEL_UPDATE)).toMatchObject({
    title: 'Overview of progress in writing to all members, no. 1',
    // Two months after 10 February is Friday 10 April, Good Friday; the next working day is Tuesday 14 April.
    due: '2020-04-14',
  });
  await rig.advanceTo(reference, '2020-04-08T13:00:00.000Z');
  await rig.engine.command(reference, 'complete', { milestone: PANEL_UPDATE }, director);
  await rig.engine.command(reference, 'complete', { milestone: 'information-to-all-members' }, director);

  // Members ask after 8 April (16 April is a stand-in); ten working days later is 30 April, the day of the answers.
  await rig.advanceTo(reference, '2020-04-16T10:30:00.000Z');
  for (const text of ['How many children are on plans?', 'When do the monthly updates begin?'])
    await rig.engine.command(reference, 'ask', { by: 'a member', text }, member);
  expect(await milestone('member-briefings/question-q2')).toMatchObject({
    due: '2020-04-30',
    owner: 'executive-director',
  });
  await rig.advanceTo(reference, '2020-04-30T13:00:00.000Z');
  for (const question of ['q1', 'q2'])
    await rig.engine.command(reference, 'answer', { question, text: 'As attached at Appendix C.' }, director);
  await rig.engine.command(reference, 'complete', { milestone: 'answers-to-members' }, director);
  const late = rig.sent.filter((mail) => mail.day >= '2020-04-08' && mail.notices.some((each) => each.overdue));
  expect(
    late.flatMap((mail) => mail.notices.map((each) => each.milestone)).filter((id) => id.includes('question')),
  ).toEqual([]);

  // The update is held: the DfE's decision is awaited. 8 May 2020 was the moved bank holiday.
  await rig.advanceTo(reference, '2020-05-06T10:30:00.000Z');
  const held = await rig.engine.command(
    reference,
    'hold',
    {
      milestone: BRIEFING,
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
    .flatMap((mail) => mail.notices.map((notice) => ({ ...notice, mail: `${mail.day} ${mail.recipient.email}` })))
    .filter((notice) => notice.milestone === BRIEFING && notice.kind !== 'held');
  expect(meanwhile.map((notice) => `${notice.mail} ${notice.kind}`)).toEqual([
    `2020-05-13 ${addressIn(start, 'executive-director')} review-due`,
  ]);
  expect(meanwhile[0]?.text).toContain('It is to hold the answers to 2 questions of members (q1, q2).');

  // The decision comes on 18 May; three working days remain, to the board's meeting on the 21st.
  const released = await rig.engine.command(
    reference,
    'release',
    { milestone: BRIEFING, reason: 'the Department has decided', workingDays: 3 },
    director,
  );
  expect(released.milestone).toMatchObject({ due: '2020-05-21', status: 'open' });
  await rig.advanceTo(reference, '2020-05-21T10:30:00.000Z');
  await rig.engine.command(reference, 'complete', { milestone: BRIEFING }, director);
  await rig.engine.command(reference, 'complete', { milestone: 'board-21-may' }, director);
  const view = await rig.engine.view(reference);
  expect(view.milestones.map((each) => each.id)).toContain('member-briefings/member-briefing-2');
  expect(view.questions.map(({ id, answer, reportedIn }) => [id, answer?.on, reportedIn])).toEqual([
    ['q1', '2020-04-30', BRIEFING],
    ['q2', '2020-04-30', BRIEFING],
  ]);
  const [authority = '', inspection = ''] = reference.split('/');
  const kinds = (await rig.register.history(authority, inspection)).map((entry) => entry.kind);
  expect(kinds).toEqual(
    expect.arrayContaining([
      'authority-changed',
      'milestone-moved',
      'question-asked',
      'question-answered',
      'milestone-held',
    ]),
  );
});
