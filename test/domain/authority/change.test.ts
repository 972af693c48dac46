import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorityDifferences } from '../../../domain/authority/change/differences.ts';
import {
  withAway,
  withAwayEnded,
  withDigest,
  withNewRole,
  withoutRole,
  withRole,
  withOwnChannel,
} from '../../../domain/authority/change/people.ts';
import { shortName } from '../../../domain/authority/change/short-name.ts';
import { mergeThree } from '../../../domain/authority/change/three-way.ts';
import { findRole } from '../../../domain/authority/roles.ts';
import type { Authority, Role } from '../../../domain/schemas/authority.ts';
import { authorityText, checkedAuthority } from '../../../client/files/authority-text.ts';
import { loadAuthorityFile } from '../../../client/files/load.ts';
import { loadBankHolidays } from '../../../client/files/bank-holidays.ts';
import { constitutionTitle, listConstitutions, loadConstitution } from '../../../client/files/rules.ts';
import { addElection, changeElection, removeElection } from '../../../client/web/administration/election-forms.ts';
import {
  changeConstitution,
  changeLaterDates,
  changeSustained,
} from '../../../client/web/administration/rules-forms.ts';
import { rulesPage } from '../../../client/web/administration/rules-page.ts';
import { peopleList } from '../../../client/web/administration/lists.ts';
import { endAway, nameStandIn } from '../../../client/web/administration/people-forms.ts';
import { WITHOUT_END } from '../../../domain/authority/absence.ts';
import { addDays } from '../../../domain/calendar/civil-date.ts';
import { dateMistake } from '../../../domain/schemas/date-mistake.ts';
import { addresseeOf, personOf } from '../../../domain/authority/addressee.ts';
import { hook } from '../../support/hook.ts';
import { type CalendarMeetings, withCalendarMeetings } from '../../../domain/authority/change/calendar-meetings.ts';
import { whoHears } from '../../../client/web/administration/who-hears.ts';
import {
  MAX_MEETINGS,
  type MeetingCycle,
  meetingsByCycle,
  withBody,
  withMeeting,
  withMeetingsFrom,
  withMoreMeetings,
} from '../../../domain/authority/change/meetings.ts';
import { workingCalendarFor } from '../../../domain/calendar/authority-calendar.ts';
import { mustBeTheirsToChange } from '../../../domain/commands/change-authority.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { dateTyped } from '../../../client/web/forms/form.ts';
import { filled, madeBy, subjectOf } from '../../support/council-form.ts';

