import { describe, expect, test } from 'vitest';
import { roleTitle } from '../../domain/authority/roles.ts';
import type { Command, CommandName } from '../../domain/commands/commands.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { endedOnInWords, endInWords } from '../../domain/milestone/ended-on.ts';
import { Story } from '../../domain/preview/story.ts';
import { actionLines } from '../../domain/progress/action-lines.ts';
import { seriesIn } from '../../domain/progress/series.ts';
import { calendar, startOf } from '../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const ACTION = 'improvement-actions/audit';
const WINDOW = 'call-in-window/d0';

const begun = (more: object = {}) =>
  new Story(
    startOf({
      actions: [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29', ...more }],
      decisions: [
        { id: 'd0', title: 'Agree', takenOn: '2016-02-22', publishedOn: '2016-02-23', key: false, urgent: false },
      ],
    }),
    NOW,
  )
    .command(
      { name: 'progress', payload: { milestone: ACTION, rating: 'amber', percent: 40 } },
      { id: 'x', role: 'team-manager' },
    )
    .until('2016-03-07T10:00:00.000Z');
const give = (story: Story, name: CommandName, role: string, payload: object = {}) =>
  story.command({ name, payload: { milestone: ACTION, ...payload } } as Command, { id: role, role });
const awaited = () => begun({ acceptedBy: { role: 'director' } });
const on = '2016-03-03';

/** What its page, a list and the update say of it. */
function said({ state, now, entries }: Story, milestone = ACTION): unknown[] {
  const own = entries.filter((each) => each.milestone === milestone);
  const row = own.findLast((each) => each.row !== null)?.row;
  if (row === null || row === undefined) throw new Error('nothing on record');
  const title = (role: string) => roleTitle(state.facts.authority, role);
  const { label, text } = endInWords(row, own, title) ?? {};
  const [line] = actionLines(viewOf(state, now), seriesIn(entries), calendar, title);
  return [`${label} ${text}`, endedOnInWords(row), ...(milestone === ACTION ? [line?.byDates] : [])];
}

describe('an action that is taken out of the plan says who has done that, and why', () => {
  const taken = (reason: object, role = 'director') =>
    begun().command(
      {
        name: 'revise',
        payload: { edits: [{ kind: 'withdraw', what: 'action', id: 'audit', ...reason }], reason: 'The board said so' },
      },
      { id: role, role },
    );

  test.each([
    [{}, 'by Director of Children’s Services'],
    [{ reason: 'the standards have it.' }, 'by Director of Children’s Services: the standards have it'],
  ])('%o', (reason, expected) => {
    const story = taken(reason);
    expect(said(story)[0]).toMatch(new RegExp(`recorded on Monday 7 March 2016 ${expected}$`));
    const why = Object.values(reason)[0] ?? 'The board said so';
    expect(story.state.facts.inspection.withdrawn).toMatchObject([{ id: 'audit', reason: why }]);
    story.until('2016-03-11T10:00:00.000Z');
    const told = story.mails.flatMap(({ notices }) => notices).find(({ kind }) => kind === 'withdrawn');
    expect(told?.text).toContain(Object.keys(reason).length === 0 ? 'The board said so' : 'The standards have it.');
  });
});

describe('the day on which a duty was done is said, with who put it on record and when', () => {
  const done = () => give(begun(), 'complete', 'team-manager', { on });
  const expected = [
    'Done on Thursday 3 March 2016, recorded on Monday 7 March 2016 by Team Manager',
    'on Thu 3 March 2016',
    'Done on Thu 3 March 2016',
  ];

  test('marked as done', () => {
    expect(said(done())).toEqual(expected);
  });

  test('also once it is put away, and has been looked at since', () => {
    const story = give(done(), 'addEvidence', 'team-manager', {
      title: 'Minutes',
      link: 'https://example.org/minutes',
    });
    expect(said(story.until('2016-04-04T10:00:00.000Z'))).toEqual(expected);
  });

  test('submitted', () => {
    expect(said(give(awaited(), 'submit', 'team-manager', { on }))).toEqual([
      'Submitted on Thursday 3 March 2016, recorded on Monday 7 March 2016 by Team Manager',
      'on Thu 3 March 2016',
      'Submitted on Thu 3 March 2016',
    ]);
  });

  test('accepted', () => {
    const submitted = give(awaited(), 'submit', 'team-manager', { on }).until('2016-03-14T10:00:00.000Z');
    for (const story of [
      give(submitted, 'accept', 'director', { on: '2016-03-11' }),
      submitted.until('2016-04-04T10:00:00.000Z'),
    ])
      expect(said(story)).toEqual([
        'Done accepted on Friday 11 March 2016, as submitted on Thursday 3 March 2016, recorded on Monday 14 March 2016 by Director of Children’s Services',
        'on Thu 3 March 2016',
        'Done on Thu 3 March 2016',
      ]);
  });

  test('waived', () => {
    expect(said(give(begun(), 'waive', 'director', { reason: 'merged.' }))).toEqual([
      'No longer applies since Monday 7 March 2016, recorded on Monday 7 March 2016 by Director of Children’s Services: merged',
      'since Mon 7 March 2016',
      'No longer applies since Mon 7 March 2016',
    ]);
  });

  test('a window that closes at the end of its day closes on that day, by itself', () => {
    expect(said(begun(), WINDOW)).toEqual([
      'Done on Tuesday 1 March 2016, recorded on Wednesday 2 March 2016 by itself',
      'on Tue 1 March 2016',
    ]);
  });

  test('and nothing is said of what is still to do', () => {
    expect(said(begun())).toEqual(['undefined undefined', '', 'On time']);
    expect(said(give(done(), 'reopen', 'director', { reason: 'a slip' }))[1]).toBe('');
  });
});
