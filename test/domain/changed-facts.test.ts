import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { describe, expect, test } from 'vitest';
import { calendarFromFeed, type BankHolidayFeed } from '../../domain/calendar/holidays.ts';
import { type PublishedHolidays, publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { movesUnder } from '../../domain/commands/moves.ts';
import { Story } from '../../domain/preview/story.ts';
import { bankHolidays } from '../../domain/schemas/bank-holidays.ts';
import { feed, startOf } from '../support/facts.ts';

const ADMINISTRATOR = { id: 'x', role: 'democratic-services' };
const FUNERAL = { date: '2022-09-19', title: 'Bank Holiday for the State Funeral of Queen Elizabeth II' };
const OWNER = 'head-of-service@anyborough.example.org';
const PLAN = 'plan-submission/written-action-plan';

const published = (without?: string): PublishedHolidays =>
  publishedHolidays(
    'england-and-wales',
    feed['england-and-wales'].events.filter(({ date }) => date >= '2019' && date < '2029' && date !== without),
  );

/** An inspection in 2022, by the bank holidays as they were known before 10 September of that year. */
function before(parts: Record<string, unknown>, at: string): Story {
  const given = startOf({
    fieldwork: { from: '2022-03-01', until: '2022-03-25' },
    report: { received: '2022-05-13' },
    ...parts,
  });
  const known: BankHolidayFeed = {
    ...feed,
    'england-and-wales': {
      division: 'england-and-wales',
      events: feed['england-and-wales'].events.filter(({ date }) => date !== FUNERAL.date),
    },
  };
  return new Story({ ...given, calendar: keepCalendar(calendarFromFeed(known, 'england-and-wales')) }, at);
}

describe('19 September 2022, proclaimed on 10 September', () => {
  const actions = [
    { id: 'own-date', title: 'Own date', owner: 'head-of-service', due: '2022-09-20' },
    {
      id: 'crosses',
      title: 'Crosses',
      owner: 'head-of-service',
      due: { n: 90, unit: 'working-day', from: 'report-received' },
    },
    {
      id: 'ends-before',
      title: 'Ends before',
      owner: 'head-of-service',
      due: { n: 80, unit: 'working-day', from: 'report-received' },
    },
    { id: 'months', title: 'Months', owner: 'head-of-service', due: { n: 4, unit: 'month', from: 'report-received' } },
  ];

  test('moves exactly the milestones whose count crosses it, by one working day, and tells the owner once', () => {
    // Received Friday 13 May 2022. 2 and 3 June and 29 August are bank holidays. 90 working days: the 88th is Monday
    // 19 September (13 May + 18 weeks and a day is 91 weekdays less 3), so without it as a holiday the 90th is Wednesday 21.
    const story = before({ actions }, '2022-05-16T10:00:00.000Z').until('2022-09-10T12:00:00.000Z');
    expect(story.milestones[PLAN]?.due).toBe('2022-09-21');
    const moves = movesUnder(story.state, published(), story.now);
    expect(moves.map(({ milestone, from, to }) => `${milestone} ${from} ${to}`).sort()).toEqual([
      'improvement-actions/crosses 2022-09-21 2022-09-22',
      `${PLAN} 2022-09-21 2022-09-22`,
    ]);
    const told = story.to(OWNER).length;
    story.command({ name: 'changeCalendar', payload: { published: published() } }, ADMINISTRATOR);
    story.until('2022-09-12T12:00:00.000Z');
    const mails = story.to(OWNER).slice(told);
    expect(mails.map((mail) => mail.day)).toEqual(['2022-09-12']);
    const moved = mails[0]?.notices.filter((notice) => notice.movedFrom !== null);
    expect(moved?.map((notice) => notice.movedFrom)).toEqual([
      { due: '2022-09-21', because: `${FUNERAL.title} (Mon 19 September 2022) is a new bank holiday` },
      { due: '2022-09-21', because: `${FUNERAL.title} (Mon 19 September 2022) is a new bank holiday` },
    ]);
    expect(story.entries.filter((entry) => entry.kind === 'milestone-moved')).toHaveLength(2);
    // Nobody is sent anything on the day itself.
    story.until('2022-09-30T12:00:00.000Z');
    expect(story.mails.map((mail) => mail.day)).not.toContain('2022-09-19');
  });

  test('approved a second time changes nothing', () => {
    const story = before({ actions }, '2022-05-16T10:00:00.000Z').until('2022-09-12T12:00:00.000Z');
    const approve = { name: 'changeCalendar', payload: { published: published() } } as const;
    story.command(approve, ADMINISTRATOR);
    const [entries, state] = [story.entries.length, story.state];
    story.command(approve, ADMINISTRATOR);
    expect(story.entries).toHaveLength(entries);
    expect(story.state).toEqual(state);
  });

  test('taken back again moves the dates back', () => {
    const story = before({ actions }, '2022-05-16T10:00:00.000Z').until('2022-09-12T12:00:00.000Z');
    story.command({ name: 'changeCalendar', payload: { published: published() } }, ADMINISTRATOR);
    story.command({ name: 'changeCalendar', payload: { published: published(FUNERAL.date) } }, ADMINISTRATOR);
    expect(story.milestones[PLAN]).toMatchObject({ due: '2022-09-21', dueVersion: 3 });
    expect(story.milestones[PLAN]?.movedFrom?.because).toContain('is no bank holiday any more');
  });

  test('leaves alone what is met, and what a person has extended', () => {
    const story = before({ actions }, '2022-05-16T10:00:00.000Z').until('2022-09-01T12:00:00.000Z');
    story.command({ name: 'submit', payload: { milestone: PLAN } }, { id: 'x', role: 'head-of-service' });
    story.command(
      { name: 'extend', payload: { milestone: 'improvement-actions/crosses', to: '2022-10-14', reason: 'more time' } },
      { id: 'x', role: 'assistant-director' },
    );
    expect(movesUnder(story.state, published(), story.now)).toEqual([]);
  });

  test.each([
    ['another division’s', { ...published(), division: 'scotland' as const }, ADMINISTRATOR, 'wrong-authority'],
    ['an owner’s approval', published(), { id: 'x', role: 'head-of-service' }, 'not-permitted'],
  ])('%s is refused', (_what, days, actor, code) => {
    const story = before({ actions }, '2022-05-16T10:00:00.000Z');
    expect(() => story.command({ name: 'changeCalendar', payload: { published: days } }, actor)).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });

  test('keeps the council’s closure days', () => {
    const story = before({ actions }, '2022-05-16T10:00:00.000Z');
    const authority = {
      ...story.state.facts.authority,
      closureDays: [{ date: '2022-06-06', title: 'Closed' }],
    };
    story.command({ name: 'changeAuthority', payload: { authority } }, ADMINISTRATOR);
    expect(story.milestones[PLAN]?.due).toBe('2022-09-22');
    story.command({ name: 'changeCalendar', payload: { published: published() } }, ADMINISTRATOR);
    expect(story.milestones[PLAN]?.due).toBe('2022-09-23');
  });
});

describe('a date that rests on projected holidays', () => {
  test('is confirmed without a mail when they are published as projected', () => {
    const far = [
      {
        id: 'far',
        title: 'Far',
        owner: 'head-of-service',
        due: { n: 1700, unit: 'working-day', from: 'report-received' },
      },
    ];
    const story = before({ actions: far }, '2022-05-16T10:00:00.000Z').until('2022-05-20T12:00:00.000Z');
    const id = 'improvement-actions/far';
    const due = story.milestones[id]?.due ?? '';
    expect(due.slice(0, 4)).toBe('2029');
    expect(story.milestones[id]?.provisional).toBe(true);
    const mails = story.mails.length;
    const events = feed['england-and-wales'].events.filter(
      ({ date }) => date >= '2019' && date < '2030' && date !== FUNERAL.date,
    );
    story.command(
      { name: 'changeCalendar', payload: { published: publishedHolidays('england-and-wales', events) } },
      ADMINISTRATOR,
    );
    story.until('2022-05-27T12:00:00.000Z');
    expect(story.milestones[id]).toMatchObject({ due, provisional: false, dueVersion: 1 });
    expect(story.mails).toHaveLength(mails);
    expect(story.entries.filter((entry) => entry.kind === 'milestone-confirmed').map((entry) => entry.text)).toEqual([
      expect.stringMatching(/^Far: due .* 2029 as before, no longer provisional\.$/),
    ]);
  });
});

describe('a corrected date of receipt', () => {
  const START = '2016-02-22T10:00:00.000Z';
  const correct = (story: Story, payload: Record<string, string>) =>
    story.command(
      { name: 'correct', payload: { reason: 'The letter was found in the post room.', ...payload } },
      { id: 'x', role: 'assistant-director' },
    );

  test('replans everything not yet met, statutory dates too, keeps the old dates and tells owners once', () => {
    const story = new Story(startOf({ commitments: [{ rule: 'cabinet-update' }] }), START);
    expect(story.milestones[PLAN]?.due).toBe('2016-06-30');
    story.until('2016-03-01T12:00:00.000Z');
    const told = story.to(OWNER).length;
    // 90 working days after Wednesday 17 February 2016 end two working days before 30 June.
    correct(story, { received: '2016-02-17' });
    story.until('2016-03-04T12:00:00.000Z');
    expect(story.milestones[PLAN]).toMatchObject({ due: '2016-06-28', dueVersion: 2 });
    expect(story.milestones['cabinet-updates/cabinet-update-1']?.due).toBe('2016-05-17');
    const mails = story.to(OWNER).slice(told);
    expect(mails.map((mail) => mail.day)).toEqual(['2016-03-02']);
    expect(mails[0]?.notices[0]?.movedFrom).toEqual({
      due: '2016-06-30',
      because: 'the report was received on Wednesday 17 February 2016',
    });
    const moved = story.entries.find((entry) => entry.kind === 'milestone-moved' && entry.milestone === PLAN);
    expect(moved?.data).toMatchObject({ from: '2016-06-30', to: '2016-06-28' });
    expect(story.entries.find((entry) => entry.kind === 'facts-corrected')?.text).toBe(
      'Corrected by Assistant Director: the report was received on Wednesday 17 February 2016. The letter was found in the post room.',
    );
  });

  test('does not touch what was met by then', () => {
    const story = new Story(startOf(), START).until('2016-03-01T12:00:00.000Z');
    story.command({ name: 'submit', payload: { milestone: PLAN } }, { id: 'x', role: 'head-of-service' });
    correct(story, { received: '2016-02-17' });
    expect(story.milestones[PLAN]).toMatchObject({ due: '2016-06-30', status: 'submitted' });
  });

  test('moves every occurrence of a cycle that is known, however far ahead', () => {
    // Three updates are planned by May: two ahead, and the one that was missed. Received three months later, all move at once.
    const story = new Story(startOf({ commitments: [{ rule: 'cabinet-update' }] }), START).until(
      '2016-05-23T12:00:00.000Z',
    );
    const dues = () =>
      Object.values(story.milestones)
        .filter((each) => each.strand === 'cabinet-updates')
        .map((each) => `${each.occurrence} ${each.due}`)
        .sort();
    expect(dues()).toEqual(['1 2016-05-19', '2 2016-08-19', '3 2016-11-21']);
    correct(story, { received: '2016-05-20' });
    expect(dues()).toEqual(['1 2016-08-22', '2 2016-11-21', '3 2017-02-20']);
  });

  test.each([
    ['the future', { received: '2016-06-01' }, /in the future/],
    ['before the inspection ended', { received: '2015-12-01' }, /before the inspection ended/],
    ['what is on file already', { published: '2016-02-19' }, /already on file/],
  ])('%s is refused', (_what, payload, message) => {
    const story = new Story(startOf(), START).until('2016-03-01T12:00:00.000Z');
    expect(() => correct(story, payload)).toThrow(message);
  });
});

describe('a feed', () => {
  const good = () =>
    structuredClone({
      ...Object.fromEntries(
        ['england-and-wales', 'scotland', 'northern-ireland'].map((name) => [
          name,
          {
            division: name,
            events: feed[name as 'scotland'].events.filter(({ date }) => date >= '2019' && date < '2029'),
          },
        ]),
      ),
    }) as Record<string, { events: { title: string; date: string }[] }>;

  test('as GOV.UK publishes it is taken', () => {
    expect(bankHolidays.safeParse(good()).error).toBeUndefined();
  });

  test.each([
    ['is no object', () => [], /expected object/],
    ['lacks a division', (all: ReturnType<typeof good>) => ({ scotland: all['scotland'] }), /england-and-wales/],
    [
      'has a day that does not exist',
      (all: ReturnType<typeof good>) => {
        all['scotland']?.events.push({ title: 'x', date: '2026-02-30' });
        return all;
      },
      /a date that exists/,
    ],
    [
      'has a day twice',
      (all: ReturnType<typeof good>) => {
        all['scotland']?.events.push({ title: 'x', date: '2026-01-01' });
        return all;
      },
      /is there twice/,
    ],
    [
      'has a day at a weekend',
      (all: ReturnType<typeof good>) => {
        all['scotland']?.events.push({ title: 'x', date: '2026-01-03' });
        return all;
      },
      /at a weekend/,
    ],
    [
      'has a year missing',
      (all: ReturnType<typeof good>) => ({
        ...all,
        scotland: { events: all['scotland']?.events.filter(({ date }) => !date.startsWith('2023')) },
      }),
      /2023 has 0 bank holidays/,
    ],
    [
      'ends in the middle of a year',
      (all: ReturnType<typeof good>) => ({
        ...all,
        scotland: { events: all['scotland']?.events.filter(({ date }) => date < '2028-04-01') },
      }),
      /2028 has \d bank holidays/,
    ],
    [
      'has a title of two lines',
      (all: ReturnType<typeof good>) => {
        all['scotland']?.events.push({ title: 'a\r\nBcc: b', date: '2026-03-03' });
        return all;
      },
      /one line of text/,
    ],
  ])('that %s is refused', (_what, spoil, message) => {
    expect(JSON.stringify(bankHolidays.safeParse(spoil(good())).error?.issues)).toMatch(message);
  });
});