const COUNCIL = loadAuthorityFile('examples/authorities/middlesbrough.yaml');
const HEAD = 'head-of-early-help';
const role = (authority: Authority, id: string): Role => {
  const found = findRole(authority, id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
};
const address = (id: string) => role(COUNCIL, id).email ?? '';
const away = { from: '2026-12-01', until: '2026-12-11', delegate: 'assistant-director' };
const withHead = (changes: Partial<Role>) => ({ ...role(COUNCIL, HEAD), ...changes });

const ELECTION = {
  ...dateTyped('from', '2027-03-24'),
  ...dateTyped('until', '2027-05-06'),
  election: 'local elections of 6 May 2027',
};

/** One change of each kind, as a page makes it. */
const CHANGES: ((authority: Authority) => Authority)[] = [
  (authority) => withAway(authority, address(HEAD), away),
  (authority) => withAway(authority, address('virtual-school-head'), { ...away, delegate: HEAD }),
  (authority) =>
    madeBy(nameStandIn, { ...dateTyped('from', '2026-12-01'), delegate: HEAD }, authority, 'head-of-performance'),
  (authority) => withRole(authority, withHead({ title: 'Head of Help' }), 'other'),
  (authority) => withNewRole(authority, { id: 'clerk', title: 'Clerk', capacity: 'owner' }),
  (authority) => withoutRole(authority, 'scrutiny-officer'),
  (authority) => ({ ...authority, closureDays: [...authority.closureDays, { date: '2026-12-29', title: 'Closed' }] }),
  (authority) => madeBy(addElection, ELECTION, authority),
  (authority) => madeBy(changeConstitution, { constitution: 'trafford' }, authority),
  (authority) => madeBy(changeLaterDates, { cap: '2', beyond: 'chief-executive' }, authority),
  (authority) => madeBy(changeSustained, { after: '3, 6', askedOf: 'head-of-performance' }, authority),
  (authority) => ({ ...authority, sending: { ...authority.sending, time: '10:00' } }),
  (authority) => ({
    ...authority,
    bodies: authority.bodies.map((each) => ({ ...each, meetings: [...each.meetings, '2026-12-08'] })),
  }),
];

describe('a change put back', () => {
  const whole = [
    ...CHANGES,
    (authority: Authority) => withRole(authority, withHead({ email: 'new@middlesbrough.example.org' }), 'same'),
  ];
  const order = fc.shuffledSubarray([...CHANGES.keys()], { minLength: 1 });

  test('gives the file before, to the letter, whatever the change', () => {
    fc.assert(
      fc.property(order, (kinds) => {
        const changed = [...kinds, CHANGES.length].reduce((so, kind) => whole[kind]?.(so) ?? so, COUNCIL);
        expect(mergeThree(changed, COUNCIL, changed)).toEqual({ merged: COUNCIL, conflicts: [] });
      }),
    );
  });

  test('leaves what others changed since: any one of several is put back by itself', () => {
    fc.assert(
      fc.property(order, fc.nat(), (kinds, nth) => {
        const at = nth % kinds.length;
        const make = (some: readonly number[]) => some.reduce((so, kind) => CHANGES[kind]?.(so) ?? so, COUNCIL);
        const [before, after] = [make(kinds.slice(0, at)), make(kinds.slice(0, at + 1))];
        const { merged, conflicts } = mergeThree(after, before, make(kinds));
        expect(conflicts).toEqual([]);
        expect(authorityDifferences(merged, make(kinds.filter((_, index) => index !== at)), constitutionTitle)).toEqual(
          [],
        );
      }),
    );
  });

  test('is refused where the same was changed again since', () => {
    const after = withRole(COUNCIL, withHead({ title: 'Head of Help' }), 'other');
    const later = withRole(after, withHead({ title: 'Head of Families' }), 'other');
    expect(mergeThree(after, COUNCIL, later).conflicts).toEqual([`roles, ${HEAD}, title`]);
  });

  test('puts a removed role where it stood', () => {
    const without = withoutRole(COUNCIL, 'scrutiny-officer');
    const later = withNewRole(without, { id: 'clerk', title: 'Clerk', capacity: 'owner' });
    const ids = mergeThree(without, COUNCIL, later).merged.roles.map(({ id }) => id);
    expect(ids).toEqual([...COUNCIL.roles.map(({ id }) => id), 'clerk']);
  });
});

describe('periods before elections', () => {
  const NAME = '2027-03-24--2027-05-06';
  const added = madeBy(addElection, ELECTION, COUNCIL);

  test('one is added, changed and removed, and each is put back to the letter', () => {
    const changed = madeBy(changeElection, { ...ELECTION, ...dateTyped('from', '2027-03-25') }, added, NAME);
    const removed = madeBy(removeElection, {}, changed, '2027-03-25--2027-05-06');
    expect(changed.preElectionPeriods).toEqual([
      { from: '2027-03-25', until: '2027-05-06', election: 'local elections of 6 May 2027' },
    ]);
    expect(removed).toEqual(COUNCIL);
    expect(mergeThree(changed, added, changed)).toEqual({ merged: added, conflicts: [] });
    expect(mergeThree(removed, changed, removed)).toEqual({ merged: changed, conflicts: [] });
  });

  test('they stand in their order, whenever they were added', () => {
    const before = { ...ELECTION, ...dateTyped('from', '2026-12-01'), ...dateTyped('until', '2026-12-17') };
    const { preElectionPeriods = [] } = madeBy(addElection, before, added);
    expect(preElectionPeriods.map(({ from }) => from)).toEqual(['2026-12-01', '2027-03-24']);
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'that ends before it begins',
      { ...ELECTION, ...dateTyped('until', '2027-03-23') },
      'Last day: Tuesday 23 March 2027 is before the first day, Wednesday 24 March 2027',
    ],
    [
      'that is there already',
      ELECTION,
      'There is a period on just these days already, before the local elections of 6 May 2027: change that one',
    ],
    ['without its election', { ...ELECTION, election: '' }, 'Enter which election it is before'],
  ])('one %s is refused', (_what, typed, text) => {
    expect(filled(addElection, typed, added).problems.map((each) => each.text)).toEqual([text]);
  });

  test('one may be sent as it stands, and of none that is not there can anything be said', () => {
    const [form, subject] = [changeElection, subjectOf(added, NAME)];
    expect(madeBy(form, form.present?.(subject) ?? {}, added, NAME)).toEqual(added);
    for (const form of [changeElection, removeElection]) expect(form.fields(subjectOf(COUNCIL, NAME))).toBeUndefined();
  });
});

