import { describe, expect, test } from 'vitest';
import { minutesAfter } from '../../domain/calendar/ordinary-dates.ts';
import { delivered } from '../../domain/lifecycle/delivered.ts';
import type { DueNotice } from '../../domain/lifecycle/due-notices.ts';
import type { DigestOutcome } from '../../domain/lifecycle/entry.ts';
import type { Mailing } from '../../domain/lifecycle/mailings.ts';
import { milestoneOf, withMilestones } from '../../domain/lifecycle/milestones.ts';
import { openLifecycle } from '../../domain/lifecycle/open-lifecycle.ts';
import type { LifecycleState, MailState } from '../../domain/lifecycle/state.ts';
import { wake } from '../../domain/lifecycle/wake.ts';
import type { Announcement, Milestone } from '../../domain/milestone/milestone.ts';
import { council, startOf } from '../support/facts.ts';

// What each outcome of a delivery makes of the state: what is told, what is tried again, and who else hears of it.

const NOW = '2016-02-22T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const ACTION = 'improvement-actions/audit';
const MANAGER = 'team-manager@anyborough.example.org';
const actions = [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }];

const awake = wake(openLifecycle(startOf({ actions }), NOW), NOW);
const begun: LifecycleState = { ...awake.state, unrecorded: [] };
const mailingTo = (role: string): Mailing => {
  const found = awake.mailings.find(({ digest }) => digest.recipient.email === `${role}@anyborough.example.org`);
  if (found === undefined) throw new Error(`nothing goes to ${role}`);
  return found;
};
const mailing = mailingTo('team-manager');
/** Whoever started it is told of everything. */
const ofAll = mailingTo('democratic-services');

const outcome = (of: Mailing, parts: Partial<DigestOutcome>): DigestOutcome => ({
  digest: of.digest.id,
  outcome: 'sent',
  reason: null,
  ...parts,
});
const after = (of: Mailing, parts: Partial<DigestOutcome>, state = begun, now = NOW) =>
  delivered(state, [of], [outcome(of, parts)], now);
const dutyOf = (state: LifecycleState, id = ACTION) => milestoneOf(state, id) as Milestone;
const changed = (parts: Partial<Milestone>, state = begun) => withMilestones(state, { ...dutyOf(state), ...parts });
const withMail = (mail: MailState, email = MANAGER) => ({ ...begun, mail: { [email]: mail } });
const announcement = (parts: Partial<Announcement> = {}): Announcement => ({
  kind: 'moved',
  to: 'team-manager',
  readyAt: NOW,
  urgent: false,
  ...parts,
});
const notice = (parts: Partial<DueNotice> = {}): DueNotice => ({
  milestone: ACTION,
  dueVersion: 1,
  to: 'team-manager',
  rung: null,
  announcement: null,
  before: [],
  readyAt: NOW,
  urgent: false,
  atOnce: false,
  ...parts,
});
const rung = (index: number): DueNotice['rung'] => ({
  index,
  on: '2016-02-22',
  kind: 'reminder',
  step: 'owner',
  to: 'team-manager',
  workingDays: -5,
});
/** A mail that tells these notices, as its digest says. */
const telling = (...told: DueNotice[]): Mailing => ({
  told,
  digest: {
    ...mailing.digest,
    tells: told.map(({ milestone, dueVersion, to, rung: of, announcement: said }) => ({
      milestone,
      dueVersion,
      tells: [
        {
          to,
          ...(of === null ? {} : { rung: of.index }),
          ...(said === null ? {} : { announced: { kind: said.kind, readyAt: said.readyAt } }),
        },
      ],
    })),
  },
});

