import { expect, test } from 'vitest';
import { startOf } from '../support/facts.ts';
import { openRig } from '../support/rig.ts';

const administrator = { id: 'test', role: 'democratic-services' };
const AUDIT = 'improvement-actions/audit';
const PLAN = 'plan-submission/written-action-plan';

test('an action that was done is asked about, has fallen back and is open again; the report is issued again', async () => {
  const rig = await openRig();
  const start = startOf({
    report: { received: '2016-02-19' },
    actions: [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29', sustained: { after: [1, 3] } }],
  });
  const reference = await rig.start(start, '2016-02-22T10:00:00.000Z', { eventsPerRun: 40 });
  await rig.engine.command(reference, 'complete', { milestone: 'audit' }, administrator);
  await rig.advanceTo(reference, '2016-03-23T10:00:00.000Z');
  // It has ended and is put away: evidence is taken all the same.
  const link = 'https://anyborough.example.org/sample';
  const added = await rig.engine.command(
    reference,
    'addEvidence',
    { milestone: 'audit', title: 'Sample', link },
    administrator,
  );
  expect(added.milestone).toBeNull();
  const asked = `${AUDIT}--sustained-1-after-1`;
  const fallen = { milestone: asked, reason: 'half were late', to: '2016-05-31' };
  await rig.engine.command(reference, 'fallBack', fallen, { id: 'test', role: 'team-manager' });
  await rig.engine.command(reference, 'reissue', { received: '2016-03-22', note: 'care leavers' }, administrator);
  await rig.advanceTo(reference, '2016-03-30T10:00:00.000Z');

  const [authority = '', inspection = ''] = reference.split('/');
  const rows = await rig.register.milestones(authority, inspection);
  expect(Object.fromEntries(rows.map(({ milestone, due, status }) => [milestone, `${due} ${status}`]))).toEqual({
    [AUDIT]: '2016-05-31 open',
    [asked]: '2016-03-22 completed',
    [`${AUDIT}--sustained-1-after-3`]: '2016-05-23 lapsed',
    [PLAN]: '2016-08-01 open',
  });
  const told = rig.sent
    .filter(({ recipient }) => recipient.email === 'team-manager@anyborough.example.org')
    .flatMap(({ day, notices }) => notices.map(({ milestone, kind }) => `${day} ${milestone} ${kind}`));
  expect(told).toEqual(
    expect.arrayContaining([
      `2016-03-15 ${asked} reminder`,
      `2016-03-22 ${asked} due-today`,
      `2016-03-24 ${AUDIT} reopened`,
    ]),
  );
  expect((await rig.register.verify(authority))[0]?.ok).toBe(true);
});
