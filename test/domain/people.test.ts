import { describe, expect, test } from 'vitest';
import { Story } from '../../domain/preview/story.ts';
import { addresseeOf } from '../../domain/authority/addressee.ts';
import { authority as authoritySchema, type Authority, type Person } from '../../domain/schemas/authority.ts';
import { council, startOf } from '../support/facts.ts';

const START = '2016-02-19T10:00:00.000Z';
const PLAN = 'plan-submission/written-action-plan';
const at = (role: string) => `${role}@anyborough.example.org`;
const OWNER = at('head-of-service');
const ADMINISTRATOR = { id: 'x', role: 'democratic-services' };

/** The tests' council with a part of its file replaced, as its file would be read. */
const councilWith = (parts: Record<string, unknown>): Authority => authoritySchema.parse({ ...council, ...parts });
const storyOf = (parts: Record<string, unknown>, facts: Record<string, unknown> = {}, start = START): Story => {
  const given = startOf(facts);
  return new Story({ ...given, facts: { ...given.facts, authority: councilWith(parts) } }, start);
};
/** The plan's reminders by the stricter reading. */
const STRICTER = ['05-04', '05-18', '05-25', '05-31', '06-02'].map((day) => `2016-${day} stricter`);
const days = (story: Story, email: string) =>
  story.to(email).map((mail) => `${mail.day} ${mail.notices.map((notice) => notice.kind).join('+')}`);

describe('somebody who is away', () => {
  const away = (from: string, until: string, delegate: string) => ({
    people: [{ email: OWNER, away: [{ from, until, delegate }] }],
  });

  test('is covered by the delegate on the days named, both counted, and hears again from the next day on', () => {
    // The plan's reminders fall on 4, 18, 25 and 31 May and 2 June, by the stricter reading; then on 16, 23, 28 and 30 June 2016.
    const story = storyOf(away('2016-06-16', '2016-06-23', 'team-manager')).until('2016-06-29T12:00:00.000Z');
    expect(days(story, OWNER)).toEqual(['2016-02-19 started', ...STRICTER, '2016-06-28 reminder']);
    expect(days(story, at('team-manager'))).toEqual(['2016-06-16 reminder', '2016-06-23 reminder']);
    expect(story.to(at('team-manager'))[0]?.recipient.coversFor).toEqual([
      { title: 'Head of Service', until: '2016-06-23', readsOnly: true },
    ]);
  });

  test('whose delegate is away as well is covered by the delegate’s own', () => {
    const story = storyOf({
      people: [
        { email: OWNER, away: [{ from: '2016-06-16', until: '2016-06-17', delegate: 'team-manager' }] },
        { email: at('team-manager'), away: [{ from: '2016-06-01', until: '2016-06-30', delegate: 'director' }] },
      ],
    }).until('2016-06-17T12:00:00.000Z');
    expect(days(story, at('director'))).toEqual(['2016-06-16 reminder']);
    expect(days(story, at('team-manager'))).toEqual([]);
  });

  /** A ring of delegates, as a council's file from before rings were refused may have one. */
  const ring = (administratorAway: boolean): Authority => {
    const both = { from: '2016-06-16', until: '2016-06-17' };
    const person = (role: string, delegate: string): Person => ({
      email: at(role),
      digest: 'daily',
      weeklyOn: 'monday',
      away: [{ ...both, delegate }],
    });
    return {
      ...council,
      people: [
        person('head-of-service', 'team-manager'),
        person('team-manager', 'head-of-service'),
        ...(administratorAway ? [person('democratic-services', 'director')] : []),
      ],
    };
  };

  test('in a ring of delegates who are all away: the administrator gets the mail, and is told for whom', () => {
    const given = startOf();
    const story = new Story({ ...given, facts: { ...given.facts, authority: ring(false) } }, START).until(
      '2016-06-17T12:00:00.000Z',
    );
    expect(days(story, OWNER)).toEqual(['2016-02-19 started', ...STRICTER]);
    const covered = story.to(at('democratic-services')).filter((mail) => mail.day === '2016-06-16');
    expect(covered.map((mail) => mail.recipient.coversFor)).toEqual([
      [{ title: 'Head of Service', until: '2016-06-17' }],
    ]);
  });

  test('in such a ring, the administrator away as well: gets it after all, it is never lost', () => {
    expect(addresseeOf(ring(true), 'head-of-service', '2016-06-16')).toEqual({ email: OWNER, standsIn: false });
    expect(addresseeOf(ring(true), 'head-of-service', '2016-06-18')).toEqual({ email: OWNER, standsIn: false });
  });

  test.each([
    ['nobody’s address', [{ email: 'nobody@anyborough.example.org' }], /no role of this authority has the address/],
    ['twice the same', [{ email: OWNER }, { email: OWNER.toUpperCase() }], /is listed twice/],
    [
      'a delegate without an address',
      [{ email: OWNER, away: [{ from: '2016-06-16', until: '2016-06-17', delegate: 'vacant-post' }] }],
      /nobody holds the role .*vacant-post/,
    ],
    [
      'oneself as delegate',
      [{ email: OWNER, away: [{ from: '2016-06-16', until: '2016-06-17', delegate: 'head-of-service' }] }],
      /has the same address/,
    ],
    [
      'an end before the beginning',
      [{ email: OWNER, away: [{ from: '2016-06-16', until: '2016-06-15', delegate: 'team-manager' }] }],
      /ends \(2016-06-15\) before it begins/,
    ],
    [
      'a ring of delegates on the same days',
      [
        { email: OWNER, away: [{ from: '2016-06-01', until: '2016-06-17', delegate: 'team-manager' }] },
        { email: at('team-manager'), away: [{ from: '2016-06-17', until: '2016-06-30', delegate: 'head-of-service' }] },
      ],
      /on 2016-06-17 the stand-in of Head of Service is Team Manager, whose stand-in is Head of Service/,
    ],
  ])('%s in the file is refused', (_what, people, message) => {
    expect(() => councilWith({ people })).toThrow(message);
  });
});

