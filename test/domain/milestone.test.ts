import { describe, expect, test } from 'vitest';
import { rowOf } from '../../domain/milestone/columns.ts';
import { end } from '../../domain/milestone/end.ts';
import { explainMoves, join, keptOf } from '../../domain/milestone/join.ts';
import type { Announcement, DateMove, Milestone, MilestoneStatus } from '../../domain/milestone/milestone.ts';
import { announce, isOverdue, moveDue, setDue } from '../../domain/milestone/milestone-state.ts';
import { Story } from '../../domain/preview/story.ts';
import { calendar, startOf } from '../support/facts.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const actions = [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }];
const running = new Story(startOf({ actions }), NOW);
const duty = running.milestones['improvement-actions/audit'] as Milestone;
const plan = running.milestones['plan-submission/written-action-plan'] as Milestone;
const telling = (kind: Announcement['kind'], to: string, text?: string): Announcement => ({
  kind,
  to,
  readyAt: NOW,
  urgent: false,
  ...(text === undefined ? {} : { text }),
});

describe('overdue', () => {
  const late = '2016-04-29T23:00:00.000Z';
  test.each<[MilestoneStatus, boolean, boolean]>([
    ['open', true, true],
    ['held', true, false],
    ['submitted', false, false],
    ['completed', false, false],
    ['missed', false, false],
    ['waived', false, false],
    ['lapsed', false, false],
    ['unfinished', false, false],
  ])('%s: a statutory one %s, one of the council’s own %s', (status, statutory, own) => {
    const at = (strength: Milestone['strength'], now: string) => isOverdue({ status, strength, dueAt: late }, now);
    expect([at('statutory', late), at('commitment', late)]).toEqual([statutory, own]);
    expect([at('statutory', '2016-04-29T22:59:59.999Z'), at('commitment', '2016-04-29T22:59:59.999Z')]).toEqual([
      false,
      false,
    ]);
  });
});

test('what is told again takes the place of the same kind to the same role, and of no other', () => {
  const before = announce(
    duty,
    telling('moved', 'team-manager', 'old'),
    telling('moved', 'director'),
    telling('held', 'team-manager'),
  );
  const after = announce(before, telling('moved', 'team-manager', 'new'), telling('resent', 'director'));
  expect(after.announcements).toEqual([
    telling('moved', 'director'),
    telling('held', 'team-manager'),
    telling('moved', 'team-manager', 'new'),
    telling('resent', 'director'),
  ]);
  expect(duty.announcements.filter(({ kind }) => kind === 'moved')).toEqual([]);
});

describe('a due date that moves', () => {
  const stricter = { due: '2016-05-31', dueAt: '2016-05-31T23:00:00.000Z', why: 'another reading' };
  const to = { due: '2016-06-10', dueAt: '2016-06-10T23:00:00.000Z', provisional: false, explanation: ['counted'] };
  const before: Milestone = {
    ...duty,
    stricter: { ...stricter, due: '2016-04-01' },
    missed: true,
    told: { director: 6 },
    extensionRequested: { to: '2016-06-10', reason: 'x', by: 'team-manager', at: NOW },
    announcements: [telling('extension-requested', 'director'), telling('held', 'team-manager')],
  };

  test('is told from the start, and is asked for no more', () => {
    const moved = moveDue(before, to, 'it was extended');
    expect(moved).toMatchObject({
      ...to,
      dueVersion: 2,
      movedFrom: { due: '2016-04-29', because: 'it was extended' },
      missed: false,
      announcements: [telling('held', 'team-manager')],
    });
    expect(moved.told).toEqual({});
    expect(Object.hasOwn(moved, 'extensionRequested')).toBe(false);
    expect(Object.hasOwn(moved, 'stricter')).toBe(false);
  });

  test('brings its own stricter reading', () => {
    expect(moveDue(before, { ...to, stricter }, 'x').stricter).toEqual(stricter);
  });

  test('set by a person is kept with those that were set before, and says where from', () => {
    const once = setDue(duty, '2016-05-06', 'of illness', calendar);
    const twice = setDue(once, '2016-05-13', 'of leave', calendar);
    const moves = [
      { from: '2016-04-29', to: '2016-05-06', because: 'of illness' },
      { from: '2016-05-06', to: '2016-05-13', because: 'of leave' },
    ];
    expect(twice.moves).toEqual(moves);
    expect(twice.explanation.slice(0, 2)).toEqual([
      'Moved from Friday 6 May 2016 to Friday 13 May 2016, because of leave.',
      'It is late after midnight at the end of Friday 13 May 2016.',
    ]);
    // Made anew from what is planned and what is kept, it is the same.
    const again = join(duty, keptOf(twice), calendar);
    expect([again.due, again.dueAt, again.moves, again.explanation]).toEqual([
      twice.due,
      twice.dueAt,
      moves,
      twice.explanation,
    ]);
  });

  test('moved again and again, it is explained in forty sentences at most, the newest first', () => {
    const moves: DateMove[] = Array.from({ length: 20 }, (_, n) => ({
      from: '2016-04-29',
      to: '2016-05-06',
      because: `of reason ${n}`,
    }));
    const explained = explainMoves(['counted'], moves, '24:00');
    expect(explained).toHaveLength(40);
    expect(explained[0]).toContain('because of reason 19.');
  });
});

