import { expect, test } from 'vitest';
import type { Refusal } from '../../domain/refusal.ts';
import { addressIn } from '../support/example.ts';
import { paper } from '../support/paper.ts';
import { openRig } from '../support/rig.ts';

// Cabinet of 22 February 2022: the board monthly, the department every fortnight, the notice's plan by 31 March.
const director = { id: 'x', role: 'director' };
const REASON = 'agreed with the case officer';

test('Bury 2022: promises in their own words; a pause, a change and an end of a cycle, and its numbers go on', async () => {
  const rig = await openRig();
  const start = paper('bury');
  const reference = await rig.start(start, '2022-02-23T10:00:00.000Z');
  const dueOf = async (id: string) =>
    (await rig.engine.view(reference)).milestones.find((each) => each.status === 'open' && each.id.endsWith(`/${id}`))
      ?.due;
  const changeCycle = (payload: object) =>
    rig.engine.command(reference, 'changeCycle', { reason: REASON, ...payload } as never, director);

  expect(await dueOf('department-1')).toBe('2022-03-08');
  await expect(
    rig.engine.command(
      reference,
      'extend',
      { milestone: 'notice-plan', to: '2022-04-29', reason: 'more time' },
      { id: 'x', role: 'chief-executive' },
    ),
  ).rejects.toThrow(expect.objectContaining({ code: 'statutory-date' }) as Refusal);

  // No meetings over Easter; then every two months, and none from October on.
  await rig.advanceTo(reference, '2022-03-09T12:00:00.000Z');
  await changeCycle({ promise: 'department', what: 'paused', from: '2022-04-04', until: '2022-04-24' });
  expect([await dueOf('department-2'), await dueOf('department-3')]).toEqual(['2022-03-22', '2022-05-03']);
  // The board's monthly one of 25 March, and two months after it.
  await rig.engine.command(reference, 'complete', { milestone: 'improvement-board-1', on: '2022-03-09' }, director);
  await changeCycle({ promise: 'improvement-board', what: 'changed', from: '2022-04-01', n: 2, unit: 'month' });
  expect([await dueOf('improvement-board-3'), await dueOf('improvement-board-4')]).toEqual([
    '2022-03-25',
    '2022-05-25',
  ]);
  await changeCycle({ promise: 'department', what: 'ended', from: '2022-04-25' });
  expect(await dueOf('department-3')).toBeUndefined();
  await expect(changeCycle({ promise: 'review', what: 'ended', from: '2022-10-01' })).rejects.toThrow(
    expect.objectContaining({ code: 'statutory-date' }) as Refusal,
  );
  await changeCycle({ promise: 'department', what: 'resumed', from: '2022-04-25' });
  expect(await dueOf('department-3')).toBe('2022-05-03');

  await rig.advanceTo(reference, '2022-05-04T12:00:00.000Z');
  const told = rig.sent
    .filter((mail) => mail.recipient.email === addressIn(start, 'director'))
    .flatMap(({ notices }) => notices.filter(({ milestone }) => milestone.endsWith('department-3')))
    .map(({ kind }) => kind);
  expect(told).toContain('due-today');
  const [authority = '', inspection = ''] = reference.split('/');
  const kinds = (await rig.register.history(authority, inspection)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'cycle-changed')).toHaveLength(4);
});