test('delegates who stand in for each other on different days are no ring', () => {
  const people = [
    { email: OWNER, away: [{ from: '2016-06-01', until: '2016-06-16', delegate: 'team-manager' }] },
    { email: at('team-manager'), away: [{ from: '2016-06-17', until: '2016-06-30', delegate: 'head-of-service' }] },
  ];
  expect(councilWith({ people }).people).toHaveLength(2);
});

describe('a weekly mail', () => {
  const weekly = { people: [{ email: OWNER, digest: 'weekly', weeklyOn: 'wednesday' }] };
  const actions = [
    { id: 'far', title: 'Far', owner: 'head-of-service', due: '2016-07-29' },
    { id: 'near', title: 'Near', owner: 'head-of-service', due: '2016-06-07' },
  ];

  test('gathers what is due after the next one; what is due before it, or late, comes on its day', () => {
    const story = storyOf(weekly, { actions, framework: 'sif-2013' }).until('2016-06-10T12:00:00.000Z');
    const told = story
      .to(OWNER)
      .filter((mail) => mail.day > '2016-05-20')
      .map((mail) => [mail.day, mail.notices.map((notice) => `${notice.title} ${notice.kind}`)]);
    // Near is due on Tue 7 June; Mon 30 May is a bank holiday. Its reminders fall on Mon 23 May (gathered on Wed 25 May),
    // Tue 31 May (gathered on Wed 1 June) and Fri 3 June: the next weekly mail, Wed 8 June, would be too late. The plan's
    // of 25 and 31 May come along; on Thu 2 June it is due by the stricter reading, which is told on its day.
    expect(told).toEqual([
      ['2016-05-25', ['Near reminder', 'Written action plan to Ofsted stricter']],
      ['2016-06-01', ['Near reminder', 'Written action plan to Ofsted stricter']],
      ['2016-06-02', ['Written action plan to Ofsted stricter']],
      ['2016-06-03', ['Near reminder']],
      ['2016-06-07', ['Near due-today']],
    ]);
  });

  test('on a day off comes on the next working day', () => {
    // Wednesday 28 December 2016 is a working day; Monday 26 and Tuesday 27 are bank holidays.
    const monday = { people: [{ email: OWNER, digest: 'weekly', weeklyOn: 'monday' }] };
    const one = [{ id: 'one', title: 'One', owner: 'head-of-service', due: '2017-01-09' }];
    const story = storyOf(monday, { actions: one }, '2016-11-01T10:00:00.000Z').until('2017-01-04T12:00:00.000Z');
    // 10 working days before 9 January: 21 December, a Wednesday; gathered on the Monday after, which is the 28th.
    expect(
      story
        .to(OWNER)
        .filter((mail) => mail.notices.some((notice) => notice.title === 'One' && notice.workingDaysLeft < 12))
        .map((mail) => mail.day),
    ).toEqual(['2016-12-28', '2017-01-03']);
  });
});