describe('a permanent stand-in', () => {
  const standIn = { ...dateTyped('from', '2026-12-01'), delegate: 'assistant-director' };
  const named = madeBy(nameStandIn, standIn, COUNCIL, HEAD);
  const readerOn = (day: string, authority = named) => addresseeOf(authority, HEAD, day).email;

  test('gets the mail from the first day on, for good, and the file holds good', () => {
    expect(['2026-11-30', '2026-12-01', '2040-12-31'].map((day) => readerOn(day))).toEqual([
      address(HEAD),
      address('assistant-director'),
      address('assistant-director'),
    ]);
    expect(checkedAuthority(named)).toEqual({ authority: named, problems: [] });
    // Its end is the last day that a file can name.
    expect([dateMistake(WITHOUT_END), dateMistake(addDays(WITHOUT_END, 1))]).toEqual([undefined, expect.any(String)]);
  });

  test('whose own stand-in hears while they are away themselves', () => {
    const both = withAway(named, address('assistant-director'), { ...away, delegate: 'virtual-school-head' });
    expect(['2026-12-04', '2026-12-14'].map((day) => readerOn(day, both))).toEqual([
      address('virtual-school-head'),
      address('assistant-director'),
    ]);
  });

  test('is said in words, and nowhere by a date that nobody has named', () => {
    const words = 'from Tuesday 1 December 2026 until further notice';
    const [said] = authorityDifferences(COUNCIL, named, constitutionTitle);
    expect(said?.after).toBe(`${words}, mail goes to Assistant Director, Safeguarding and Children’s Care`);
    const [which] = endAway.fields(subjectOf(named, HEAD)) ?? [];
    expect(Object.values(which?.choices ?? {})).toEqual([
      `${words}, Assistant Director, Safeguarding and Children’s Care stands in`,
    ]);
    const [people] = peopleList(subjectOf(named), []);
    expect(people?.roles.find(({ id }) => id === HEAD)?.away).toEqual([
      {
        days: 'from Tue 1 December 2026 until further notice',
        standIn: 'Assistant Director, Safeguarding and Children’s Care',
      },
    ]);
  });

  test('is ended by a day, and put back', () => {
    const ended = madeBy(endAway, { which: '2026-12-01', ...dateTyped('back', '2027-02-01') }, named, HEAD);
    expect(ended.people?.[0]?.away).toEqual([
      { from: '2026-12-01', until: '2027-01-31', delegate: 'assistant-director' },
    ]);
    expect(mergeThree(ended, named, ended)).toEqual({ merged: named, conflicts: [] });
    expect(mergeThree(named, COUNCIL, named)).toEqual({ merged: COUNCIL, conflicts: [] });
  });

  test('there is one at most, and never in a circle', () => {
    expect(filled(nameStandIn, standIn, named, HEAD).problems.map(({ text }) => text)).toEqual([
      'Assistant Director, Safeguarding and Children’s Care stands in already, until further notice: end that time away first',
    ]);
    const circle = madeBy(nameStandIn, { ...standIn, delegate: HEAD }, named, 'assistant-director');
    expect(checkedAuthority(circle).problems.map(({ expected }) => expected)).toEqual([
      expect.stringContaining('all of them are away, and nobody would read their mail'),
    ]);
  });
});

