import { describe, expect, test } from 'vitest';
import { withClosureDays } from '../../domain/calendar/calendar-data.ts';
import { createCalendar } from '../../domain/calendar/working-calendar.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import { decisionStanding } from '../../domain/decisions/standing.ts';
import { agendaBy } from '../../domain/meetings/clear-days.ts';
import { Story } from '../../domain/preview/story.ts';
import { constitution as constitutionSchema } from '../../domain/schemas/constitution.ts';
import { freeFrom, windowInWords, windowOn } from '../../domain/strands/call-in-window.ts';
import { loadBankHolidays } from '../../client/files/bank-holidays.ts';
import { startOf } from '../support/facts.ts';

const CLOSED = ['2026-12-29', '2026-12-30', '2026-12-31'].map((date) => ({ date, title: 'Christmas closure' }));
const closed = createCalendar(withClosureDays(loadBankHolidays('england-and-wales'), CLOSED));
const administrator: Actor = { id: 'x', role: 'democratic-services' };

const constitution = (callIn: object) =>
  constitutionSchema.parse({
    ...{ id: 'own', version: 1, title: 'Own', valid: { from: '2010-01-01' } },
    callIn: { window: { n: 5, unit: 'working-day' }, ...callIn },
    citation: { cite: 'Own', confidence: 'U' },
  });

describe('days on which the council is closed', () => {
  test.each([
    [{}, '2026-12-31'],
    [{ closureDays: false }, '2026-12-31'],
    [{ closureDays: true }, '2027-01-06'],
  ])(
    'lengthen a window only where the constitution says so: %j, published on 22 December 2026, closes on %s',
    (callIn, due) => {
      expect(windowOn({ on: '2026-12-22' }, constitution(callIn), closed).due).toBe(due);
    },
  );

  test.each([
    // Clear: 4 January, 31, 30, 29 and 24 December.
    [undefined, '2026-12-23'],
    // Clear: 4 January, 24, 23, 22 and 21 December.
    [true, '2026-12-18'],
  ])('make the agenda earlier only where the body’s file says so: %s', (closureDays, by) => {
    const papers = {
      ...{ agendaClearDays: 5, officer: 'x', clearDays: 'working-day' as const },
      closureDays: closureDays ?? false,
    };
    expect(agendaBy('2027-01-05', { papers }, closed)).toBe(by);
  });
});

describe('clear days before a meeting', () => {
  const by = (papers: object, meeting = '2022-09-27') =>
    agendaBy(
      meeting,
      { papers: { agendaClearDays: 5, officer: 'x', clearDays: 'working-day', closureDays: false, ...papers } },
      closed,
    );
  const MOURNING = ['2022-09-16', '2022-09-20'].map((date) => ({ date, title: 'public mourning' }));

  test.each([
    // The state funeral on Monday 19 September 2022 was a bank holiday. Clear: 26, 23, 22, 21 and 20 September.
    ['working days', {}, '2022-09-16'],
    // 26, 24 (a Saturday), 23, 22 and 21: out on Tuesday 20.
    ['Monday to Saturday', { clearDays: 'monday-to-saturday' }, '2022-09-20'],
    // 26, 25, 24, 23 and 22: out on Wednesday 21.
    ['all days', { clearDays: 'calendar-day' }, '2022-09-21'],
    // Without 20 and 16 September: 26, 23, 22, 21 and 15.
    ['working days without days of public mourning', { notClear: MOURNING }, '2022-09-14'],
    [
      'all days without days of public mourning',
      { clearDays: 'calendar-day', notClear: [{ date: '2022-09-24', title: 'x' }] },
      '2022-09-20',
    ],
  ])('%s', (_what, papers, out) => {
    expect(by(papers)).toBe(out);
  });

  test('count alike, whichever way they are walked', () => {
    for (const meeting of ['2027-01-05', '2026-04-07', '2026-06-01', '2026-08-31'])
      expect(by({ notClear: [{ date: '2001-01-01', title: 'long ago' }] }, meeting)).toBe(by({}, meeting));
  });
});