describe('the lead member', () => {
  const lead = {
    roles: [
      ...council.roles,
      { id: 'lead-member', title: 'Lead Member', email: at('lead-member'), capacity: 'member' },
    ],
    chain: { ...council.chain, leadMember: 'lead-member' },
  };

  test('is told once, for information, 15 working days after a duty was due', () => {
    const story = storyOf(lead).until('2016-09-30T12:00:00.000Z');
    // 15 working days after Thursday 30 June 2016: Thursday 21 July.
    expect(days(story, at('lead-member'))).toEqual(['2016-07-21 information']);
  });

  test('is not told of what was met by then', () => {
    const story = storyOf(lead).until('2016-07-20T12:00:00.000Z');
    story.command({ name: 'submit', payload: { milestone: PLAN } }, { id: 'x', role: 'head-of-service' });
    story.until('2016-09-30T12:00:00.000Z');
    expect(days(story, at('lead-member'))).toEqual([]);
  });
});

describe('a calendar entry', () => {
  const actions = [
    { id: 'one', title: 'One', owner: 'head-of-service', due: '2016-06-10' },
    { id: 'two', title: 'Two', owner: 'head-of-service', due: '2016-06-17' },
  ];
  const finished = (story: Story) => story.to(OWNER).map((mail) => mail.finished?.map((entry) => entry.title) ?? []);

  test('of a duty that is done is taken back with the next mail, once', () => {
    const story = storyOf({}, { actions }).until('2016-06-01T12:00:00.000Z');
    expect(finished(story).flat()).toEqual([]);
    const before = story.to(OWNER).length;
    story.command({ name: 'complete', payload: { milestone: 'improvement-actions/one' } }, ADMINISTRATOR);
    expect(story.to(OWNER)).toHaveLength(before);
    story.until('2016-06-16T12:00:00.000Z');
    expect(finished(story).filter((titles) => titles.length > 0)).toEqual([['One']]);
    expect(story.to(OWNER).find((mail) => mail.finished !== undefined)?.finished).toEqual([
      { milestone: 'improvement-actions/one', title: 'One', due: '2016-06-10', dueVersion: 1 },
    ]);
  });

  test('is taken back later where the mail that would have done it was not delivered', () => {
    const story = storyOf({}, { actions }).until('2016-06-01T12:00:00.000Z');
    story.command({ name: 'complete', payload: { milestone: 'improvement-actions/one' } }, ADMINISTRATOR);
    story.deliver = () => 'delayed';
    story.until('2016-06-02T15:00:00.000Z');
    story.deliver = () => 'sent';
    story.until('2016-06-03T15:00:00.000Z');
    expect(finished(story).filter((titles) => titles.length > 0)).toEqual([['One']]);
  });
});