describe('what the council has set itself', () => {
  test.each<[string, string[]]>([
    ['3, 6', []],
    ['3 and 6', []],
    ['', []],
    ['soon', ['How many months after it was done: enter whole numbers, like 3, 6']],
  ])('asked about again after "%s" months', (after, problems) => {
    expect(filled(changeSustained, { after }, COUNCIL).problems.map(({ text }) => text)).toEqual(problems);
  });

  test('who is asked without when is refused; nothing said takes the rule out', () => {
    const only = filled(changeSustained, { askedOf: 'head-of-performance' }, COUNCIL);
    expect(only.problems.map(({ href }) => href)).toEqual(['#after']);
    const asked = madeBy(changeSustained, { after: '3', askedOf: 'head-of-performance' }, COUNCIL);
    expect(madeBy(changeSustained, {}, asked)).toEqual(COUNCIL);
  });

  test('who is asked is one of the differences', () => {
    const [before, after] = ['', 'head-of-performance'].map((askedOf) =>
      madeBy(changeSustained, { after: '3, 6', askedOf }, COUNCIL),
    ) as [Authority, Authority];
    expect(authorityDifferences(before, after, constitutionTitle)).toEqual([
      {
        what: 'Whether what was done still holds is asked',
        before: '3, 6 months later, of whoever owned it',
        after: '3, 6 months later, of Head of Performance and Data',
      },
    ]);
  });

  test('a constitution that is out of force is offered only where it is the one that is chosen', () => {
    const offered = (authority: Authority) =>
      Object.keys(changeConstitution.fields(subjectOf(authority))?.[0]?.choices ?? {});
    expect(offered(COUNCIL)).toContain('trafford');
    expect(offered(COUNCIL)).not.toContain('isle-of-wight');
    expect(offered({ ...COUNCIL, constitution: 'isle-of-wight' })).toContain('isle-of-wight');
  });

  test('each rule is shown with where it comes from: the file, or that it says nothing', () => {
    const { constitution, tables } = rulesPage(
      subjectOf(madeBy(changeLaterDates, { cap: '2', beyond: 'chief-executive' }, COUNCIL)),
    );
    expect(constitution?.lines.map(({ text }) => text)).toContain(
      'A decision can be called in for 5 working days after the day of its publication, until the end of the last day.',
    );
    expect(tables[0]?.rows.slice(0, 2).map(({ cells }) => cells)).toEqual([
      ['Later dates', 'at most 2 for one duty; more by Chief Executive alone', 'the council’s file'],
      ['Whether what was done still holds is asked', 'never', 'usual: the council’s file says nothing of it'],
    ]);
    expect(tables[1]?.rows.find(({ cells }) => String(cells[0]).startsWith('Strategic plan'))?.cells).toEqual([
      expect.any(String),
      expect.stringMatching(/^50 days after the day on which/) as string,
      expect.stringMatching(/^50 working days after the day on which/) as string,
    ]);
  });
});

describe('the file written out', () => {
  test.each(['middlesbrough', 'stockton-on-tees', 'worcestershire'])('%s is read again as it is', (name) => {
    const authority = loadAuthorityFile(`examples/authorities/${name}.yaml`);
    expect(checkedAuthority(authority)).toEqual({ authority, problems: [] });
    expect(authorityText(authority, 'a head\nof two lines').split('\n')[0]).toBe('# a head of two lines');
  });

  test('with everything that a file can say', () => {
    const authority = loadAuthorityFile('examples/every-key/authority.yaml');
    expect(checkedAuthority(authority)).toEqual({ authority, problems: [] });
  });

  test('and changed by a page, differs by that change and nothing else', () => {
    for (const change of CHANGES) {
      const changed = change(COUNCIL);
      const read = checkedAuthority(changed).authority;
      expect(read).toEqual(changed);
      expect(mergeThree(changed, COUNCIL, read)).toEqual({ merged: COUNCIL, conflicts: [] });
    }
  });
});

