import { expect, test } from 'vitest';
import { seriesIn } from '../../domain/progress/series.ts';
import { startOf } from '../support/facts.ts';
import { openRig } from '../support/rig.ts';

const owner = { id: 'owner', role: 'team-manager' };
const ACTION = 'improvement-actions/audit';

test('an action is reported on over two runs of its lifecycle: the register has the series, the list the newest', async () => {
  const rig = await openRig();
  const start = startOf({
    actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }],
  });
  const reference = await rig.start(start, '2016-02-19T10:00:00.000Z', { eventsPerRun: 40 });
  await rig.engine.command(reference, 'progress', { milestone: 'audit', rating: 'green', text: 'Begun.' }, owner);
  await rig.advanceTo(reference, '2016-03-14T10:00:00.000Z');
  const said = { milestone: 'audit', rating: 'red', percent: 40, forecast: '2016-05-06', text: 'One team is ill.' };
  const result = await rig.engine.command(reference, 'progress', said, owner);
  expect(result.milestone).toMatchObject({ id: ACTION, overdue: false, byDates: 'will-be-late' });
  await rig.advanceTo(reference, '2016-03-21T10:00:00.000Z');
  await rig.engine.command(reference, 'progress', { milestone: 'audit', noChange: true }, owner);
  await expect(
    rig.engine.command(reference, 'progress', { milestone: 'audit', rating: 'pink' }, owner),
  ).rejects.toThrow('no rating "pink"');
  const { seq } = await rig.engine.view(reference);
  const [authority = '', inspection = ''] = reference.split('/');
  expect(await rig.register.reached(authority, inspection, seq, 10_000)).toBe(true);
  const of = { authority, reference: inspection, kind: 'progress-reported' as const, milestone: ACTION };
  const { entries, total } = await rig.register.entriesOfKind(of, { offset: 0, limit: 10 });
  expect(total).toBe(3);
  expect(seriesIn(entries).map(({ on, rating, text, noChange }) => [on, rating, text, noChange])).toEqual([
    ['2016-02-19', 'Green', 'Begun.', false],
    ['2016-03-14', 'Red', 'One team is ill.', false],
    ['2016-03-21', 'Red', null, true],
  ]);
  expect((await rig.register.entriesOfKind(of, { offset: 2, limit: 10 })).entries).toHaveLength(1);
  const [row] = await rig.register.milestones(authority, inspection, ACTION);
  expect(row).toMatchObject({ rating: 'Red', percent: 40, forecast: '2016-05-06', reportedOn: '2016-03-21' });
  expect((await rig.register.verify(authority))[0]?.ok).toBe(true);
});

test('a round asks in the digest, and goes on over runs of the lifecycle; who is silent is told to their manager', async () => {
  const rig = await openRig();
  const action = (id: string, role: string) => ({ id, title: `Action ${id}`, owner: role, due: '2016-09-30' });
  const start = startOf({
    actions: [action('a', 'team-manager'), action('b', 'vacant-post'), action('c', 'team-manager')],
  });
  const reference = await rig.start(start, '2016-02-19T10:00:00.000Z', { eventsPerRun: 40 });
  const administrator = { id: 'test', role: 'democratic-services' };
  await rig.advanceTo(reference, '2016-02-22T10:00:00.000Z');
  await rig.engine.command(reference, 'openRound', { by: '2016-03-11', title: 'the board' }, administrator);
  await rig.advanceTo(reference, '2016-03-01T10:00:00.000Z');
  const postponed = { milestone: 'round-1', to: '2016-03-18', reason: 'half term' };
  const result = await rig.engine.command(reference, 'postponeRound', postponed, administrator);
  expect(result.milestone).toMatchObject({ id: 'progress-rounds/round-1', due: '2016-03-18', status: 'open' });
  await rig.engine.command(reference, 'progress', { milestone: 'a', percent: 5 }, owner);
  await rig.advanceTo(reference, '2016-03-23T10:00:00.000Z');
  const told = rig.sent.flatMap(({ day, recipient, notices }) =>
    notices
      .filter(({ kind }) => kind.startsWith('progress-'))
      .map(({ kind, text }) => `${day} ${recipient.roles[0]?.id} ${kind}: ${text}`),
  );
  expect(told.filter((each) => / (team-manager|head-of-service) /.test(each))).toEqual([
    '2016-02-23 team-manager progress-asked: Please say by Friday 11 March 2016 how your 2 open actions stand: “Action a”, “Action c”.',
    '2016-03-02 team-manager progress-asked: Please say by Friday 18 March 2016 how your open action stands: “Action c”.',
    '2016-03-15 team-manager progress-reminded: Please say by Friday 18 March 2016 how your open action stands: “Action c”.',
    '2016-03-21 head-of-service progress-silent: Team Manager did not answer on 1 action: “Action c”.',
  ]);
  const [authority = '', inspection = ''] = reference.split('/');
  const of = { authority, reference: inspection, kind: 'round-closed' as const };
  const { entries } = await rig.register.entriesOfKind(of, { offset: 0, limit: 10 });
  expect(entries.map(({ data }) => data['silent'])).toEqual([
    [
      { role: 'vacant-post', title: 'Virtual School Head', actions: ['Action b'] },
      { role: 'team-manager', title: 'Team Manager', actions: ['Action c'] },
    ],
  ]);
  expect((await rig.register.verify(authority))[0]?.ok).toBe(true);
});
