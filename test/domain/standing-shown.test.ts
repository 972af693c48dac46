import { expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import type { CommandName, CommandPayload } from '../../domain/commands/commands.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { actionLines } from '../../domain/progress/action-lines.ts';
import { seriesIn } from '../../domain/progress/series.ts';
import { standingShown } from '../../domain/progress/standing-shown.ts';
import { calendar, startOf } from '../support/facts.ts';
import { sourceOf } from '../../client/plan-book/source-of.ts';
import type { Rating } from '../../domain/schemas/ratings.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const ACTION = 'improvement-actions/audit';
const owner: Actor = { id: 'y', role: 'team-manager' };
const director: Actor = { id: 'x', role: 'director' };

/** An action that was red when last reported on. */
const reported = () =>
  new Story(
    startOf({ actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }] }),
    NOW,
  ).command(
    { name: 'progress', payload: { milestone: ACTION, rating: 'red', percent: 40, forecast: '2016-05-06' } },
    owner,
  );
type OfAction<Name extends CommandName> = Omit<CommandPayload<Name>, 'milestone'>;
const done = () => reported().command({ name: 'complete', payload: { milestone: ACTION } }, owner);
const waived = (payload: OfAction<'waive'> = { reason: 'agreed' }) =>
  reported().command({ name: 'waive', payload: { milestone: ACTION, ...payload } }, director);
const later = (story: Story) => story.until('2016-04-04T10:00:00.000Z');
const opened = () =>
  later(done()).command({ name: 'reopen', payload: { milestone: ACTION, reason: 'it was not' } }, director);

const RED = ['Red', 40, '2016-05-06', 'Red, 40 per cent done, on Mon 22 February 2016', 'red'];

test.each([
  ['reported on', reported, RED],
  ['done', done, ['Complete', null, null, 'Complete', 'complete']],
  ['done, and no longer in hand', () => later(done()), ['Complete', null, null, 'Complete', 'complete']],
  ['waived', waived, [null, null, null, '', undefined]],
  ['done, and opened again', opened, RED],
])('an action that is %s stands so in the register’s row, in the update and in the workbook', (_what, begun, shown) => {
  const { state, now, entries } = begun();
  const view = viewOf(state, now);
  const row = entries.findLast(({ milestone, row: is }) => milestone === ACTION && is !== null)?.row;
  const [line] = actionLines(view, seriesIn(entries), calendar, (role) => role);
  const { sent } = sourceOf({ state, facts: state.facts, view }, new Map());
  expect([row?.rating, row?.percent, row?.forecast, line?.rating, sent.actions['audit']?.rating]).toEqual(shown);
  // What was said stays on record.
  expect(seriesIn(entries)).toMatchObject([{ rating: 'Red', percent: 40 }]);
});

test.each([
  ['an acceptance of it', { id: `${ACTION}--acceptance-1` }, {}, {}],
  ['a duty that is no action', { id: 'plan-submission/written-action-plan' }, {}, {}],
  [
    'in a scheme of the council’s own',
    {},
    { ratings: [own('finished', 'done')] },
    { rating: 'finished', ratingName: 'X' },
  ],
  ['in a scheme without one for it', {}, { ratings: [own('bad', 'off-track')] }, { ratingName: 'Done' }],
])('what is done: %s', (_what, duty, scheme, shown) => {
  const progress = { rating: 'bad', percent: 40 };
  expect(standingShown({ id: ACTION, status: 'completed', progress, ...duty }, scheme)).toEqual(shown);
});

function own(id: string, counts: Rating['counts']): Rating {
  return { id, name: 'X', meaning: 'x', colour: 'grey', counts };
}