describe('a changed authority file', () => {
  const change = (story: Story, parts: Record<string, unknown>) =>
    story.command({ name: 'changeAuthority', payload: { authority: councilWith(parts) } }, ADMINISTRATOR);
  const withHolder = (email: string) => ({
    roles: council.roles.map((role) => (role.id === 'head-of-service' ? { ...role, email } : role)),
  });

  test('tells a new holder what is theirs, and the old one nothing more', () => {
    const story = storyOf({}).until('2016-06-03T12:00:00.000Z');
    change(story, withHolder('successor@anyborough.example.org'));
    const old = story.to(OWNER).length;
    story.until('2016-06-29T12:00:00.000Z');
    expect(story.to(OWNER)).toHaveLength(old);
    expect(days(story, 'successor@anyborough.example.org')).toEqual([
      '2016-06-06 reassigned',
      '2016-06-16 reminder',
      '2016-06-23 reminder',
      '2016-06-28 reminder',
    ]);
  });

  test('puts no address on record', () => {
    const story = storyOf({}).until('2016-06-03T12:00:00.000Z');
    change(story, withHolder('successor@anyborough.example.org'));
    const entry = story.entries.find((each) => each.kind === 'authority-changed');
    expect(entry?.text).toBe('What was changed in the file of Anyborough Council: the role of Head of Service.');
    expect(JSON.stringify(entry)).not.toContain('@');
  });

  test('moves dates for a closure day, and says why', () => {
    const story = storyOf({}).until('2016-06-03T12:00:00.000Z');
    change(story, { closureDays: [{ date: '2016-06-10', title: 'Elections' }] });
    expect(story.milestones[PLAN]?.due).toBe('2016-07-01');
    story.until('2016-06-06T12:00:00.000Z');
    expect(story.to(OWNER).at(-1)?.notices[0]?.movedFrom).toEqual({
      due: '2016-06-30',
      because: 'the council changed its meetings or the days on which it is closed',
    });
    change(story, {});
    expect(story.milestones[PLAN]?.due).toBe('2016-06-30');
    expect(story.state.calendar.version).toBe(startOf().calendar.version);
  });

  test.each([
    ['another council’s file', { id: 'otherborough' }, 'wrong-authority'],
    [
      'a file without a role that owns something',
      { roles: council.roles.filter((role) => role.id !== 'head-of-service' && role.id !== 'team-manager') },
      'unknown-role',
    ],
  ])('%s is refused, and nothing changes', (_what, parts, code) => {
    const story = storyOf({}).until('2016-06-03T12:00:00.000Z');
    const before = story.state;
    expect(() => change(story, parts)).toThrow(expect.objectContaining({ code }) as Error);
    expect(story.state).toBe(before);
  });

  test('only an administrator may apply', () => {
    const story = storyOf({}).until('2016-06-03T12:00:00.000Z');
    const payload = { authority: councilWith({}) };
    expect(() => story.command({ name: 'changeAuthority', payload }, { id: 'x', role: 'head-of-service' })).toThrow(
      /may not change the authority's file/,
    );
  });
});

describe('mail that nobody got, sent again', () => {
  const lost = (milestones: string[]) => ({
    name: 'resend' as const,
    payload: { messageId: '<m1@anyborough.example.org>', to: ['head-of-service'], milestones, day: '2016-06-02' },
  });

  test('tells what is still to be done at once within hours, and no more of what is done', () => {
    const story = storyOf({}).until('2016-06-03T12:00:00.000Z');
    const before = story.to(OWNER).length;
    story.command(lost([PLAN, 'improvement-actions/gone']), ADMINISTRATOR);
    const again = story.to(OWNER).slice(before);
    expect(again.map((mail) => mail.notices.map((notice) => `${notice.milestone} ${notice.kind}`))).toEqual([
      [`${PLAN} resent`],
    ]);
    expect(again[0]?.notices[0]?.text).toBe(
      'An earlier mail about this, of Thursday 2 June 2016, could not be delivered.',
    );
    expect(story.entries.at(-1)).toMatchObject({
      kind: 'mail-resent',
      data: { messageId: '<m1@anyborough.example.org>', milestones: [PLAN] },
    });
  });

  test('is settled without a mail where nothing of it is left', () => {
    const story = storyOf({}).until('2016-06-03T12:00:00.000Z');
    story.command({ name: 'submit', payload: { milestone: PLAN } }, { id: 'x', role: 'head-of-service' });
    const before = story.mails.length;
    story.command(lost([PLAN]), ADMINISTRATOR);
    expect(story.mails).toHaveLength(before);
    expect(story.entries.at(-1)?.text).toContain('nothing in it is still to be done');
  });

  test('may be asked for by managers and administrators only', () => {
    const story = storyOf({}).until('2016-06-03T12:00:00.000Z');
    expect(() => story.command(lost([PLAN]), { id: 'x', role: 'team-manager' })).toThrow(
      /may not send undeliverable mail again/,
    );
  });
});