describe('people', () => {
  test('another person: what was said of the one before goes with them', () => {
    const before = withAway(COUNCIL, address(HEAD), away);
    const after = withRole(before, withHead({ email: 'new@middlesbrough.example.org' }), 'other');
    expect([after.people, role(after, HEAD).email]).toEqual([[], 'new@middlesbrough.example.org']);
  });

  test('the same person with another address: in all of their roles, away as before', () => {
    const shared = {
      ...COUNCIL,
      roles: COUNCIL.roles.map((each) =>
        each.id === 'head-of-performance' ? { ...each, email: address(HEAD) } : each,
      ),
    };
    const after = withRole(
      withAway(shared, address(HEAD), away),
      withHead({ email: 'new@middlesbrough.example.org' }),
      'same',
    );
    expect([role(after, HEAD).email, role(after, 'head-of-performance').email]).toEqual([
      'new@middlesbrough.example.org',
      'new@middlesbrough.example.org',
    ]);
    expect(after.people).toEqual([
      { email: 'new@middlesbrough.example.org', digest: 'daily', weeklyOn: 'monday', away: [away] },
    ]);
    expect(checkedAuthority(after).problems).toEqual([]);
  });

  test('back early: what has begun ends the day before, what has not is taken out', () => {
    const before = withAway(COUNCIL, address(HEAD), away);
    const awayOf = (authority: Authority) => authority.people?.[0]?.away;
    expect(awayOf(withAwayEnded(before, address(HEAD), away.from, '2026-12-04'))).toEqual([
      { ...away, until: '2026-12-03' },
    ]);
    expect(awayOf(withAwayEnded(before, address(HEAD), away.from, '2026-11-30'))).toEqual([]);
  });

  test('what is wrong is said at its place', () => {
    const circle = withAway(withAway(COUNCIL, address(HEAD), away), address('assistant-director'), {
      ...away,
      delegate: HEAD,
    });
    expect(checkedAuthority(circle).problems.map(({ path }) => path)).toEqual(['people[0].away[0].delegate']);
  });
});

test.each([
  ['Head of Children’s Services', [], 'head-of-childrens-services'],
  ['Élan & Co.', [], 'elan-co'],
  ['Clerk', ['clerk', 'clerk-2'], 'clerk-3'],
  ['漢字', [], 'new'],
  ['x'.repeat(200), [], 'x'.repeat(76)],
])('a short name for %s', (title, taken, name) => {
  expect(shortName(title, taken)).toBe(name);
});

test('differences are said in words', () => {
  const after = withAway(withRole(COUNCIL, withHead({ title: 'Head of Help' }), 'other'), address(HEAD), away);
  expect(authorityDifferences(COUNCIL, after, constitutionTitle)).toEqual([
    { what: 'Head of Help: title', before: 'Head of Early Help', after: 'Head of Help' },
    {
      what: 'Head of Help (head-of-early-help@middlesbrough.example.org): away',
      before: null,
      after:
        'Tuesday 1 December 2026 to Friday 11 December 2026, mail goes to Assistant Director, Safeguarding and Children’s Care',
    },
  ]);
});

describe('no code of the file stands among the words', () => {
  const [first = '', second = ''] = listConstitutions();
  const rated = (colour: 'red' | 'amber', counts: 'at-risk' | 'off-track'): Partial<Authority> => ({
    ratings: [{ id: 'stuck', name: 'Stuck', meaning: 'It does not move.', colour, counts }],
  });
  const [body] = COUNCIL.bodies;
  const kind = (of: 'executive' | 'council'): Partial<Authority> => ({
    bodies: body === undefined ? [] : [{ ...body, kind: of }],
  });
  test.each<[string, Partial<Authority>, Partial<Authority>, string, string]>([
    [
      'Rating Stuck: colour',
      rated('red', 'at-risk'),
      rated('amber', 'at-risk'),
      'red',
      'amber, between yellow and orange',
    ],
    [
      'Rating Stuck: counts as',
      rated('red', 'at-risk'),
      rated('red', 'off-track'),
      'it may not be done by its date',
      'it is late, or will be',
    ],
    [
      'Constitution',
      { constitution: first },
      { constitution: second },
      loadConstitution(first).title,
      loadConstitution(second).title,
    ],
    [
      'Constitution',
      { constitution: first },
      { constitution: 'taken-away' },
      loadConstitution(first).title,
      'taken-away',
    ],
    ['Mail leaves by', { channel: 'smtp' }, { channel: 'govuk-notify' }, 'the mail server', 'GOV.UK Notify'],
    [`${body?.name}: kind`, kind('executive'), kind('council'), 'Executive', 'Full Council'],
  ])('%s', (what, was, is, before, after) => {
    const found = authorityDifferences({ ...COUNCIL, ...was }, { ...COUNCIL, ...is }, constitutionTitle);
    expect(found).toEqual([{ what, before, after }]);
  });
});