describe('an end', () => {
  test('is kept with what it says', () => {
    const waived = end(plan, { status: 'waived', at: NOW, by: 'director', reason: 'agreed' });
    expect(waived).toMatchObject({ status: 'waived', waived: { at: NOW, by: 'director', reason: 'agreed' } });
    expect(keptOf(waived)).toEqual({
      due: '2016-06-30',
      status: 'waived',
      waived: { at: NOW, by: 'director', reason: 'agreed' },
    });
    const met = end(plan, { status: 'completed', at: NOW, by: 'director', outcome: 'Called in.', evidence: 'a link' });
    expect(keptOf(met)).toEqual({
      due: '2016-06-30',
      status: 'completed',
      completed: { at: NOW, by: 'director', evidence: 'a link' },
      outcome: 'Called in.',
    });
    expect(Object.keys(end(plan, { status: 'completed', at: NOW, by: 'director' }))).not.toContain('outcome');
  });

  test('tells what it is given, and nothing of what was still to be told', () => {
    const before = announce(duty, telling('held', 'team-manager'));
    expect(end(before, { status: 'lapsed' }).announcements).toEqual([]);
    expect(end(before, { status: 'lapsed' }, telling('window-closed', 'director')).announcements).toEqual([
      telling('window-closed', 'director'),
    ]);
  });
});

describe('a row of the register', () => {
  const AT = '2016-03-01T10:00:00.000Z';
  const row = (parts: Partial<Milestone> = {}) =>
    rowOf({ ...duty, ...parts }, { ownerTitle: 'Team Manager', stands: {} }, AT);
  const by = { at: NOW, by: 'director' };

  test('has what the duty has', () => {
    const { status, dueAt, explanation } = duty;
    expect(row()).toStrictEqual({
      ...{ milestone: 'improvement-actions/audit', strand: 'improvement-actions', title: 'Audit' },
      ...{ due: '2016-04-29', dueAt, dueVersion: 1, status, owner: 'team-manager', ownerTitle: 'Team Manager' },
      ...{ strength: 'commitment', provisional: false, explanation, endedAt: null, holdReviewOn: null, body: null },
      ...{ firstDue: '2016-04-29', timesGranted: 0, slippage: 'none', beside: [] },
      ...{ rating: null, percent: null, forecast: null, reportedOn: null, standIn: null, cycle: null },
      ...{ theme: null, themeTitle: null, recommendations: null },
    });
    const AMBER = { ratingName: 'Amber', percent: 40, forecast: '2016-05-06' };
    const progress = { percent: 40, forecast: '2016-05-06', on: '2016-03-01', at: NOW, by: 'x', reports: 2 };
    expect(rowOf({ ...duty, progress }, { ownerTitle: 'x', stands: AMBER }, AT)).toMatchObject({
      ...{ rating: 'Amber', percent: 40, forecast: '2016-05-06', reportedOn: '2016-03-01', standIn: null, cycle: null },
    });
    const hold = { reason: 'x', reviewOn: '2016-03-31', since: NOW, workingDaysLeft: 1 };
    expect(row({ status: 'held', hold, body: 'cabinet' })).toMatchObject({
      holdReviewOn: '2016-03-31',
      body: 'cabinet',
    });
  });

  test.each<[Partial<Milestone>, string | null]>([
    [{ status: 'submitted', submitted: by }, NOW],
    [{ status: 'completed', completed: by }, NOW],
    // It ended when it was submitted.
    [{ status: 'completed', submitted: by, completed: { ...by, at: AT } }, NOW],
    [{ status: 'waived', waived: { ...by, reason: 'x' } }, NOW],
    [{ status: 'lapsed' }, AT],
    // It waited to be accepted, and then there was nothing to accept.
    [{ status: 'lapsed', submitted: by }, AT],
    [{ status: 'unfinished' }, AT],
    [{ status: 'open', submitted: by }, null],
  ])('of %j ended at %s', (parts, endedAt) => {
    expect(row(parts).endedAt).toBe(endedAt);
  });
});
