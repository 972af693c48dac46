import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/commands/actor.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { refusalSentence } from '../support/refusals.ts';
import { startOf } from '../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const ACTION = 'improvement-actions/audit';
const UPDATE = 'cabinet-updates/cabinet-update';
const administrator: Actor = { id: 'x', role: 'democratic-services' };
const owner: Actor = { id: 'y', role: 'team-manager' };

const begun = () =>
  new Story(
    startOf({
      actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }],
      commitments: [{ rule: 'cabinet-update' }],
      decisions: [
        { id: 'd0', title: 'Agree', takenOn: '2016-02-22', publishedOn: '2016-02-23', key: false, urgent: false },
      ],
    }),
    NOW,
  );
const give = (story: Story, name: 'complete' | 'waive' | 'reopen', milestone: string, actor = administrator) =>
  story.command(
    { name, payload: { milestone, ...(name === 'complete' ? {} : { reason: 'a slip of the mouse' }) } } as Command,
    actor,
  );

describe('a duty that has ended is opened again', () => {
  test.each([
    ['at once', 'complete', NOW, 'audit'],
    ['once it is put away', 'complete', '2016-03-01T10:00:00.000Z', ACTION],
    ['that was waived', 'waive', '2016-03-01T10:00:00.000Z', 'audit'],
  ] as const)('%s', (_when, end, at, name) => {
    const { state, mails } = give(give(begun(), end, ACTION).until(at), 'reopen', name).until(
      '2016-04-30T10:00:00.000Z',
    );
    const is = milestoneOf(state, ACTION);
    expect(is).toMatchObject({ status: 'open', due: '2016-04-29', dueVersion: 2, missed: true });
    expect([is?.completed, is?.waived, state.ended[ACTION]]).toEqual([undefined, undefined, undefined]);
    const told = mails.filter((each) =>
      each.notices.some(({ milestone, kind }) => milestone === ACTION && kind === 'reopened'),
    );
    expect(told.map(({ recipient }) => recipient.roles[0]?.id)).toEqual(['team-manager']);
    expect(told[0]?.notices.find(({ kind }) => kind === 'reopened')?.text).toBe('Open again: a slip of the mouse.');
    // And its reminders begin again.
    expect(
      mails
        .flatMap(({ notices }) => notices)
        .some(({ milestone, kind, dueVersion }) => milestone === ACTION && kind === 'due-today' && dueVersion === 2),
    ).toBe(true);
  });

  test('with the date and the owner that people had given it, by its next version', () => {
    const moved = begun()
      .command({ name: 'extend', payload: { milestone: ACTION, to: '2016-06-10', reason: 'illness' } }, administrator)
      .command({ name: 'reassign', payload: { milestone: ACTION, to: 'head-of-service' } }, administrator);
    const { state } = give(give(moved, 'complete', ACTION).until('2016-03-01T10:00:00.000Z'), 'reopen', ACTION);
    expect(milestoneOf(state, ACTION)).toMatchObject({
      due: '2016-06-10',
      owner: 'head-of-service',
      dueVersion: 3,
      moves: [{ from: '2016-04-29', to: '2016-06-10' }],
    });
  });

  test('by the date that follows from the facts as they are by now, where nobody had set another', () => {
    const waived = give(begun(), 'waive', PLAN).until('2016-03-01T10:00:00.000Z');
    waived.command({ name: 'correct', payload: { received: '2016-02-18', reason: 'the stamp' } }, administrator);
    const told = give(waived, 'reopen', PLAN);
    expect(told.milestone(PLAN)).toMatchObject({ status: 'open', due: '2016-06-29' });
    expect(told.until('2016-06-01T10:00:00.000Z').milestone(PLAN)?.due).toBe('2016-06-29');
  });

  test('and a file made of it says that it is open', () => {
    const told = give(give(begun(), 'complete', ACTION).until('2016-03-01T10:00:00.000Z'), 'reopen', ACTION);
    const at = '2016-03-01T10:00:00.000Z';
    const { inspection, differences } = asFile(told.state, viewOf(told.state, at), told.entries, at);
    expect([inspection.happened, differences]).toEqual([[], []]);
  });
});

describe('what can’t be opened again is said to be so', () => {
  const ended = (name: string) => give(begun(), 'complete', name);
  test.each([
    [
      'what is open',
      begun,
      ACTION,
      '"Audit of case files" is still to do: only what is submitted or has ended can be opened again.',
    ],
    [
      'a window, which closes of itself',
      () => begun().until('2016-03-07T10:00:00.000Z'),
      'call-in-window/d0',
      /has closed, and can’t be opened again; if a fact of the decision is wrong, correct that\.$/,
    ],
    [
      'an occurrence of a cycle that has gone on',
      () => ended(`${UPDATE}-1`).until('2016-03-01T10:00:00.000Z'),
      `${UPDATE}-1`,
      /^This inspection has no milestone "cabinet-updates\/cabinet-update-1"/,
    ],
    ['what is not there', begun, 'none', /^This inspection has no milestone "none"/],
  ])('%s', (_what, story, name, sentence) => {
    expect(refusalSentence(() => give(story(), 'reopen', name))).toMatch(sentence);
  });

  test('by its owner: those above may', () => {
    expect(refusalSentence(() => give(ended(ACTION), 'reopen', ACTION, owner))).toMatch(
      /may not open it again\. Those above its owner/,
    );
    expect(refusalSentence(() => give(ended(PLAN), 'reopen', PLAN, { id: 'z', role: 'director' }))).toBe('accepted');
  });
});
