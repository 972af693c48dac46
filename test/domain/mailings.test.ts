import { describe, expect, test } from 'vitest';
import type { DueNotice } from '../../domain/lifecycle/due-notices.ts';
import { mailings, sendableAt } from '../../domain/lifecycle/mailings.ts';
import { milestoneOf, withMilestones } from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import type { Announcement, Milestone } from '../../domain/milestone/milestone.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { calendar, council, startOf } from '../support/facts.ts';

// What one mail has of all that is due to its reader, and in which order.

const START = '2016-02-22T10:00:00.000Z';
const NIGHT = '2016-02-22T23:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const hours = { calendar, sending: council.sending };
const action = (id: string, due: string, owner = 'team-manager') => ({ id, title: `Action ${id}`, owner, due });
const idOf = (id: string) => `improvement-actions/${id}`;
const address = (role: string) => `${role}@anyborough.example.org`;

/** Started with nothing left to be told. */
function opened(actions: object[], authority: Partial<Authority> = {}): LifecycleState {
  const start = startOf({ actions });
  const facts = { ...start.facts, authority: { ...start.facts.authority, ...authority } };
  const state = openLifecycle({ ...start, facts }, START);
  const silent = Object.keys(state.kept).map((id) => ({ ...(milestoneOf(state, id) as Milestone), announcements: [] }));
  return { ...withMilestones(state, ...silent), unrecorded: [] };
}
const telling = (to: string, parts: Partial<Announcement> = {}): Announcement => ({
  ...{ kind: 'resent', to, readyAt: START, urgent: true },
  ...parts,
});
const announced = (state: LifecycleState, id: string, ...announcements: Announcement[]) =>
  withMilestones(state, { ...(milestoneOf(state, id) as Milestone), announcements });
const mailTo = (state: LifecycleState, now: string, role: string) =>
  mailings(state, now, hours).find(({ digest }) => digest.recipient.email === address(role));

describe('at night', () => {
  const state = announced(
    announced(opened([action('a', '2016-04-29')]), idOf('a'), telling('director', { atOnce: true })),
    PLAN,
    telling('director'),
    telling('head-of-service'),
  );

  test('only the answer to what somebody has just done goes, and nothing else with it', () => {
    expect(mailings(state, NIGHT, hours).map(({ digest }) => digest.recipient.email)).toEqual([address('director')]);
    expect(mailTo(state, NIGHT, 'director')?.told.map(({ milestone }) => milestone)).toEqual([idOf('a')]);
    expect(mailTo(state, START, 'director')?.told).toHaveLength(2);
  });

  test('it goes at once, but never before the next try', () => {
    const notice: DueNotice = {
      ...{ milestone: idOf('a'), dueVersion: 1, to: 'director', rung: null, announcement: null, before: [] },
      ...{ readyAt: START, urgent: true, atOnce: true },
    };
    expect(sendableAt(notice, state, NIGHT, hours)).toBe(NIGHT);
    expect(sendableAt({ ...notice, atOnce: false }, state, NIGHT, hours)).toBe('2016-02-23T08:00:00.000Z');
    const retryAt = '2016-02-22T23:30:00.000Z';
    const mail = { [address('director')]: { day: '', n: 0, delayed: { since: START, attempts: 1, retryAt } } };
    expect(sendableAt(notice, { ...state, mail }, NIGHT, hours)).toBe(retryAt);
  });

  test('and of an inspection that has ended nothing goes', () => {
    expect(mailings({ ...state, status: 'cancelled' }, START, hours)).toEqual([]);
  });
});

test('mails are in order of their addresses', () => {
  const roles = ['team-manager', 'director', 'scrutiny-chair', 'assistant-director'];
  const state = announced(opened([]), PLAN, ...roles.map((role) => telling(role)));
  expect(mailings(state, START, hours).map(({ digest }) => digest.recipient.email)).toEqual(
    [...roles].sort().map(address),
  );
});