/** The notices that a promise to Cabinet needs before its meeting on Tuesday 14 June 2016: title, last day, who gives it. */
function noticesOf(promise: object): string[][] {
  const given = startOf({ commitments: [{ rule: 'cabinet-update', body: 'cabinet', ...promise }] });
  const bodies = given.facts.authority.bodies.map((each) => ({
    ...each,
    papers: {
      agendaClearDays: 5,
      clearDays: 'working-day' as const,
      closureDays: false,
      officer: 'democratic-services',
    },
  }));
  const story = new Story(
    { ...given, facts: { ...given.facts, authority: { ...given.facts.authority, bodies } } },
    '2016-02-22T10:00:00.000Z',
  );
  const notices = Object.values(story.milestones).filter(({ id }) =>
    /-(notice|private-statement)$/.test(id.replace(/-\d+$/, '')),
  );
  return notices.map(({ title, due, owner }) => [title.split(':')[0] ?? '', due, owner]);
}

describe('by the officer of the body’s papers', () => {
  test('what is to be decided in private has its two notices', () => {
    expect(noticesOf({ inPrivate: true })).toEqual([
      ['Give notice that it is to be in private', '2016-05-16', 'democratic-services'],
      ['Give the second notice of the private meeting', '2016-06-06', 'democratic-services'],
    ]);
  });

  test('a key decision has its notice, by general exception where the file says why', () => {
    expect(noticesOf({ key: true })).toEqual([
      ['Give notice of the key decision', '2016-05-16', 'democratic-services'],
    ]);
    // Clear: 13, 10, 9, 8 and 7 June.
    expect(noticesOf({ key: true, generalException: 'the report came late' })).toEqual([
      ['Give notice by general exception', '2016-06-06', 'democratic-services'],
    ]);
  });
});

describe('when a decision that nobody has called in takes effect', () => {
  test.each([
    // Central Bedfordshire, published on 3 August 2017, effective on 11 August.
    [
      'eight days to midday, the same day',
      { window: { n: 8, unit: 'calendar-day' }, closes: '12:00', takesEffect: 'same-day' },
      '2017-08-03',
      '2017-08-11',
    ],
    [
      'to midday, where the constitution does not free the rest of the day',
      { closes: '12:00' },
      '2017-08-03',
      '2017-08-11',
    ],
    [
      'to the end of the day: never that day, whatever is said',
      { takesEffect: 'same-day' },
      '2017-08-03',
      '2017-08-11',
    ],
    [
      'the same day, where that is a day off: the next working day',
      { window: { n: 9, unit: 'calendar-day' }, closes: '12:00', takesEffect: 'same-day' },
      '2017-08-03',
      '2017-08-14',
    ],
  ])('%s', (_what, callIn, published, effective) => {
    const own = constitution(callIn);
    expect(freeFrom(windowOn({ on: published }, own, closed), own, closed)).toBe(effective);
  });
});

describe('the time of a publication', () => {
  test.each([
    ['without a cut-off it makes no difference', {}, '17:30', '2017-08-10', 'makes no difference'],
    ['at the cut-off it counts from its day', { publicationCutOff: '17:00' }, '17:00', '2017-08-10', undefined],
    [
      'after it, from the next working day',
      { publicationCutOff: '17:00' },
      '17:01',
      '2017-08-11',
      'It was published at 17:01, after 17:00, so it counts from the next working day, Friday 4 August 2017.',
    ],
    [
      'a time that is not known is taken to be within the day',
      { publicationCutOff: '17:00' },
      undefined,
      '2017-08-10',
      'At what time it was published is not on file: after 17:00 it would count from the next working day, and it is taken to have been before.',
    ],
  ])('%s', (_what, callIn, at, due, said) => {
    // Thursday 3 August 2017.
    const window = windowOn({ on: '2017-08-03', at }, constitution(callIn), closed);
    expect(window.due).toBe(due);
    const sentences = window.explanation.filter((each) => /^(It was published at|At what time)/.test(each)).join();
    if (said === undefined) expect(sentences).toBe('');
    else expect(sentences).toContain(said);
  });
});

