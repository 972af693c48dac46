import { expect, test } from 'vitest';
import type { Refusal } from '../../domain/refusal.ts';
import { addressIn, example } from '../support/example.ts';
import { openRig } from '../support/rig.ts';

// The report to the Executive of 10 May 2016: published on 19 February, the plan due within 90 working days of receipt.
const PLAN = 'plan-submission/written-action-plan';

test('Middlesbrough 2016: the plan is missed, goes up the chain, and is submitted late', async () => {
  const rig = await openRig();
  const start = example('middlesbrough-2016');
  const at = (role: string) => addressIn(start, role);
  const planMails = (role: string) =>
    rig.sent
      .filter((mail) => mail.recipient.email === at(role))
      .flatMap((mail) =>
        mail.notices.filter((notice) => notice.milestone === PLAN).map((notice) => `${mail.day} ${notice.kind}`),
      );
  const reference = await rig.start(start, '2016-02-19T10:00:00.000Z');

  // 90 working days after 19 February: Good Friday, Easter Monday and two bank holidays in May are left out.
  const planned = (await rig.engine.view(reference)).milestones.find((each) => each.id === PLAN);
  expect(planned).toMatchObject({
    due: '2016-06-30',
    dueAt: '2016-06-30T23:00:00.000Z',
    stricter: { due: '2016-06-02' },
  });
  expect(planned?.explanation.join(' ')).toContain('this date stands in for it');

  // The first update to the Executive is brought two days early, on 17 May.
  await rig.advanceTo(reference, '2016-05-17T10:30:00.000Z');
  await rig.engine.command(
    reference,
    'complete',
    { milestone: 'cabinet-update-1' },
    { id: 'x', role: 'executive-director' },
  );
  // A member can't do that, and a statutory date can't be put off.
  await expect(
    rig.engine.command(reference, 'submit', { milestone: PLAN }, { id: 'x', role: 'scrutiny-chair' }),
  ).rejects.toThrow(expect.objectContaining({ code: 'not-permitted' }) as Refusal);
  await expect(
    rig.engine.command(
      reference,
      'extend',
      { milestone: PLAN, to: '2016-08-01', reason: 'more time' },
      { id: 'x', role: 'chief-executive' },
    ),
  ).rejects.toThrow(expect.objectContaining({ code: 'statutory-date' }) as Refusal);

  // The Executive agrees the plan on 10 May; the record is published on the 12th: the window closes on the 19th.
  await rig.engine.command(
    reference,
    'decide',
    {
      id: 'agree-plan',
      title: 'Note and agree the improvement plan',
      body: 'executive',
      takenOn: '2016-05-10',
      publishedOn: '2016-05-12',
      key: false,
      urgent: false,
    },
    { id: 'x', role: 'democratic-services' },
  );
  const window = (await rig.engine.view(reference)).milestones.find((each) => each.id === 'call-in-window/agree-plan');
  expect(window).toMatchObject({ due: '2016-05-19', dueAt: '2016-05-19T23:00:00.000Z' });

  // Nobody submits the plan. By the stricter reading, 70 working days, it is Thursday 2 June; working days before it: 20 is
  // 4 May, 10 is 18 May, 5 is 25 May, 2 is 31 May, over the Monday. Before 30 June: 10 is 16 June, 5 is 23 June, 2 is 28 June.
  await rig.advanceTo(reference, '2016-07-22T12:00:00.000Z');
  expect(planMails('executive-director').slice(0, 10)).toEqual([
    '2016-02-19 started',
    '2016-05-04 stricter',
    '2016-05-18 stricter',
    '2016-05-25 stricter',
    '2016-05-31 stricter',
    '2016-06-02 stricter',
    '2016-06-16 reminder',
    '2016-06-23 reminder',
    '2016-06-28 reminder',
    '2016-06-30 due-today',
  ]);
  // Its owner is the director, whose manager is the chief executive: 1 working day late is 1 July, 5 is the 7th, 10 the 14th.
  // The step of the director goes past the owner.
  expect(planMails('chief-executive')).toEqual([
    '2016-06-03 stricter-passed',
    '2016-07-01 escalation',
    '2016-07-07 escalation',
    '2016-07-14 escalation',
    '2016-07-21 escalation',
  ]);
  expect(planMails('executive-director').slice(10)).toEqual([]);

  await rig.engine.command(reference, 'submit', { milestone: PLAN }, { id: 'x', role: 'executive-director' });
  const before = planMails('chief-executive').length;
  await rig.advanceTo(reference, '2016-09-30T12:00:00.000Z');
  expect(planMails('chief-executive')).toHaveLength(before);
  const [authority = '', inspection = ''] = reference.split('/');
  const history = await rig.register.history(authority, inspection);
  const kinds = history.filter((entry) => entry.milestone === PLAN).map((entry) => entry.kind);
  expect(kinds).toEqual(['milestone-planned', 'milestone-missed', 'milestone-submitted']);
  expect(history.find((entry) => entry.kind === 'window-closed')?.text).toContain(
    'the decision can be implemented from Friday 20 May 2016',
  );
});