describe('a mail', () => {
  test('has whose inspection it is about, and who reads it', () => {
    const digest = mailTo(announced(opened([]), PLAN, telling('director')), START, 'director')?.digest;
    expect(digest).toMatchObject({
      ...{ id: `anyborough/test/${address('director')}/2016-02-22/1`, n: 1, day: '2016-02-22', at: START },
      ...{ reference: 'test', inspectionTitle: 'Anyborough 2016' },
    });
    expect(digest?.authority).toStrictEqual({ id: 'anyborough', name: 'Anyborough Council' });
    expect(digest?.recipient).toStrictEqual({
      email: address('director'),
      roles: [{ id: 'director', title: 'Director of Children’s Services' }],
      standsInFor: [],
    });
    expect(digest).not.toHaveProperty('finished');
  });

  test('to who covers for somebody says for whom, and until when', () => {
    const away = [{ from: '2016-02-01', until: '2016-03-01', delegate: 'assistant-director' }];
    const people = [{ email: address('director'), away }] as Authority['people'];
    const state = announced(opened([], { people }), PLAN, telling('director'), telling('assistant-director'));
    expect(mailTo(state, START, 'assistant-director')?.digest.recipient).toStrictEqual({
      email: address('assistant-director'),
      roles: [{ id: 'assistant-director', title: 'Assistant Director' }],
      standsInFor: [],
      coversFor: [{ title: 'Director of Children’s Services', until: '2016-03-01' }],
    });
  });

  test('says of a duty by which stricter reading it would be due earlier', () => {
    const state = announced(opened([action('a', '2016-04-29')]), PLAN, telling('director'));
    const both = announced(state, idOf('a'), telling('director'));
    const strictest = mailTo(both, START, 'director')?.digest.notices.map(({ stricter }) => stricter);
    expect(strictest).toEqual([
      null,
      {
        due: '2016-06-02',
        why: '70 working days by another reading: SI 2007/462 reg 3 (a secondary source was read)',
        workingDaysLeft: 69,
      },
    ]);
  });

  test('has what is overdue before what is past its date on hold, and what is due at one instant by its name', () => {
    const state = opened(['c', 'a', 'b', 'd'].map((id) => action(id, id === 'd' ? '2016-03-01' : '2016-03-10')));
    const held: Milestone = {
      ...(milestoneOf(state, idOf('d')) as Milestone),
      ...{ status: 'held', announcements: [telling('director')] },
      hold: { reason: 'x', reviewOn: '2016-12-01', since: START, workingDaysLeft: 1 },
    };
    const all = ['c', 'a', 'b'].reduce(
      (next, id) => announced(next, idOf(id), telling('director')),
      withMilestones(state, held),
    );
    const order = mailTo(all, '2016-03-14T12:00:00.000Z', 'director')?.digest.notices.map(({ milestone }) => milestone);
    expect(order).toEqual(['a', 'b', 'c', 'd'].map(idOf));
  });

  test('to one who holds two roles has the furthest of a duty’s rungs, whichever role came first', () => {
    const roles = council.roles.map((role) =>
      role.id === 'assistant-director' ? { ...role, email: address('director') } : role,
    );
    const state = opened([], { roles });
    const after = [
      { n: 1, to: 'director' as const },
      { n: 5, to: 'manager' as const },
      { n: 10, to: 'director' as const },
    ];
    const ladder = { before: [], after, inform: 0, repeatEvery: 0 };
    const rules = state.facts.rules.map((rule) => ({ ...rule, ladder }));
    // Due on Thursday 30 June 2016: ten working days late on Thursday 14 July.
    const late = { ...state, facts: { ...state.facts, rules } };
    expect(mailTo(late, '2016-07-14T12:00:00.000Z', 'director')?.digest.notices).toMatchObject([
      { milestone: PLAN, kind: 'escalation', step: 'director' },
    ]);
  });
});
