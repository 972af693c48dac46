import { describe, expect, test } from 'vitest';
import { publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import { apply } from '../../domain/commands/apply.ts';
import type { Command } from '../../domain/commands/commands.ts';
import { movesUnder } from '../../domain/commands/moves.ts';
import { milestoneOf } from '../../domain/lifecycle/milestones.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { Story } from '../../domain/preview/story.ts';
import { Refusal } from '../../domain/refusal.ts';
import { feed, startOf } from '../support/facts.ts';

// What the commands about one duty put on record and tell, word for word, and the edges of their dates.

const NOW = '2016-02-22T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const ACTION = 'improvement-actions/audit';
const administrator: Actor = { id: 'x', role: 'democratic-services' };
const owner: Actor = { id: 'y', role: 'team-manager' };

const begun = (due = '2016-04-29', at = NOW, more: object = {}) =>
  new Story(
    startOf({ actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due, ...more }] }),
    NOW,
  ).until(at);
/** The state after commands in one moment, before anything is sent or put away. */
const after = (state: LifecycleState, commands: Command[], now = NOW, actor = administrator): LifecycleState =>
  commands.reduce((before, command) => apply(before, command, actor, now), state);
/** 'accepted', or the sentence of what refuses the last of them. */
function answer(state: LifecycleState, commands: Command[], now = NOW): string {
  try {
    after(state, commands, now);
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  return 'accepted';
}

const hold: Command = { name: 'hold', payload: { milestone: ACTION, reason: 'waiting', reviewOn: '2016-03-10' } };
const release = (payload: { reason?: string; workingDays?: number } = {}): Command => ({
  name: 'release',
  payload: { milestone: ACTION, ...payload },
});
const complete = (milestone = ACTION, on?: string): Command => ({
  name: 'complete',
  payload: { milestone, ...(on === undefined ? {} : { on }) },
});
const request: Command = {
  name: 'requestExtension',
  payload: { milestone: ACTION, to: '2016-06-10', reason: 'the auditor is ill' },
};
const announced = (state: LifecycleState) =>
  milestoneOf(state, ACTION)?.announcements.map(({ kind, to }) => `${kind} to ${to}`);
const textOf = (state: LifecycleState, kind: string, id = ACTION) =>
  milestoneOf(state, id)?.announcements.find((each) => each.kind === kind)?.text;

describe('a duty that is asked for by its name', () => {
  test('and has ended is said to have, by its whole id or the last part of it', () => {
    const { state } = begun().command(complete(PLAN), administrator).command(complete(), administrator);
    expect(Object.keys(state.ended)).toHaveLength(2);
    for (const name of [ACTION, 'audit'])
      expect(answer(state, [complete(name)])).toBe(
        '"Audit of case files" is done (by Democratic Services Manager on Monday 22 February 2016); nothing more can be done to it.',
      );
  });

  test('and is not there: the open ones are named', () => {
    expect(answer(begun().state, [complete('none')])).toBe(
      `This inspection has no milestone "none". Open ones: ${ACTION}, ${PLAN}.`,
    );
    expect(answer(begun().state, [complete(), complete('none')])).toBe(
      `This inspection has no milestone "none". Open ones: ${PLAN}.`,
    );
  });

  test.each([
    [19, ''],
    [20, ' and 1 more'],
    [22, ' and 3 more'],
  ])('and is not there beside %s others: twenty are named', (count, more) => {
    const actions = Array.from({ length: count }, (_, n) => ({
      id: `a${n + 1}`,
      title: `Action ${n + 1}`,
      owner: 'team-manager',
      due: '2016-04-29',
    }));
    const names = [...actions.map(({ id }) => `improvement-actions/${id}`).sort(), PLAN].slice(0, 20);
    const { state } = new Story(startOf({ actions }), NOW);
    expect(answer(state, [complete('none')])).toBe(
      `This inspection has no milestone "none". Open ones: ${names.join(', ')}${more}.`,
    );
  });
});

describe('done', () => {
  test.each([
    [undefined, NOW],
    // Today is now, though midday is still to come.
    ['2016-02-22', NOW],
    ['2016-02-19', '2016-02-19T12:00:00.000Z'],
  ])('on %s, it was done at %s', (on, at) => {
    expect(milestoneOf(after(begun().state, [complete(ACTION, on)]), ACTION)?.completed).toEqual({
      at,
      by: 'democratic-services',
    });
  });

  test('submitted once: the second time says when it was', () => {
    const submit: Command = { name: 'submit', payload: { milestone: ACTION } };
    const awaited = begun('2016-04-29', NOW, { acceptedBy: { role: 'director' } });
    const { state } = awaited.command(submit, owner).until('2016-02-24T10:00:00.000Z');
    expect(answer(state, [submit], '2016-02-24T10:00:00.000Z')).toBe(
      '"Audit of case files" was already submitted on Monday 22 February 2016.',
    );
  });

  test('not while it is on hold', () => {
    expect(answer(begun().state, [hold, complete()])).toBe(
      '"Audit of case files" is on hold (waiting); take it off hold first.',
    );
  });
});

describe('on hold', () => {
  test('it says why, until when and whose decision is awaited', () => {
    const held = after(begun().state, [hold]);
    expect(textOf(held, 'held')).toBe('On hold: waiting. To be reviewed on Thursday 10 March 2016.');
    expect(milestoneOf(held, ACTION)?.hold).toEqual({
      reason: 'waiting',
      reviewOn: '2016-03-10',
      since: NOW,
      workingDaysLeft: 47,
    });
    const awaiting = after(begun().state, [
      { name: 'hold', payload: { milestone: PLAN, reason: 'waiting', reviewOn: '2016-03-10', awaiting: 'the DfE' } },
    ]);
    expect(milestoneOf(awaiting, PLAN)?.hold?.awaiting).toBe('the DfE');
    expect(textOf(awaiting, 'held', PLAN)).toBe(
      'On hold: waiting. To be reviewed on Thursday 10 March 2016. The due date is set by law, and does not move.',
    );
  });

  test('not twice', () => {
    expect(answer(begun().state, [hold, hold])).toBe('"Audit of case files" is already on hold: waiting.');
  });
});

describe('off hold', () => {
  test.each([
    [{}, 'No longer on hold.'],
    [{ reason: 'they agreed' }, 'No longer on hold: they agreed.'],
  ])('with %j it tells its owner: %s', (payload, text) => {
    expect(textOf(after(begun().state, [hold, release(payload)]), 'released')).toBe(text);
  });

  test('what is to be told to others stays to be told', () => {
    const asked = after(begun().state, [request], NOW, owner);
    expect(announced(after(asked, [hold, release()]))).toEqual([
      'extension-requested to head-of-service',
      'released to team-manager',
    ]);
  });

  test.each([
    [1, '1 working day to go', '2016-02-23'],
    [2, '2 working days to go', '2016-02-24'],
  ])('with %s working days it says why it moved', (workingDays, words, due) => {
    const released = milestoneOf(after(begun().state, [hold, release({ workingDays })]), ACTION);
    expect(released).toMatchObject({
      due,
      movedFrom: { due: '2016-04-29', because: `it was on hold (waiting) and was released with ${words}` },
    });
  });

  test('what was late when it was held has no days left: its date stays', () => {
    const at = '2016-05-20T10:00:00.000Z';
    const late: Command = { name: 'hold', payload: { milestone: ACTION, reason: 'waiting', reviewOn: '2016-06-10' } };
    const held = begun('2016-04-29', at).command(late, administrator);
    const { state } = held.until('2016-05-25T10:00:00.000Z').command(release(), administrator);
    expect(milestoneOf(state, ACTION)).toMatchObject({ due: '2016-04-29', dueVersion: 1 });
  });

  test('what is due on a Saturday is not due on the Friday before, for having been held', () => {
    const released = milestoneOf(after(begun('2016-04-30').state, [hold, release()]), ACTION);
    expect(released).toMatchObject({ due: '2016-04-30', dueVersion: 1, status: 'open' });
  });
});

describe('given to somebody else', () => {
  const reassign = (reason?: string): Command => ({
    name: 'reassign',
    payload: { milestone: ACTION, to: 'vacant-post', ...(reason === undefined ? {} : { reason }) },
  });

  test.each([
    [undefined, 'Passed on from Team Manager.'],
    ['a new structure', 'Passed on from Team Manager: a new structure.'],
  ])('with the reason %s the new owner is told', (reason, text) => {
    expect(textOf(after(begun().state, [reassign(reason)]), 'reassigned')).toBe(text);
  });

  test('what is to be told to others stays to be told', () => {
    expect(announced(after(after(begun().state, [request], NOW, owner), [reassign()]))).toEqual([
      'extension-requested to head-of-service',
      'reassigned to vacant-post',
    ]);
  });
});

describe('a later date', () => {
  test('is later than the present one', () => {
    const extend = (to: string): Command => ({ name: 'extend', payload: { milestone: ACTION, to, reason: 'x' } });
    expect(answer(begun().state, [extend('2016-04-29')])).toBe(
      'The new date Friday 29 April 2016 is not after the present one, Friday 29 April 2016.',
    );
    expect(answer(begun().state, [extend('2016-04-30')])).toBe('accepted');
  });

  test('declined, its request alone is not told any more', () => {
    const extend: Command = { name: 'extend', payload: { milestone: ACTION, to: '2016-05-06', reason: 'x' } };
    const asked = after(after(begun().state, [extend]), [request], NOW, owner);
    const declined = after(asked, [{ name: 'declineExtension', payload: { milestone: ACTION, reason: 'no' } }]);
    expect(announced(declined)).toEqual(['moved to team-manager', 'extension-declined to team-manager']);
  });
});

describe('undeliverable mail, sent again', () => {
  const resend = (to: string[], milestones = [ACTION, PLAN]): Command => ({
    name: 'resend',
    payload: { messageId: 'm1', to, milestones, day: '2016-02-19' },
  });
  const whom = (to: string[]) =>
    milestoneOf(after(begun().state, [resend(to)]), ACTION)?.announcements.filter(({ kind }) => kind === 'resent');

  test.each([
    [['head-of-service', 'team-manager'], 'team-manager'],
    [['director', 'head-of-service'], 'director'],
  ])('to %j: to the role that it is about, else to the first', (to, role) => {
    expect(whom(to)).toEqual([
      {
        kind: 'resent',
        to: role,
        readyAt: NOW,
        urgent: true,
        text: 'An earlier mail about this, of Friday 19 February 2016, could not be delivered.',
      },
    ]);
  });

  test('says what of it is still to be done', () => {
    const entry = (commands: Command[]) =>
      after(begun().state, commands).unrecorded.findLast(({ kind }) => kind === 'mail-resent');
    const to = ['head-of-service', 'team-manager'];
    expect(entry([complete(), resend(to)])).toMatchObject({
      actor: administrator,
      text: 'The undeliverable mail of Friday 19 February 2016 to Head of Service, Team Manager is sent again: 1 of 2 notices are still to be done.',
      data: { messageId: 'm1', milestones: [PLAN] },
    });
    expect(entry([complete(), resend(to, [ACTION])])?.text).toBe(
      'The undeliverable mail of Friday 19 February 2016 to Head of Service, Team Manager is settled: nothing in it is still to be done.',
    );
  });
});

test('what would move under other bank holidays: nothing of another division, nor once it is closed', () => {
  const day = { date: '2016-04-28', title: 'A day of thanks' };
  const withDay = publishedHolidays('england-and-wales', [...feed['england-and-wales'].events, day]);
  const { state } = begun();
  expect(movesUnder(state, withDay, NOW).map(({ milestone, from, to }) => [milestone, from, to])).toEqual([
    [PLAN, '2016-06-30', '2016-07-01'],
  ]);
  expect(movesUnder(state, { ...withDay, division: 'scotland' }, NOW)).toEqual([]);
  const closed = after(state, [
    { name: 'waive', payload: { milestone: PLAN, reason: 'gone' } },
    {
      name: 'close',
      payload: { reason: 'done', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
    },
  ]);
  expect(movesUnder(closed, withDay, NOW)).toEqual([]);
});
