import { expect, test } from 'vitest';
import { startOf } from '../support/facts.ts';
import { openRig } from '../support/rig.ts';

const administrator = { id: 'test', role: 'democratic-services' };
const ACTION = 'improvement-actions/audit';
const OWNER = 'team-manager@anyborough.example.org';

test('a duty completed by a slip is opened again weeks later: its owner is told, and reminded as if nothing had been', async () => {
  const rig = await openRig();
  const start = startOf({
    actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }],
  });
  const reference = await rig.start(start, '2016-02-19T10:00:00.000Z', { eventsPerRun: 40 });
  await rig.engine.command(reference, 'complete', { milestone: 'audit' }, administrator);
  await rig.advanceTo(reference, '2016-03-14T10:00:00.000Z');
  const result = await rig.engine.command(
    reference,
    'reopen',
    { milestone: 'audit', reason: 'wrong line' },
    administrator,
  );
  expect(result.milestone).toMatchObject({ id: ACTION, status: 'open', due: '2016-04-29', overdue: false });
  await rig.advanceTo(reference, '2016-05-03T10:00:00.000Z');
  const told = rig.sent
    .filter(({ recipient }) => recipient.email === OWNER)
    .flatMap(({ day, notices }) =>
      notices.filter(({ milestone }) => milestone === ACTION).map(({ kind }) => `${day} ${kind}`),
    );
  expect(told).toEqual([
    '2016-03-15 reopened',
    '2016-04-01 reminder',
    '2016-04-15 reminder',
    '2016-04-22 reminder',
    '2016-04-27 reminder',
    '2016-04-29 due-today',
  ]);
  const [authority = '', inspection = ''] = reference.split('/');
  const [row] = (await rig.register.milestones(authority, inspection)).filter(({ milestone }) => milestone === ACTION);
  expect(row).toMatchObject({ status: 'open', due: '2016-04-29' });
  expect((await rig.register.verify(authority))[0]?.ok).toBe(true);
});
