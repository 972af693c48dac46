import { expect, test } from 'vitest';
import { addressIn, example } from '../support/example.ts';
import { openRig } from '../support/rig.ts';

// The report to the Corporate Parenting Board of 18 August 2011: inspected 6 to 17 June, reported on 22 July 2011.
test('Middlesbrough 2011: the board is told, the action plan follows within 70 working days', async () => {
  const rig = await openRig();
  const start = example('middlesbrough-2011');
  const reference = await rig.start(start, '2011-07-22T10:00:00.000Z');
  const director = addressIn(start, 'executive-director');
  const view = await rig.engine.view(reference);
  // 70 working days after 22 July 2011: the summer bank holiday of 29 August is left out.
  expect(view.milestones.find((each) => each.id === 'plan-submission/written-action-plan')).toMatchObject({
    due: '2011-10-31',
  });
  // The board meets on 18 August: 10 working days before it is 4 August.
  await rig.advanceTo(reference, '2011-08-17T12:00:00.000Z');
  const board = rig.sent
    .filter(
      (mail) =>
        mail.recipient.email === director &&
        mail.notices.some((notice) => notice.milestone.endsWith('board-18-august')),
    )
    .map((mail) => mail.day);
  expect(board).toEqual(['2011-07-22', '2011-08-04', '2011-08-11', '2011-08-16']);
  await rig.engine.command(
    reference,
    'complete',
    { milestone: 'board-18-august' },
    { id: 'x', role: 'executive-director' },
  );
  await rig.engine.command(
    reference,
    'complete',
    { milestone: 'action-plan-to-board' },
    { id: 'x', role: 'executive-director' },
  );
  await rig.advanceTo(reference, '2011-10-20T12:00:00.000Z');
  await rig.engine.command(
    reference,
    'submit',
    { milestone: 'written-action-plan' },
    { id: 'x', role: 'executive-director' },
  );
  await rig.engine.command(
    reference,
    'close',
    {
      reason: 'the plan is with Ofsted; the framework has ended',
      homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }],
    },
    { id: 'x', role: 'executive-director' },
  );
  const end = await rig.engine.result(reference);
  expect(end.status).toBe('closed');
  const [authority = '', inspection = ''] = reference.split('/');
  expect((await rig.register.milestones(authority, inspection)).map((each) => each.status).sort()).toEqual([
    'completed',
    'completed',
    'submitted',
  ]);
});
