import { describe, expect, test } from 'vitest';
import type { CommandPayload } from '../../domain/commands/commands.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { refusalSentence } from '../support/refusals.ts';
import { startOf } from '../support/facts.ts';

const PLAN = 'plan-submission/written-action-plan';
const note = 'The judgement on care leavers.';
const begun = () => new Story(startOf({ report: { received: '2016-02-19' } }), '2016-02-22T10:00:00.000Z');
const give = (story: Story, payload: Partial<CommandPayload<'reissue'>>, role = 'democratic-services') =>
  story.command({ name: 'reissue', payload: { note, ...payload } }, { id: 'x', role });
const again = () => give(begun().until('2016-04-11T10:00:00.000Z'), { received: '2016-04-08' });

describe('a report that was issued again', () => {
  test('counts from its own dates; the statutory date moves, its owner is told once, the earlier dates stay on file', () => {
    const story = again();
    expect(begun().milestone(PLAN)?.due).toBe('2016-06-30');
    expect(story.milestone(PLAN)).toMatchObject({ due: '2016-08-16', dueVersion: 2 });
    expect(story.state.facts.inspection.report).toEqual({
      received: '2016-04-08',
      earlier: [{ received: '2016-02-19', note }],
    });
    expect(story.entries.map(({ kind, text }) => `${kind}: ${text}`)).toContain(
      `report-reissued: Recorded by Democratic Services Manager: the report was issued again, received on Friday 8 April 2016. ${note}`,
    );
    const moved = story
      .until('2016-04-12T12:00:00.000Z')
      .mails.flatMap(({ notices }) => notices)
      .filter(({ kind }) => kind === 'moved');
    expect(moved.map(({ milestone, movedFrom }) => [milestone, movedFrom?.because])).toEqual([
      [PLAN, 'the report was issued again, received on Friday 8 April 2016'],
    ]);
  });

  test('leaves what was met as it was', () => {
    const story = begun().command(
      { name: 'complete', payload: { milestone: PLAN } },
      { id: 'x', role: 'democratic-services' },
    );
    const ended = story.state.ended[PLAN] ?? story.state.kept[PLAN];
    const after = give(story.until('2016-04-11T10:00:00.000Z'), { received: '2016-04-08' });
    expect(after.state.ended[PLAN]).toMatchObject({ status: 'completed', due: ended?.due });
  });

  test('is corrected like any other, and issued once more', () => {
    const corrected = again().command(
      { name: 'correct', payload: { received: '2016-04-07', reason: 'the post stamp' } },
      { id: 'x', role: 'democratic-services' },
    );
    expect(corrected.state.facts.inspection.report).toMatchObject({ received: '2016-04-07', earlier: [{ note }] });
    const third = give(corrected.until('2016-05-03T10:00:00.000Z'), {
      received: '2016-05-02',
      published: '2016-05-03',
    });
    expect(third.state.facts.inspection.report.earlier?.map(({ received }) => received)).toEqual([
      '2016-02-19',
      '2016-04-07',
    ]);
  });

  test('stands in a file made of it, which plans the same', () => {
    const story = again();
    const { inspection, differences } = asFile(story.state, viewOf(story.state, story.now), story.entries, story.now);
    expect(differences).toEqual([]);
    expect(inspectionSchema.parse(JSON.parse(JSON.stringify(inspection))).report.earlier).toHaveLength(1);
  });

  test.each<[string, () => unknown, RegExp]>([
    ['without a date', () => give(begun(), {}), /Say when the new report was received/],
    ['to come', () => give(begun(), { received: '2016-02-23' }), /in the future/],
    ['before the inspection was over', () => give(begun(), { published: '2015-12-01' }), /before the inspection ended/],
    ['of the same day', () => give(begun(), { received: '2016-02-19' }), /is received after the one before it/],
    ['twice', () => give(again(), { received: '2016-04-08' }), /is received after the one before it/],
    ['by an owner', () => give(begun(), { received: '2016-02-22' }, 'team-manager'), /may not record that the report/],
  ])('%s is refused', (_what, run, sentence) => {
    expect(refusalSentence(run)).toMatch(sentence);
  });
});
