import { describe, expect, test } from 'vitest';
import { milestonesOf } from '../../domain/lifecycle/milestones.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { wake } from '../../domain/lifecycle/wake.ts';
import { isPending } from '../../domain/milestone/milestone-state.ts';
import { Story } from '../../domain/preview/story.ts';
import { progressReport } from '../../domain/progress/report.ts';
import { audit } from '../../domain/audit/audit.ts';
import { calendar, startOf } from '../support/facts.ts';

// A monthly report to Cabinet, promised on 19 February 2016: no. 1 is due on Monday 21 March (the 19th is a Saturday).
const MONTHLY = { commitments: [{ rule: 'cabinet-update', every: { n: 1, unit: 'month' }, from: '2016-02-19' }] };
const BEGIN = '2016-02-22T10:00:00.000Z';
const OWNER = 'assistant-director@anyborough.example.org';
const BY = { id: 'test', role: 'director' };
const id = (n: number) => `cabinet-updates/cabinet-update-${n}`;

const until = (day: string, story = new Story(startOf(MONTHLY), BEGIN)) => story.until(`${day}T12:00:00.000Z`);
const standing = ({ state, now }: Story) =>
  milestonesOf(state).filter((each) => each.strand === 'cabinet-updates' && isPending(each) && each.dueAt <= now);
const complete = (story: Story, n: number) => story.command({ name: 'complete', payload: { milestone: id(n) } }, BY);

describe('missed rounds of a cycle', () => {
  test('two stand side by side: each may still be met', () => {
    const story = until('2016-05-01');
    expect(standing(story).map((each) => each.id)).toEqual([id(1), id(2)]);
    expect(standing(story).every(({ missedBefore }) => missedBefore === undefined)).toBe(true);
  });

  test('from three on the newest stands for all, says so, and the others are over', () => {
    const story = until('2016-06-01');
    expect(standing(story)).toMatchObject([
      {
        id: id(3),
        title: 'Update to Cabinet, no. 3 (3 missed since March 2016)',
        missedBefore: { times: 2, since: '2016-03-21' },
        missed: true,
        status: 'open',
      },
    ]);
    expect(standing(story)[0]?.explanation[0]).toBe(
      '3 rounds of this duty have been missed, the first of them due on Monday 21 March 2016. This one stands for all of them: once it is done, nobody is asked for the others.',
    );
    const folded = story.entries.filter(({ kind }) => kind === 'milestone-folded');
    expect(folded.map(({ milestone, row }) => [milestone, row?.status])).toEqual([
      [id(1), 'missed'],
      [id(2), 'missed'],
    ]);
    expect(folded[0]?.text).toBe(
      'Update to Cabinet, no. 1: missed, and from now on part of "Update to Cabinet, no. 3 (3 missed since March 2016)".',
    );
  });

  test('a year and a half on it is one duty, "18 missed", and all of them are told of in the record', () => {
    const story = until('2017-09-01');
    expect(standing(story).map(({ title }) => title)).toEqual([
      'Update to Cabinet, no. 18 (18 missed since March 2016)',
    ]);
    expect(story.entries.filter(({ kind }) => kind === 'milestone-missed')).toHaveLength(19);
    const { milestones } = audit('anyborough/test', story.entries, '2017-08-31');
    const rounds = milestones.filter(({ strand, dueAt }) => strand === 'cabinet-updates' && dueAt < story.now);
    expect(rounds.filter(({ status }) => status === 'missed')).toHaveLength(17);
    expect(rounds.filter(({ overdue }) => overdue)).toHaveLength(1);
  });

  test('its mail says how many, and there is no mail about the others any more', () => {
    const story = until('2017-09-01');
    const since = story.mails.filter(({ day }) => day > '2017-08-22');
    const rounds = new Set(since.flatMap(({ notices }) => notices.map(({ milestone }) => milestone)));
    expect([...rounds].filter((each) => each.startsWith('cabinet-updates')).toSorted()).toEqual([id(18)]);
    const late = since.flatMap(({ notices }) => notices).findLast(({ milestone }) => milestone === id(18));
    expect(late?.text).toContain(
      '18 rounds of this duty have been missed, the first of them due on Monday 21 March 2016',
    );
  });

  test('met, it closes all: the next round is an ordinary one', () => {
    const story = complete(until('2017-09-01'), 18).until('2017-09-02T12:00:00.000Z');
    expect(standing(story)).toEqual([]);
    const [done] = story.entries.filter(({ kind }) => kind === 'milestone-completed');
    expect(done?.text).toContain('no. 18 (18 missed since March 2016): completed by Director');
    until('2017-10-01', story);
    expect(standing(story)).toMatchObject([{ id: id(19), title: 'Update to Cabinet, no. 19' }]);
  });

  test('with every second one met, those that were missed are folded as well', () => {
    const story = new Story(startOf(MONTHLY), BEGIN);
    for (let n = 2; n <= 18; n += 2) {
      const due = story.milestone(id(n))?.due ?? '';
      if (due !== '') complete(until(due, story), n);
      else {
        story.until(`2016-${String(n + 2).padStart(2, '0')}-01T12:00:00.000Z`);
      }
    }
    expect(standing(story).length).toBeLessThanOrEqual(2);
  });

  test('what somebody has put on hold, or asked a later date for, is not folded', () => {
    const story = until('2016-03-15');
    story.command({ name: 'hold', payload: { milestone: id(1), reason: 'no meeting', reviewOn: '2016-12-01' } }, BY);
    until('2016-04-25', story).command(
      { name: 'requestExtension', payload: { milestone: id(2), to: '2016-07-29', reason: 'the election' } },
      { id: 'x', role: 'assistant-director' },
    );
    until('2016-06-25', story);
    expect(standing(story).map((each) => each.id)).toEqual([id(1), id(2), id(3), id(4)]);
    story.command({ name: 'declineExtension', payload: { milestone: id(2), reason: 'no' } }, BY);
    until('2016-08-05', story);
    expect(standing(story).map((each) => [each.id, each.missedBefore?.times])).toEqual([
      [id(1), undefined],
      [id(5), 3],
    ]);
  });

  test('an inspection that is started late begins with one standing duty, and one notice of it', () => {
    const story = new Story(startOf(MONTHLY), '2017-08-25T10:00:00.000Z');
    expect(standing(story)).toMatchObject([{ missedBefore: { times: 17, since: '2016-03-21' } }]);
    const notices = story.to(OWNER).flatMap((mail) => mail.notices);
    expect(notices.filter(({ strand, overdue }) => overdue && strand === 'cabinet-updates')).toHaveLength(1);
  });

  test('waking again changes nothing, and a state read again is the same', () => {
    const story = until('2017-09-01');
    expect(wake(story.state, story.now).state).toEqual(story.state);
    const read = JSON.parse(JSON.stringify(story.state)) as Story['state'];
    expect(viewOf(read, story.now)).toEqual(viewOf(story.state, story.now));
  });

  test('the report to Cabinet says it', () => {
    const story = until('2017-09-01');
    const report = progressReport(viewOf(story.state, story.now), story.entries, calendar, {
      since: '2017-06-01',
      roleTitle: (role) => role,
    });
    expect(report.standing).toContainEqual(expect.stringContaining('18 rounds of this duty have been missed'));
    expect(report.missed.filter((each) => each.includes('Update to Cabinet'))).toHaveLength(3);
  });
});