describe('meetings by a cycle', () => {
  const calendar = workingCalendarFor(COUNCIL, { bankHolidays: loadBankHolidays(COUNCIL.division), approved: null });
  const cycle = { way: 'weeks', n: 1, from: '2026-12-01', until: '2027-01-31', workingDaysOnly: false } as const;

  test.each<[string, MeetingCycle, string[]]>([
    ['every six weeks', { ...cycle, n: 6 }, ['2026-12-01', '2027-01-12']],
    [
      'every month on the same day',
      { ...cycle, way: 'months', from: '2026-10-31' },
      ['2026-10-31', '2026-11-30', '2026-12-31', '2027-01-31'],
    ],
    [
      'the second Tuesday of every month, from the first on',
      { ...cycle, way: 'weekday', which: 'second', weekday: 'tuesday' },
      ['2026-12-08', '2027-01-12'],
    ],
    [
      'the last Friday of every second month',
      { ...cycle, way: 'weekday', n: 2, which: 'last', weekday: 'friday', until: '2027-05-31' },
      ['2026-12-25', '2027-02-26', '2027-04-30'],
    ],
    [
      'without bank holidays',
      { ...cycle, way: 'weekday', which: 'last', weekday: 'friday', workingDaysOnly: true },
      ['2027-01-29'],
    ],
    ['none between the two', { ...cycle, way: 'weekday', which: 'first', weekday: 'monday', until: '2026-12-05' }, []],
  ])('%s', (_name, given, days) => {
    expect(meetingsByCycle(given, calendar)).toEqual(days);
  });

  test('never more than can be looked through', () => {
    expect(meetingsByCycle({ ...cycle, until: '2031-12-31' }, calendar)).toHaveLength(MAX_MEETINGS);
  });
});

describe('meetings of a body', () => {
  const meetingsOf = (authority: Authority) => authority.bodies[0]?.meetings;
  const body = COUNCIL.bodies[0]?.id ?? '';
  const with3 = withMoreMeetings(COUNCIL, body, ['2026-12-15', '2026-12-08', '2026-12-08', '2016-05-10']);

  test('more of them stand in order, each once', () => {
    expect(meetingsOf(with3)).toEqual(['2016-05-10', '2026-12-08', '2026-12-15']);
  });
  test('one is moved, cancelled, held after all, removed', () => {
    const moved = withMeeting(with3, body, '2026-12-08', { on: '2026-12-08', movedTo: '2026-12-09' });
    expect(meetingsOf(moved)?.[1]).toEqual({ on: '2026-12-08', movedTo: '2026-12-09' });
    expect(withMeeting(moved, body, '2026-12-08', '2026-12-08')).toEqual(with3);
    expect(meetingsOf(withMeeting(with3, body, '2026-12-08', undefined))).toEqual(['2016-05-10', '2026-12-15']);
  });
  test('those of a list take the place of those to come, and what was said of one that stays, stays', () => {
    const cancelled = withMeeting(with3, body, '2026-12-15', { on: '2026-12-15', cancelled: 'snow' });
    expect(meetingsOf(withMeetingsFrom(cancelled, body, ['2026-12-15', '2027-01-12'], '2026-12-01'))).toEqual([
      '2016-05-10',
      { on: '2026-12-15', cancelled: 'snow' },
      '2027-01-12',
    ]);
  });
});