describe('a mail', () => {
  test('of which nothing is said, and one that was not tried in time, is as if it had not been', () => {
    expect(delivered(begun, [mailing], [], NOW)).toBe(begun);
    expect(delivered(begun, [mailing], [outcome(ofAll, {})], NOW)).toBe(begun);
    expect(after(mailing, { outcome: 'stale' })).toBe(begun);
  });

  test('that its reader does not want is told all the same, and was not sent', () => {
    const state = after(mailing, { outcome: 'unwanted' });
    expect(state.mail).toEqual({});
    expect(dutyOf(state).announcements.map(({ to }) => to)).toEqual(['democratic-services']);
  });

  test('that was sent is the last of its day, and its duties are in the reader’s calendar', () => {
    const state = after(mailing, {});
    expect(state.mail).toEqual({
      [MANAGER]: { day: '2016-02-22', n: 1, calendar: { [ACTION]: { due: '2016-04-29', dueVersion: 1 } } },
    });
    expect(dutyOf(state).announcements.map(({ to }) => to)).toEqual(['democratic-services']);
    // Only what is on the ladder is counted as told of it.
    expect(dutyOf(state).told).toEqual({});
  });

  test('that was an earlier one has told what that one spoke of, and nothing else', () => {
    const email = ofAll.digest.recipient.email;
    const state = after(ofAll, { milestones: [PLAN] });
    expect(Object.keys(state.mail[email]?.calendar ?? {})).toEqual([PLAN]);
    const told = (id: string) => !dutyOf(state, id).announcements.some(({ to }) => to === 'democratic-services');
    expect([told(PLAN), told(ACTION)]).toEqual([true, false]);
  });

  test('takes what is finished from the reader’s calendar, and leaves the rest there', () => {
    const entry = { due: '2016-03-01', dueVersion: 1 };
    const state = withMail({ day: '2016-02-19', n: 1, calendar: { done: entry, other: entry } });
    const finished = [{ milestone: 'done', title: 'Done', ...entry }];
    const of = { ...mailing, digest: { ...mailing.digest, finished } };
    const calendar = (parts: Partial<DigestOutcome>) =>
      Object.keys(after(of, parts, state).mail[MANAGER]?.calendar ?? {});
    expect(calendar({})).toEqual(['other', ACTION]);
    // The earlier mail did not say so.
    expect(calendar({ milestones: [ACTION] })).toEqual(['done', 'other', ACTION]);
    expect(Object.keys(after(mailing, {}, state).mail[MANAGER]?.calendar ?? {})).toEqual(['done', 'other', ACTION]);
  });
});

describe('what is told', () => {
  test.each([
    ['for the first time', {}, notice({ rung: rung(3) }), { 'team-manager': 3 }],
    ['of a further rung', { 'team-manager': 2 }, notice({ rung: rung(3) }), { 'team-manager': 3 }],
    ['of a rung before the furthest', { 'team-manager': 5 }, notice({ rung: rung(3) }), { 'team-manager': 5 }],
    ['beside others', { director: 6 }, notice({ rung: rung(0) }), { director: 6, 'team-manager': 0 }],
    ['of a date that has moved since', {}, notice({ rung: rung(3), dueVersion: 2 }), {}],
    ['without a rung', { director: 6 }, notice(), { director: 6 }],
  ])('%s', (_what, told, of, expected) => {
    expect(dutyOf(after(telling(of), {}, changed({ told }))).told).toEqual(expected);
  });

  test('to two roles of one reader is told to both', () => {
    const to = 'head-of-service';
    const of = telling(notice({ rung: rung(1) }), notice({ to, rung: { ...rung(5), to } as DueNotice['rung'] }));
    expect(dutyOf(after(of, {})).told).toEqual({ 'team-manager': 1, [to]: 5 });
  });

  test('is to be told no more; what differs in kind, role or moment still is', () => {
    const others = [
      announcement({ kind: 'held' }),
      announcement({ to: 'director' }),
      announcement({ readyAt: '2016-02-22T11:00:00.000Z' }),
    ];
    const state = changed({ announcements: [announcement(), ...others] });
    expect(dutyOf(after(telling(notice({ announcement: announcement() })), {}, state)).announcements).toEqual(others);
    expect(dutyOf(after(telling(notice({ rung: rung(1) })), {}, state)).announcements).toHaveLength(4);
  });

  test('of a duty that is not there any more is nothing', () => {
    const state = after(telling(notice({ milestone: 'gone' }), notice({ rung: rung(1) })), {});
    expect(Object.keys(state.kept)).toEqual(Object.keys(begun.kept));
    expect(dutyOf(state).told).toEqual({ 'team-manager': 1 });
  });
});