test('what happens where scrutiny does not meet in time is said of the review, and of the decision', () => {
  const own = constitution({
    scrutinyWithin: { n: 10, unit: 'working-day' },
    otherwise: 'the decision takes effect on the eleventh working day.',
  });
  const given = startOf({
    decisions: [{ id: 'd0', title: 'Agree', takenOn: '2016-02-22', publishedOn: '2016-02-22' }],
  });
  const story = new Story(
    { ...given, facts: { ...given.facts, constitution: own } },
    '2016-02-23T10:00:00.000Z',
  ).command({ name: 'callIn', payload: { decision: 'd0', by: 'five members', reasons: 'the costs' } }, administrator);
  expect(story.milestones['call-in-window/d0-review']?.act).toContain(
    'Where it does not meet in time: the decision takes effect on the eleventh working day.',
  );
  const [decision] = story.state.facts.inspection.decisions;
  if (decision === undefined) throw new Error('no decision');
  expect(decisionStanding(decision, story.state.facts, closed, story.now).why).toBe(
    'It was called in on Tuesday 23 February 2016, and scrutiny has not considered it yet. Where it does not meet in time: the decision takes effect on the eleventh working day.',
  );
});

test('a visit whose days are known comes on these, and is never late', () => {
  const given = startOf({
    framework: 'ilacs-2018',
    judgements: [{ area: 'Overall', grade: 'Inadequate' }],
    commitments: [
      {
        rule: 'monitoring-visit',
        every: { dates: ['2016-06-21', '2016-10-11'] },
        setBy: 'Ofsted’s letter of 3 March 2016',
        owner: 'director',
      },
    ],
  });
  const [rule] = given.facts.rules;
  if (rule === undefined) throw new Error('no rule');
  const visit = {
    ...rule,
    ...{
      id: 'monitoring-visit',
      strand: 'other-reporting' as const,
      title: 'Be ready for the visit',
      strength: 'guidance' as const,
    },
    ...{
      period: { n: 3, unit: 'month' as const, convention: 'after' as const },
      repeats: true,
      nature: 'of-others' as const,
      readings: [],
    },
    ladder: { before: [10], after: [], repeatEvery: 0 },
  };
  const story = new Story({ ...given, facts: { ...given.facts, rules: [visit] } }, '2016-03-04T10:00:00.000Z');
  const visits = () => Object.values(story.milestones).filter(({ strand }) => strand === 'other-reporting');
  expect(visits().map(({ due }) => due)).toEqual(['2016-06-21', '2016-10-11']);
  expect(visits()[0]?.explanation.join(' ')).toContain('It is not the council’s own act');
  story.until('2016-06-23T12:00:00.000Z');
  expect(story.entries.filter(({ kind }) => kind === 'milestone-missed')).toEqual([]);
  expect(visits().map(({ due }) => due)).toEqual(['2016-10-11']);
});

describe('a window in a list', () => {
  const row: Parameters<typeof windowInWords>[0] = {
    strand: 'call-in-window',
    title: 'Call-in window: Agree the plan',
    standing: 'completed',
    endedAt: '2016-05-13T10:00:00.000Z',
    dueAt: '2016-05-18T23:00:00.000Z',
  };
  test.each<[string, Partial<Parameters<typeof windowInWords>[0]>, string | undefined]>([
    ['called in before it closed', {}, 'Called in'],
    ['closed by the clock', { endedAt: row.dueAt }, 'Window closed'],
    ['open', { standing: 'open' }, undefined],
    ['another duty about a decision', { title: 'Scrutiny considers the call-in: Agree the plan' }, undefined],
    ['a duty of another strand', { strand: 'improvement-actions' }, undefined],
  ])('%s', (_what, change, words) => {
    expect(windowInWords({ ...row, ...change })).toBe(words);
  });
});
