import { expect, test } from 'vitest';
import { apply } from '../../domain/commands/apply.ts';
import { endedMilestone } from '../../domain/lifecycle/ended.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import { Story } from '../../domain/preview/story.ts';
import { reportDoubts } from '../../domain/progress/report-doubts.ts';
import { startOf } from '../support/facts.ts';

const NOW = '2016-03-10T10:00:00.000Z';
const ACTION = 'improvement-actions/audit';
const actor = { id: 'x', role: 'team-manager' };
const start = startOf({ actions: [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }] });

/** What is doubted of the last of these, once the others have been said. */
function doubted(...said: [name: 'progress' | 'complete', payload: object][]): string[] {
  let state = new Story(start, '2016-02-22T10:00:00.000Z').until(NOW).state;
  let before = state;
  for (const [name, payload] of said) {
    before = state;
    state = apply(state, { name, payload: { milestone: ACTION, ...payload } }, actor, NOW);
  }
  const [was, is] = [milestoneOf(before, ACTION), milestoneOf(state, ACTION) ?? endedMilestone(state, ACTION)];
  if (was === undefined || is === undefined) throw new Error('the action is gone');
  return reportDoubts(was, is, start.facts.authority);
}

const GREEN = { rating: 'green', percent: 20, on: '2016-03-09' };

test('done before a report that says that it is not', () => {
  expect(doubted(['progress', GREEN], ['complete', { on: '2016-03-08' }])).toEqual([
    'The last report on it, of Wednesday 9 March 2016, says: Green, 20 per cent done. You say that it was done before that, on Tuesday 8 March 2016: look at the day.',
  ]);
});

test.each([['amber'], ['green']])('rated %s, and expected after its date', (rating) => {
  expect(doubted(['progress', { rating, forecast: '2016-05-20' }])).toEqual([
    `It is expected by Friday 20 May 2016, after its date of Friday 29 April 2016, and rated ${rating === 'amber' ? 'Amber' : 'Green'}. Red is: The action is late, or its owner does not expect it to be done by its date. Look whether that is meant.`,
  ]);
});

test.each<[string, ...Parameters<typeof doubted>]>([
  ['done on the day of the report', ['progress', GREEN], ['complete', { on: '2016-03-09' }]],
  ['done since', ['progress', GREEN], ['complete', { on: '2016-03-10' }]],
  ['done without a report', ['complete', { on: '2016-03-08' }]],
  ['reported as complete', ['progress', { rating: 'complete', on: '2016-03-09' }], ['complete', { on: '2016-03-08' }]],
  ['red, and expected after its date', ['progress', { rating: 'red', forecast: '2016-05-20' }]],
  ['expected on its date', ['progress', { rating: 'green', forecast: '2016-04-29' }]],
  ['no rating at all', ['progress', { forecast: '2016-05-20' }]],
])('nothing is doubted: %s', (_what, ...said) => {
  expect(doubted(...said)).toEqual([]);
});