describe('a mail that is put off', () => {
  const reason = 'the server answered 450';

  test('is tried again after 5, 15, 60 and 240 minutes, and then every 240; the record says so once', () => {
    let state = begun;
    let now = NOW;
    const tries = [5, 15, 60, 240, 240].map((minutes) => {
      state = after(mailing, { outcome: 'delayed', reason }, state, now);
      const { delayed } = state.mail[MANAGER] as MailState;
      expect(delayed?.retryAt).toBe(minutesAfter(now, minutes));
      now = delayed?.retryAt ?? '';
      return [delayed?.since, delayed?.attempts];
    });
    expect(tries).toEqual([1, 2, 3, 4, 5].map((attempts) => [NOW, attempts]));
    expect(state.unrecorded).toMatchObject([
      {
        kind: 'mail-delayed',
        at: NOW,
        text: 'Mail to Team Manager is delayed: the server answered 450. It is tried again for 5 days.',
        data: { roles: ['team-manager'], day: '2016-02-22' },
      },
    ]);
    expect(state.abandoned).toBeUndefined();
  });

  test('leaves what was sent before as it was', () => {
    const delayed = { since: NOW, attempts: 1, retryAt: '2016-02-22T10:05:00.000Z' };
    const calendar = { [PLAN]: { due: '2016-06-30', dueVersion: 1 } };
    const before = { day: '2016-02-22', n: 3, calendar };
    const state = after(mailing, { outcome: 'delayed' }, withMail(before));
    expect(state.mail[MANAGER]).toEqual({ ...before, delayed });
    expect(after(mailing, { outcome: 'delayed' }).mail[MANAGER]).toEqual({ day: '', n: 0, delayed });
    expect(state.unrecorded[0]?.text).toContain('is delayed: no reason given.');
  });

  test.each([
    ['a moment before five days', '2016-02-17T10:00:00.001Z', false],
    ['after five days', '2016-02-17T10:00:00.000Z', true],
  ])('%s it is given up: %s', (_when, since, given) => {
    const earlier = { digest: 'an earlier one', reason: 'x', at: NOW };
    const delayed = { since, attempts: 9, retryAt: NOW };
    const state = after(
      mailing,
      { outcome: 'delayed', reason },
      { ...withMail({ day: '', n: 0, delayed }), abandoned: [earlier] },
    );
    const said = `it could not be handed over for 5 days; last answer: ${reason}`;
    expect(state.abandoned).toEqual(
      given ? [earlier, { digest: mailing.digest.id, reason: said, at: NOW }] : [earlier],
    );
    expect(state.mail[MANAGER]?.delayed === undefined).toBe(given);
    const kinds = dutyOf(state).announcements.map(({ kind }) => kind);
    expect(kinds.includes('undeliverable')).toBe(given);
  });
});

describe('a mail that can’t be delivered', () => {
  const undeliverable = (of: Mailing, state = begun, reason: string | null = 'no such address') =>
    after(of, { outcome: 'undeliverable', reason }, state);
  const passedOn = (state: LifecycleState, id = ACTION) =>
    dutyOf(state, id).announcements.filter(({ kind }) => kind === 'undeliverable');

  test('counts as the last of its day, and leaves the reader’s calendar as it was', () => {
    const calendar = { [PLAN]: { due: '2016-06-30', dueVersion: 1 } };
    const delayed = { since: NOW, attempts: 1, retryAt: NOW };
    expect(undeliverable(mailing).mail).toStrictEqual({ [MANAGER]: { day: '2016-02-22', n: 1 } });
    const state = undeliverable(mailing, { ...withMail({ day: '2016-02-19', n: 4, calendar, delayed }) });
    expect(state.mail[MANAGER]).toEqual({ day: '2016-02-22', n: 1, calendar });
    expect(Object.keys(undeliverable(mailing, withMail({ day: '', n: 1 }, 'other')).mail)).toEqual(['other', MANAGER]);
  });

  test('is told to the manager of the role, at once, with the answer', () => {
    expect(passedOn(undeliverable(mailing))).toEqual([
      {
        kind: 'undeliverable',
        to: 'head-of-service',
        readyAt: NOW,
        urgent: true,
        text: 'The notice about this could not be delivered to Team Manager: no such address. Please tell them, or correct the address.',
      },
    ]);
    expect(passedOn(undeliverable(mailing, begun, null))[0]?.text).toContain('to Team Manager: no reason given.');
    const nobody = { ...mailing, digest: { ...mailing.digest, recipient: { ...mailing.digest.recipient, roles: [] } } };
    expect(passedOn(undeliverable(nobody))[0]?.text).toContain('could not be delivered to the administrator: ');
  });

  test('is told to the administrator where the manager has the same address, and to nobody where both do', () => {
    const at = (...same: string[]) => {
      const roles = council.roles.map((role) => (same.includes(role.id) ? { ...role, email: MANAGER } : role));
      const { facts } = begun;
      return { ...begun, facts: { ...facts, authority: { ...facts.authority, roles } } };
    };
    const to = (...same: string[]) => passedOn(undeliverable(mailing, at(...same))).map((each) => each.to);
    expect(to()).toEqual(['head-of-service']);
    expect(to('head-of-service')).toEqual(['democratic-services']);
    expect(to('head-of-service', 'democratic-services')).toEqual([]);
    const both = undeliverable(mailing, at('head-of-service', 'democratic-services'));
    expect(Object.keys(both.kept)).toEqual(Object.keys(begun.kept));
  });

  test('about one that could not be delivered is not passed on again; what else it said is', () => {
    const first = notice({ announcement: announcement({ kind: 'undeliverable' }) });
    const state = undeliverable(telling(first, notice({ milestone: PLAN }), notice({ milestone: 'gone' })));
    expect(passedOn(state)).toEqual([]);
    expect(passedOn(state, PLAN)).toHaveLength(1);
    expect(Object.keys(state.kept)).toEqual(Object.keys(begun.kept));
  });

  test('with two notices of one duty is passed on once', () => {
    expect(passedOn(undeliverable(telling(notice({ rung: rung(1) }), notice({ to: 'director' }))))).toHaveLength(1);
  });
});