describe('meetings brought to what a calendar says of them', () => {
  const body = COUNCIL.bodies[0]?.id ?? '';
  const PAST = '2026-11-03';
  const FILE = [PAST, '2026-12-01', '2026-12-15', { on: '2027-01-12', movedTo: '2027-01-14' }];
  const none = { cancelled: [], moved: [] };
  const on = (meetings: Authority['bodies'][number]['meetings']) =>
    withBody(COUNCIL, body, (each) => ({ ...each, meetings }));
  const brought = (calendar: CalendarMeetings, missing: 'stay' | 'gone') =>
    withCalendarMeetings(on(FILE), body, calendar, { from: '2026-11-27', missing }).bodies[0]?.meetings;

  test.each<[string, CalendarMeetings, 'stay' | 'gone', Authority['bodies'][number]['meetings']]>([
    ['what it has is added', { ...none, dates: ['2026-12-01', '2027-02-09'] }, 'stay', [...FILE, '2027-02-09']],
    [
      'what it has called off and moved is cancelled and moved',
      {
        dates: ['2026-12-17', '2027-01-14'],
        cancelled: ['2026-12-01'],
        moved: [{ on: '2026-12-15', to: '2026-12-17' }],
      },
      'stay',
      [
        PAST,
        { on: '2026-12-01', cancelled: 'called off in the calendar' },
        { on: '2026-12-15', movedTo: '2026-12-17' },
        { on: '2027-01-12', movedTo: '2027-01-14' },
      ],
    ],
    [
      'what it has no more is moved to the new day nearest to it, each day taken once; what has none is cancelled',
      { ...none, dates: ['2026-12-10', '2026-12-24', '2027-03-09'] },
      'gone',
      [
        PAST,
        { on: '2026-12-01', cancelled: 'no longer in the calendar' },
        { on: '2026-12-15', movedTo: '2026-12-10' },
        '2026-12-24',
        { on: '2027-01-12', cancelled: 'no longer in the calendar' },
        '2027-03-09',
      ],
    ],
    [
      'a day more than two weeks off is another meeting',
      { ...none, dates: ['2026-12-01', '2026-12-30', '2027-01-12'] },
      'gone',
      [
        PAST,
        '2026-12-01',
        { on: '2026-12-15', cancelled: 'no longer in the calendar' },
        '2026-12-30',
        { on: '2027-01-12', movedTo: '2027-01-14' },
      ],
    ],
    ['of what it does not have, all stays where that is wanted', { ...none, dates: ['2026-12-01'] }, 'stay', FILE],
  ])('%s', (_what, calendar, missing, expected) => {
    expect(brought(calendar, missing)).toEqual(expected);
  });

  test('what was cancelled here stays so, whether the calendar has it or not', () => {
    const cancelled = on([{ on: '2026-12-01', cancelled: 'snow' }]);
    for (const dates of [['2026-12-01'], ['2026-12-08']])
      expect(
        withCalendarMeetings(cancelled, body, { ...none, dates }, { from: '2026-11-27', missing: 'gone' }).bodies[0]
          ?.meetings,
      ).toContainEqual({ on: '2026-12-01', cancelled: 'snow' });
  });

  test('brought twice it is as brought once, and it is put back to the letter', () => {
    const file = on(FILE);
    const calendar = { dates: ['2026-12-08', '2027-02-09'], cancelled: ['2026-12-01'], moved: [] };
    const once = withCalendarMeetings(file, body, calendar, { from: '2026-11-27', missing: 'gone' });
    expect(withCalendarMeetings(once, body, calendar, { from: '2026-11-27', missing: 'gone' })).toEqual(once);
    expect(mergeThree(once, file, once)).toEqual({ merged: file, conflicts: [] });
    expect(checkedAuthority(once).problems).toEqual([]);
  });
});

test('who hears what: the stand-in while somebody is away, the administrator where nobody holds a role', () => {
  const calendar = workingCalendarFor(COUNCIL, { bankHolidays: loadBankHolidays(COUNCIL.division), approved: null });
  const council = withAway(COUNCIL, address(HEAD), {
    from: '2026-11-20',
    until: '2026-12-09',
    delegate: 'virtual-school-head',
  });
  const vacant = withRole(council, { ...role(COUNCIL, 'assistant-director'), email: undefined }, 'other');
  const heard = whoHears(vacant, { owner: HEAD, due: '2026-12-11' }, calendar).map(({ on, what, email }) => [
    on,
    what,
    email,
  ]);
  expect(heard).toEqual([
    ['2026-11-13', 'Reminder: 20 working days left', address(HEAD)],
    ['2026-11-27', 'Reminder: 10 working days left', address('virtual-school-head')],
    ['2026-12-04', 'Reminder: 5 working days left', address('virtual-school-head')],
    ['2026-12-09', 'Reminder: 2 working days left', address('virtual-school-head')],
    ['2026-12-11', 'Due today', address(HEAD)],
    ['2026-12-14', '1 working day late', address('democratic-services')],
    ['2026-12-18', '5 working days late', address('executive-director')],
    ['2026-12-29', '10 working days late', address('chief-executive')],
    ['2027-01-06', '15 working days late', address('chief-executive')],
    ['2027-01-06', 'For information: 15 working days late', address('lead-member')],
  ]);
});

