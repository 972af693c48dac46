import { expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import { Story } from '../../domain/preview/story.ts';
import { startOf } from '../support/facts.ts';

const ADMINISTRATOR: Actor = { id: 'x', role: 'democratic-services' };
const begun = () =>
  new Story(
    startOf({
      commitments: [{ rule: 'cabinet-update' }],
      actions: [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-09-30' }],
    }),
    '2016-02-22T10:00:00.000Z',
  );

/** What is planned with a change on a day of which the clock has taken no note yet. */
function plannedWith(now: string): string[] {
  const story = begun();
  const before = story.entries.length;
  story.now = now;
  story.command({ name: 'openRound', payload: { by: '2016-06-10', title: 'the board' } }, ADMINISTRATOR);
  return story.entries.slice(before).flatMap(({ kind, text }) => (kind === 'milestone-planned' ? [text] : []));
}

test('a round of a cycle that is due to be planned on the day of another change is said to come by itself', () => {
  expect(plannedWith('2016-05-18T10:00:00.000Z')).toEqual([expect.stringContaining('the board')]);
  const [round, ...others] = plannedWith('2016-05-19T10:00:00.000Z').toSorted();
  expect(round).toContain('the board');
  expect(round).not.toContain('cycle');
  expect(others).toEqual([
    'Update to Cabinet, no. 3: due Mon 21 November 2016. It is the next round of its cycle, and comes of no change.',
  ]);
});

test('one that begins with the change comes of it, and one that goes on when its day has passed needs no word', () => {
  const story = begun().until('2016-06-01T10:00:00.000Z');
  expect(story.entries.some(({ text }) => text.startsWith('Update to Cabinet, no. 3: due'))).toBe(true);
  expect(story.entries.map(({ text }) => text).join(' ')).not.toContain('comes of no change');
});
