import { ladder } from '../../domain/schemas/rule-pack.ts';
import { describe, expect, test } from 'vitest';
import { addDays, formatDate } from '../../domain/calendar/civil-date.ts';
import { createCalendar, trimCalendar } from '../../domain/calendar/working-calendar.ts';
import { DEFAULT_LADDER } from '../../domain/plan/default-ladder.ts';
import { firstRungAfter, hasRoom, roleAtStep, rungsReached } from '../../domain/plan/ladder.ts';
import { Story } from '../../domain/preview/story.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import type { Ladder } from '../../domain/schemas/rule-pack.ts';
import { calendar, calendarData, council, startOf } from '../support/facts.ts';
import { LADDER_WORDS } from '../../domain/milestone/ladder-words.ts';

const withLead = (leadMember: string): Authority => ({ ...council, chain: { ...council.chain, leadMember } });
const duty = (parts: { due?: string; owner?: string; ladder?: Ladder } = {}) => ({
  due: '2016-04-29',
  owner: 'team-manager',
  ladder: DEFAULT_LADDER,
  ...parts,
});
const LATER = '2017-04-29';

describe('the due day’s own notice', () => {
  test.each([
    ['a Friday', '2016-04-29', '2016-04-29'],
    ['a Saturday', '2016-04-30', '2016-04-29'],
    ['a Sunday before a bank holiday', '2016-05-01', '2016-04-29'],
    ['a bank holiday', '2016-05-02', '2016-04-29'],
  ])('due on %s: the last working day up to it', (_what, due, on) => {
    const rung = rungsReached(duty({ due }), LATER, council, calendar).find((each) => each.kind === 'due-today');
    expect(rung).toMatchObject({ on, step: 'owner', to: 'team-manager', workingDays: 0 });
    // Beforehand too nobody is promised that it is today.
    expect(LADDER_WORDS['due-today'].toCome(0, { on, due })).toBe(
      on === due ? 'due today' : `due on ${formatDate(due)}`,
    );
  });

  test('sent before a weekend’s due day, it is a reminder: it is not due today', () => {
    const actions = [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-04-30' }];
    const story = new Story(startOf({ actions }), '2016-04-01T10:00:00.000Z').until('2016-05-04T12:00:00.000Z');
    const kinds = story
      .to('team-manager@anyborough.example.org')
      .flatMap(({ day, notices }) => notices.map(({ kind }) => `${day} ${kind}`));
    expect(kinds).toContain('2016-04-29 reminder');
    expect(kinds.join()).not.toContain('due-today');
  });
});

describe('the lead member', () => {
  const informed = (authority: Authority, parts: Parameters<typeof duty>[0] = {}) =>
    rungsReached(duty(parts), LATER, authority, calendar).filter((each) => each.kind === 'information');

  test('is told once, fifteen working days late, for information', () => {
    // Monday 2 May is a bank holiday: fifteen working days after Friday 29 April is Monday 23 May.
    expect(informed(withLead('scrutiny-chair'))).toEqual([
      {
        index: 1000,
        on: '2016-05-23',
        kind: 'information',
        step: 'lead-member',
        to: 'scrutiny-chair',
        workingDays: 15,
      },
    ]);
    expect(
      rungsReached(duty(), '2016-05-22', withLead('scrutiny-chair'), calendar).map((each) => each.to),
    ).not.toContain('scrutiny-chair');
    expect(firstRungAfter(duty(), '2016-05-20', withLead('scrutiny-chair'), calendar)).toBe('2016-05-23');
  });

  test('gets no copy where there is none, or the ladder names none', () => {
    expect(informed(council)).toEqual([]);
    expect(informed(withLead('scrutiny-chair'), { ladder: { ...DEFAULT_LADDER, inform: 0 } })).toEqual([]);
    expect(informed(withLead('scrutiny-chair'), { ladder: ladder.parse({ before: [5], after: [] }) })).toEqual([]);
  });

  test('gets it also where a file names some of a ladder: what it leaves out is as usual', () => {
    const usual = informed(withLead('scrutiny-chair'));
    expect(usual).not.toEqual([]);
    for (const written of [{}, { before: [5] }, { repeatEvery: 0 }, { after: [{ n: 2, to: 'manager' }] }])
      expect(informed(withLead('scrutiny-chair'), { ladder: ladder.parse(written) })).toEqual(usual);
    expect(ladder.parse({})).toEqual({ ...DEFAULT_LADDER, inform: undefined });
  });

  test('gets no copy of what is their own', () => {
    expect(informed(withLead('scrutiny-chair'), { owner: 'scrutiny-chair' })).toEqual([]);
  });

  test.each(['head-of-service', 'director', 'chief-executive'])(
    'gets no copy where, as %s, they are on the ladder anyway',
    (role) => {
      expect(informed(withLead(role))).toEqual([]);
    },
  );
});

describe('where nobody stands at a step', () => {
  test.each([
    ['a manager', 'team-manager', 'manager', 'head-of-service'],
    ['no manager', 'vacant-post', 'manager', 'democratic-services'],
    ['a role that is not on file', 'mayor', 'manager', 'democratic-services'],
    ['no lead member', 'team-manager', 'lead-member', 'democratic-services'],
    ['an owner', 'team-manager', 'owner', 'team-manager'],
    ['a director', 'team-manager', 'director', 'director'],
    ['a chief executive', 'team-manager', 'chief-executive', 'chief-executive'],
    ['a director who is the owner', 'director', 'director', 'chief-executive'],
    ['a manager of the administrator, who is the owner', 'democratic-services', 'manager', 'chief-executive'],
    ['a chief executive who is the owner', 'chief-executive', 'chief-executive', 'democratic-services'],
  ] as const)('%s: %s, %s: %s', (_what, owner, step, role) => {
    expect(roleAtStep(council, owner, step)).toBe(role);
  });

  test('a lead member', () => {
    expect(roleAtStep(withLead('scrutiny-chair'), 'team-manager', 'lead-member')).toBe('scrutiny-chair');
  });
});

describe('the last rung comes round again', () => {
  const last = (day: string, from = duty()) => rungsReached(from, day, council, calendar).at(-1);

  test('every five working days, only the newest of them', () => {
    // The chief executive is told ten working days late, on Monday 16 May, then on 23 May, and on 31 May after a bank holiday.
    expect(last('2016-05-16')).toMatchObject({ index: 7, workingDays: 10, to: 'chief-executive' });
    expect(last('2016-05-20')).toMatchObject({ index: 7 });
    expect(last('2016-05-23')).toMatchObject({ index: 8, workingDays: 15 });
    expect(last('2016-05-31')).toMatchObject({ index: 9, workingDays: 20 });
    expect(rungsReached(duty(), '2016-05-31', council, calendar)).toHaveLength(9);
    expect(firstRungAfter(duty(), '2016-05-23', council, calendar)).toBe('2016-05-31');
  });

  test('260 times, and then no more', () => {
    const end = calendar.addWorkingDays('2016-04-29', 10 + 260 * 5);
    expect(last(addDays(end, -1))).toMatchObject({ index: 7 + 259 });
    expect(last(end)).toMatchObject({ index: 7 + 260, on: end });
    expect(last(addDays(end, 365))).toMatchObject({ index: 7 + 260, on: end });
    expect(firstRungAfter(duty(), addDays(end, -1), council, calendar)).toBe(end);
    expect(firstRungAfter(duty(), end, council, calendar)).toBeUndefined();
  });

  test('as long as holidays are known, and ten working days less', () => {
    const short = createCalendar(trimCalendar(calendarData(), '2014-01-01', '2016-12-31'));
    // The last ten working days of 2016 begin on Thursday 15 December.
    expect(firstRungAfter(duty(), '2016-12-13', council, short)).toBe('2016-12-14');
    expect(firstRungAfter(duty(), '2016-12-14', council, short)).toBeUndefined();
    expect(rungsReached(duty(), '2016-12-31', council, short).at(-1)).toMatchObject({ on: '2016-12-14' });
  });

  test('never where the ladder says so, or ends with nobody', () => {
    expect(last(LATER, duty({ ladder: { ...DEFAULT_LADDER, repeatEvery: 0 } }))).toMatchObject({ index: 7 });
    const silent = duty({ ladder: { before: [5, 0], after: [], repeatEvery: 5 } });
    expect(last(LATER, silent)).toMatchObject({ index: 1, kind: 'due-today' });
    expect(firstRungAfter(silent, '2016-04-29', council, calendar)).toBeUndefined();
  });
});

describe('what comes next', () => {
  // Due on Friday 29 April 2016; Monday 2 May is a bank holiday.
  const rungs = (...after: number[]): Ladder => ({
    before: [],
    after: after.map((n) => ({ n, to: 'manager' })),
    inform: 15,
    repeatEvery: 0,
  });
  test.each([
    ['a rung before the lead member’s copy', rungs(1, 20), '2016-04-29', '2016-05-03'],
    ['the copy before a rung', rungs(1, 20), '2016-05-03', '2016-05-23'],
    ['the rung after the copy', rungs(1, 20), '2016-05-23', '2016-05-31'],
    ['the copy after the last rung', rungs(1), '2016-05-03', '2016-05-23'],
    ['nothing after all of them', rungs(1), '2016-05-23', undefined],
  ])('%s', (_what, own, day, next) => {
    expect(firstRungAfter(duty({ ladder: own }), day, withLead('scrutiny-chair'), calendar)).toBe(next);
  });
});

describe('room for all notices', () => {
  const short = createCalendar(trimCalendar(calendarData(), '2014-01-01', '2016-12-31'));
  const rungs = (n: number, inform: number): Pick<Ladder, 'after' | 'inform'> => ({
    after: [{ n, to: 'manager' }],
    inform,
  });
  test.each([
    // After Wednesday 23 November 2016 there are 25 working days in the year: 15 to the lead member's copy, and ten for the mail.
    ['2016-11-23', DEFAULT_LADDER, true],
    ['2016-11-24', DEFAULT_LADDER, false],
    ['2016-11-23', rungs(15, 5), true],
    ['2016-11-24', rungs(15, 5), false],
    ['2016-11-23', rungs(5, 15), true],
    ['2016-11-24', rungs(5, 15), false],
    ['2017-06-01', { after: [] }, false],
    // What was due before the known holidays asks for none after them.
    ['2013-06-03', DEFAULT_LADDER, true],
  ])('due %s, %j: %s', (due, own, room) => {
    expect(hasRoom(due, own, short)).toBe(room);
  });
});