test('a council keeps an administrator who can be reached: whatever would leave none is refused', () => {
  const id = COUNCIL.chain.administrator;
  const actor = { id: address(id), role: id };
  const without = (change: (role: Authority['roles'][number]) => Partial<Authority['roles'][number]>): Authority => ({
    ...COUNCIL,
    roles: COUNCIL.roles.map((role) => (role.capacity === 'administrator' ? { ...role, ...change(role) } : role)),
  });
  const weaker = without(() => ({ capacity: 'owner' }));
  const { email: _gone, ...vacant } = COUNCIL.roles.find((role) => role.id === id) ?? { id: '' };
  const unheld = { ...COUNCIL, roles: COUNCIL.roles.map((role) => (role.id === id ? (vacant as typeof role) : role)) };
  for (const after of [weaker, unheld])
    expect(() => mustBeTheirsToChange(COUNCIL, after, actor)).toThrow('Nobody would be an administrator');
  const handedOn = {
    ...weaker,
    roles: weaker.roles.map((role) => (role.id === HEAD ? { ...role, capacity: 'administrator' as const } : role)),
  };
  expect(() => mustBeTheirsToChange(COUNCIL, handedOn, actor)).not.toThrow();
  // A council that has none already can be mended, by whoever may.
  expect(() => mustBeTheirsToChange(weaker, weaker, actor)).toThrow('may not');
});

test('how mail reaches somebody is said, taken back, and goes with them to another address', () => {
  const told = withOwnChannel(COUNCIL, address(HEAD), 'govuk-notify');
  expect(authorityDifferences(COUNCIL, told, constitutionTitle)).toEqual([
    { what: `Head of Early Help (${address(HEAD)}): mail leaves by`, before: null, after: 'GOV.UK Notify' },
  ]);
  const moved = withRole(told, withHead({ email: 'head@example.org' }), 'same');
  expect(personOf(moved, 'head@example.org')?.channel).toBe('govuk-notify');
  expect(personOf(withOwnChannel(told, address(HEAD), undefined), address(HEAD))?.channel).toBe(undefined);
});

test('an address that is told of one person’s duties goes with them to another address', () => {
  const told = hook({ address: 'https://hooks.example/duecourse', person: address(HEAD) });
  const moved = withRole({ ...COUNCIL, webhooks: [told] }, withHead({ email: 'head@example.org' }), 'same');
  expect(moved.webhooks).toEqual([{ ...told, person: 'head@example.org' }]);
});

describe('what people say of themselves', () => {
  const owner = { id: address(HEAD), role: HEAD };
  const refusal = (after: Authority, actor = owner) => {
    try {
      mustBeTheirsToChange(COUNCIL, after, actor);
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  };
  test.each<[string, Authority, string | null]>([
    ['when they are away', withAway(COUNCIL, address(HEAD), away), null],
    ['how often mail comes', withDigest(COUNCIL, address(HEAD), { digest: 'weekly', weeklyOn: 'friday' }), null],
    ['by which channel mail leaves', withOwnChannel(COUNCIL, address(HEAD), 'outbox'), 'not-permitted'],
    [
      'when another is away',
      withAway(COUNCIL, address('assistant-director'), { ...away, delegate: HEAD }),
      'not-permitted',
    ],
    ['both', withAway(withAway(COUNCIL, address(HEAD), away), address('virtual-school-head'), away), 'not-permitted'],
    ['what their role may', withRole(COUNCIL, withHead({ capacity: 'administrator' }), 'other'), 'not-permitted'],
    ['another address', withRole(COUNCIL, withHead({ email: 'x@example.org' }), 'same'), 'not-permitted'],
  ])('%s', (_name, after, expected) => {
    expect(refusal(after)).toBe(expected);
    expect(refusal(after, { id: 'x', role: 'democratic-services' })).toBe(null);
  });
});

test('whatever is said of a role is said of a new one, whatever gives access above all', () => {
  const added = withNewRole(COUNCIL, {
    ...{ id: 'reader', title: 'Reader', email: 'reader@example.org', reportsTo: HEAD, capacity: 'manager' },
    groups: ['Duecourse.Reader', 'a-group'],
  });
  const [difference] = authorityDifferences(COUNCIL, added, constitutionTitle);
  expect(difference?.after).toMatch(
    /^Reader \(reader@example\.org\); answers to Head of Early Help; may .+; held by the members of Duecourse\.Reader, a-group$/,
  );
});
