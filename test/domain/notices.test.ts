import { describe, expect, test } from 'vitest';
import type { Command } from '../../domain/commands/commands.ts';
import { type DueNotice, dueNotices, nextReached } from '../../domain/lifecycle/due-notices.ts';
import { mailings, sendableAt } from '../../domain/lifecycle/mailings.ts';
import { markTold } from '../../domain/lifecycle/delivered.ts';
import { milestoneOf, withMilestones } from '../../domain/lifecycle/milestones.ts';
import { nextOpening, nextSendingTime } from '../../domain/lifecycle/sending-hours.ts';
import type { LifecycleState, MailState } from '../../domain/lifecycle/state.ts';
import type { Announcement, Milestone } from '../../domain/milestone/milestone.ts';
import { Story } from '../../domain/preview/story.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { calendar, council, startOf } from '../support/facts.ts';

// What is told when, and in which mail: the edges of hours and days, and what one mail makes of several notices.

const ACTION = 'improvement-actions/audit';
const OWNER = 'team-manager@anyborough.example.org';
const hours = { calendar, sending: council.sending };
const actions = [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-29' }];
const begun = (at: string, parts: Record<string, unknown> = { actions }, authority: Authority = council) => {
  const start = startOf(parts);
  return new Story({ ...start, facts: { ...start.facts, authority } }, '2016-02-22T10:00:00.000Z').until(at);
};
const dutyOf = (story: Story): Milestone => story.milestones[ACTION] as Milestone;
const changed = ({ state }: Story, milestone: Milestone): LifecycleState => withMilestones(state, milestone);
const telling = (readyAt: string, urgent = false): Announcement => ({
  kind: 'resent',
  to: 'team-manager',
  readyAt,
  urgent,
});

describe('hours in which mail goes', () => {
  test.each([
    ['early on a working day', '2016-04-29T05:00:00.000Z', '2016-04-29T07:00:00.000Z'],
    ['as they begin', '2016-04-29T07:00:00.000Z', '2016-04-29T07:00:00.000Z'],
    ['within them', '2016-04-29T12:34:56.000Z', '2016-04-29T12:34:56.000Z'],
    ['as they end, before a weekend and a bank holiday', '2016-04-29T17:00:00.000Z', '2016-05-03T07:00:00.000Z'],
    ['early on a Sunday', '2016-05-01T05:00:00.000Z', '2016-05-03T07:00:00.000Z'],
  ])('%s: what is urgent goes at %s', (_when, instant, at) => {
    expect(nextOpening(instant, hours)).toBe(at);
  });

  test.each([
    ['2016-04-29T07:59:59.999Z', '2016-04-29T08:00:00.000Z'],
    ['2016-04-29T08:00:00.000Z', '2016-04-29T08:00:00.000Z'],
    ['2016-04-29T08:00:00.001Z', '2016-05-03T08:00:00.000Z'],
  ])('the day’s mail at or after %s goes at %s', (instant, at) => {
    expect(nextSendingTime(instant, hours)).toBe(at);
  });
});

describe('notices that are due', () => {
  const noticeTo = (state: LifecycleState, now: string, role = 'team-manager') =>
    dueNotices(state, now, hours).find((each) => each.milestone === ACTION && each.to === role);
  const DAY = '2016-04-29T12:00:00.000Z';
  const before = begun('2016-04-28T12:00:00.000Z');

  test('on the due day is worth a second mail; a reminder is not', () => {
    expect(noticeTo(before.state, DAY)).toMatchObject({ urgent: true, rung: { kind: 'due-today' } });
    const early = begun('2016-03-31T07:00:00.000Z');
    expect(noticeTo(early.state, '2016-04-01T12:00:00.000Z')).toMatchObject({
      urgent: false,
      rung: { kind: 'reminder' },
    });
  });

  test('with something else to tell, both go as soon as the first of them can, and are as urgent as either', () => {
    const duty = dutyOf(before);
    const both = (announcement: Announcement) =>
      noticeTo(changed(before, { ...duty, announcements: [announcement] }), DAY);
    expect(both(telling('2016-04-29T11:00:00.000Z'))).toMatchObject({
      readyAt: '2016-04-29T08:00:00.000Z',
      urgent: true,
      rung: { kind: 'due-today' },
      announcement: { kind: 'resent' },
    });
    expect(both(telling('2016-04-28T13:00:00.000Z', true))).toMatchObject({ readyAt: '2016-04-28T13:00:00.000Z' });
    expect(both({ ...telling('2016-04-28T13:00:00.000Z'), atOnce: true })).toMatchObject({ atOnce: true });
    const alone = changed(before, { ...duty, announcements: [telling('2016-04-28T13:00:00.000Z')] });
    expect(noticeTo(alone, '2016-04-28T14:00:00.000Z')).toMatchObject({
      rung: null,
      urgent: false,
      atOnce: false,
      readyAt: '2016-04-29T08:00:00.000Z',
    });
  });

  test('a promise is kept quiet on its own day still, and never beyond the due day; the due day is told whatever was promised', () => {
    const promised = (promisedOn: string) =>
      changed(before, {
        ...dutyOf(before),
        told: {},
        acknowledged: { by: 'team-manager', promisedOn, at: '2016-02-22T10:00:00.000Z' },
      });
    // Its owner is reminded on Wednesday 27 April, two working days before.
    const owner = (promisedOn: string, now: string) => noticeTo(promised(promisedOn), now);
    expect(owner('2016-04-27', '2016-04-27T12:00:00.000Z')).toBeUndefined();
    expect(owner('2016-04-27', '2016-04-28T12:00:00.000Z')?.rung).toMatchObject({ kind: 'reminder' });
    // The manager is told on Tuesday 3 May, one working day late: also where the date has come to lie before the promise.
    const manager = (promisedOn: string, now: string) => noticeTo(promised(promisedOn), now, 'head-of-service');
    expect(manager('2016-05-31', '2016-05-03T12:00:00.000Z')?.rung).toMatchObject({ kind: 'escalation' });
    expect(manager('2016-04-29', '2016-05-03T12:00:00.000Z')?.rung).toMatchObject({ kind: 'escalation' });
    expect(noticeTo(promised('2016-05-31'), DAY)?.rung).toMatchObject({ kind: 'due-today' });
  });

  test('the lifecycle wakes for the working day after a promise, on its very day too', () => {
    const end = '2018-04-27T12:00:00.000Z';
    const promised: Milestone = {
      ...dutyOf(before),
      due: '2018-05-31',
      ladder: { before: [], after: [], repeatEvery: 0 },
      acknowledged: { by: 'team-manager', promisedOn: '2018-04-27', at: '2016-02-22T10:00:00.000Z' },
    };
    expect(nextReached(promised, end, council, hours)).toBe('2018-04-30T08:00:00.000Z');
    expect(nextReached(promised, '2018-04-28T12:00:00.000Z', council, hours)).toBeUndefined();
  });
});

describe('when a notice can go', () => {
  const NOON = '2016-04-28T11:00:00.000Z';
  const story = begun(NOON);
  const notice = (parts: Partial<DueNotice> = {}): DueNotice => ({
    milestone: ACTION,
    dueVersion: 1,
    to: 'team-manager',
    rung: null,
    announcement: null,
    before: [],
    readyAt: NOON,
    urgent: false,
    atOnce: false,
    ...parts,
  });
  const at = (mail: MailState | undefined, parts: Partial<DueNotice> = {}, people?: Authority['people']) => {
    const { facts } = story.state;
    const authority = { ...facts.authority, ...(people === undefined ? {} : { people }) };
    const sent: Record<string, MailState> = mail === undefined ? {} : { [OWNER]: mail };
    const state = { ...story.state, facts: { ...facts, authority }, mail: sent };
    return sendableAt(notice(parts), state, NOON, hours);
  };
  const delayed = (retryAt: string) => ({ since: '2016-04-28T08:00:00.000Z', attempts: 1, retryAt });

  test.each<[string, MailState | undefined, Partial<DueNotice>, string]>([
    ['at once', undefined, {}, NOON],
    ['tomorrow, where today’s mail has gone', { day: '2016-04-28', n: 1 }, {}, '2016-04-29T08:00:00.000Z'],
    ['today, where yesterday’s has', { day: '2016-04-27', n: 1 }, {}, NOON],
    ['today still, where it is urgent', { day: '2016-04-28', n: 1 }, { urgent: true }, NOON],
    [
      'at the next try, though today’s mail has gone',
      { day: '2016-04-28', n: 1, delayed: delayed('2016-04-28T12:00:00.000Z') },
      {},
      '2016-04-28T12:00:00.000Z',
    ],
    [
      'now, where that try was due already',
      { day: '2016-04-27', n: 1, delayed: delayed('2016-04-28T09:00:00.000Z') },
      {},
      NOON,
    ],
  ])('%s', (_when, mail, parts, expected) => {
    expect(at(mail, parts)).toBe(expected);
  });

  test('once a week to those who want it so, but never after its due day', () => {
    const weekly = (weeklyOn: 'monday' | 'friday') => [{ email: OWNER, away: [], digest: 'weekly' as const, weeklyOn }];
    const people = (on: 'monday' | 'friday') => weekly(on) as Authority['people'];
    // Due on Friday 29 April: gathered for that day it would come on the day itself.
    expect(at(undefined, {}, people('friday'))).toBe(NOON);
    const later = changed(story, { ...dutyOf(story), due: '2016-04-30' });
    const authority = { ...council, people: people('friday') };
    const state = { ...later, facts: { ...later.facts, authority }, mail: {} };
    expect(sendableAt(notice(), state, NOON, hours)).toBe('2016-04-29T08:00:00.000Z');
  });
});

describe('one mail', () => {
  const mailTo = (story: Story, email = OWNER) =>
    mailings(story.state, story.now, hours).find(({ digest }) => digest.recipient.email === email)?.digest;

  test('is the n-th of its day', () => {
    const story = begun('2016-02-23T07:00:00.000Z').until('2016-04-01T12:00:00.000Z');
    const urgent = changed(story, { ...dutyOf(story), announcements: [telling(story.now, true)] });
    const mail = { [OWNER]: { day: '2016-04-01', n: 2 } };
    const digest = mailings({ ...urgent, mail }, story.now, hours)[0]?.digest;
    expect(digest).toMatchObject({ n: 3, id: `anyborough/test/${OWNER}/2016-04-01/3` });
    expect(mailings({ ...urgent, mail: {} }, story.now, hours)[0]?.digest.n).toBe(1);
    expect(Object.hasOwn(digest ?? {}, 'channel')).toBe(false);
  });

  test('says by which channel it leaves, where the council names one', () => {
    const story = begun('2016-04-01T12:00:00.000Z', { actions }, { ...council, channel: 'govuk-notify' });
    expect(story.mails.map((digest) => digest.channel)).toContain('govuk-notify');
  });

  test('leaves by a person’s own channel before the council’s, whatever role it is for, and never so in an invented council', () => {
    const own: NonNullable<Authority['people']>[number] = {
      ...{ email: OWNER.toUpperCase(), digest: 'daily', weeklyOn: 'monday', away: [] },
      channel: 'govuk-notify',
    };
    const channelsOf = (parts: Partial<Authority>) => {
      const people = [own];
      const { mails } = begun('2016-05-20T12:00:00.000Z', { actions }, { ...council, ...parts, people });
      const of = (isTheirs: boolean) =>
        new Set(mails.flatMap((mail) => ((mail.recipient.email === OWNER) === isTheirs ? [mail.channel] : [])));
      return { theirs: [...of(true)], others: [...of(false)] };
    };
    expect(channelsOf({})).toEqual({ theirs: ['govuk-notify'], others: [undefined] });
    expect(channelsOf({ channel: 'smtp' })).toEqual({ theirs: ['govuk-notify'], others: ['smtp'] });
    expect(channelsOf({ demonstration: true })).toEqual({ theirs: ['outbox'], others: ['outbox'] });
  });

  test('of one who holds two roles speaks of a duty once, by the furthest notice', () => {
    const roles = council.roles.map((role) => (role.id === 'head-of-service' ? { ...role, email: OWNER } : role));
    // An outage from the morning of the due day to the first late one: both roles are told at once.
    const story = begun('2016-04-28T12:00:00.000Z', { actions }, { ...council, roles });
    story.now = '2016-05-03T12:00:00.000Z';
    const notices = mailTo(story)?.notices.filter(({ milestone }) => milestone === ACTION);
    expect(notices).toMatchObject([{ kind: 'escalation', step: 'manager' }]);
  });

  test('of one who holds two roles keeps what is told to either of them', () => {
    const roles = council.roles.map((role) => (role.id === 'head-of-service' ? { ...role, email: OWNER } : role));
    const story = begun('2016-03-30T12:00:00.000Z', { actions }, { ...council, roles });
    story.now = '2016-04-01T12:00:00.000Z';
    const announcement = { ...telling(story.now, true), to: 'head-of-service', text: 'Sent again.' };
    story.state = changed(story, { ...dutyOf(story), announcements: [announcement] });
    const notices = mailTo(story)?.notices.filter(({ milestone }) => milestone === ACTION);
    // The first reminder of its owner, twenty working days before, with what the other role is told.
    expect(notices).toMatchObject([{ kind: 'reminder', step: 'owner', text: 'Sent again.' }]);
  });

  test('of one who holds two roles has the words that are told to each of them, once', () => {
    const roles = council.roles.map((role) => (role.id === 'head-of-service' ? { ...role, email: OWNER } : role));
    const story = begun('2016-03-01T12:00:00.000Z', { actions }, { ...council, roles });
    story.now = '2016-03-03T12:00:00.000Z';
    const said = (to: string, text: string) => ({ ...telling(story.now, true), to, text });
    story.state = changed(story, {
      ...dutyOf(story),
      announcements: [said('team-manager', 'You own it.'), said('head-of-service', 'You did own it.')],
    });
    expect(mailTo(story)?.notices.find(({ milestone }) => milestone === ACTION)?.text).toBe(
      'You own it. You did own it.',
    );
    story.state = changed(story, {
      ...dutyOf(story),
      announcements: [said('team-manager', 'It is new.'), said('head-of-service', 'It is new.')],
    });
    expect(mailTo(story)?.notices.find(({ milestone }) => milestone === ACTION)?.text).toBe('It is new.');
  });

  test('says all that was announced of a duty since the last mail, in order, and then never again', () => {
    const story = begun('2016-03-01T12:00:00.000Z', { actions });
    story.now = '2016-03-03T12:00:00.000Z';
    const news = ['New.', 'Moved.', 'Nobody has to do it any more.'].map((text, n) => ({
      ...telling(`2016-03-02T1${n}:00:00.000Z`, true),
      ...{ to: 'team-manager', text, kind: (['planned', 'moved', 'withdrawn'] as const)[n] ?? 'moved' },
    }));
    story.state = changed(story, { ...dutyOf(story), announcements: news });
    const digest = mailTo(story);
    expect(digest?.notices.find(({ milestone }) => milestone === ACTION)).toMatchObject({
      kind: 'withdrawn',
      text: 'New. Moved. Nobody has to do it any more.',
    });
    const told = digest === undefined ? story.state : markTold(story.state, digest);
    expect(milestoneOf(told, ACTION)?.announcements).toEqual([]);
  });

  test('has what is overdue first; then by due day, then by name, wherever a date has moved from', () => {
    const due = { z: '2016-04-28', x: '2016-04-29', v: '2016-05-05', y: '2016-05-10' };
    const parts = {
      actions: Object.entries(due).map(([id, on]) => ({ id, title: id, owner: 'team-manager', due: on })),
    };
    const extend: Command = {
      name: 'extend',
      payload: { milestone: 'improvement-actions/z', to: '2016-05-10', reason: 'illness' },
    };
    const story = begun('2016-04-25T12:00:00.000Z', parts).command(extend, { id: 'x', role: 'director' });
    story.now = '2016-05-03T12:00:00.000Z';
    const told = mailTo(story)?.notices.map(({ milestone }) => milestone.slice(-1));
    expect(told?.join('')).toBe('xvyz');
  });

  test('says once that a duty is on hold', () => {
    const hold: Command = { name: 'hold', payload: { milestone: ACTION, reason: 'waiting', reviewOn: '2016-05-20' } };
    const story = begun('2016-03-01T12:00:00.000Z').command(hold, { id: 'x', role: 'director' });
    const textOf = (each: Story) => mailTo(each)?.notices.find(({ milestone }) => milestone === ACTION)?.text;
    const held = story.until('2016-03-03T12:00:00.000Z').mails.flatMap(({ notices }) => notices);
    expect(held.findLast(({ kind }) => kind === 'held')?.text).toBe(
      'On hold: waiting. To be reviewed on Friday 20 May 2016.',
    );
    story.state = changed(story, { ...dutyOf(story), announcements: [telling(story.now, true)] });
    expect(textOf(story)).toBe('On hold until it is reviewed on Friday 20 May 2016.');
  });
});
