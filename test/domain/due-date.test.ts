import { describe, expect, test } from 'vitest';
import { type DueQuestion, dueDate, stricterReading } from '../../domain/plan/due-date.ts';
import type { Citation } from '../../domain/schemas/common.ts';
import { calendar } from '../support/facts.ts';

// A due date with all that it says of itself: each sentence is there where it is true, and nowhere else.

const question = (parts: Partial<DueQuestion> = {}): DueQuestion => ({
  period: { n: 5, unit: 'working-day', convention: 'after' },
  trigger: { event: 'report-received', date: '2016-02-19' },
  roll: 'none',
  cutOff: '24:00',
  ...parts,
});
const days = (n: number): DueQuestion['period'] => ({ n, unit: 'calendar-day', convention: 'after' });
const months = (n: number): DueQuestion['period'] => ({ n, unit: 'month', convention: 'after' });
const answer = (parts: Partial<DueQuestion> = {}) => dueDate(question(parts), calendar);
/** All that is said between the event and the instant at which it is late. */
const said = (parts: Partial<DueQuestion>) => answer(parts).explanation.slice(1, -1);

describe('a due date says', () => {
  test('what set it off, how it was counted, what was passed over and when it is late', () => {
    expect(answer()).toEqual({
      due: '2016-02-26',
      dueAt: '2016-02-27T00:00:00.000Z',
      provisional: false,
      explanation: [
        'The report was received on Friday 19 February 2016.',
        '5 working days after that day, which is not counted itself: Friday 26 February 2016.',
        'Saturdays and Sundays are not counted; no bank holiday falls in between.',
        'It is late after midnight at the end of Friday 26 February 2016.',
      ],
    });
  });

  test('that another event stands in, by what the file does not say', () => {
    const of = (event: DueQuestion['trigger']['event']) =>
      answer({ trigger: { event, date: '2016-02-19', standsInFor: 'report-received' } }).explanation[0];
    expect(of('report-published')).toBe(
      'The report was published on Friday 19 February 2016; when it was received is not on file, so this date stands in for it.',
    );
    const other = answer({
      trigger: { event: 'report-published', date: '2016-02-19', standsInFor: 'notice-received' },
    });
    expect(other.explanation[0]).toContain('; when the event itself was is not on file,');
  });

  test.each([
    ['2016-02-19', 'beginning with that day, so that it is day 1'],
    ['2016-02-20', 'beginning with that day: '],
  ])('from %s on: %s, only where it is a working day', (date, said) => {
    const period = { n: 5, unit: 'working-day', convention: 'beginning-with' } as const;
    expect(answer({ trigger: { event: 'report-received', date }, period }).explanation.join(' ')).toContain(said);
  });

  test('a date that somebody set alone, and does not say that it was counted', () => {
    const set = { trigger: { event: 'action-date', date: '2016-02-19' }, period: days(0) } as const;
    expect(answer(set).explanation).toEqual([
      'The council set the date itself: Friday 19 February 2016.',
      'It is late after midnight at the end of Friday 19 February 2016.',
    ]);
  });

  test('that it is provisional, where the holidays of its year are not published', () => {
    const published = calendar.publishedUntil;
    const on = (date: string) => answer({ trigger: { event: 'report-received', date }, period: days(0) });
    expect(on(published).provisional).toBe(false);
    expect(on(published).explanation.join()).not.toContain('Provisional');
    const after = on(`${Number(published.slice(0, 4)) + 1}-06-01`);
    expect(after.provisional).toBe(true);
    expect(after.explanation.at(-1)).toMatch(
      /^Provisional: the bank holidays are published up to .+; later ones are projected and may change\.$/,
    );
  });
});

describe('a receipt', () => {
  const at = (time: string | undefined, receiptCutOff: string | undefined) =>
    answer({
      trigger: { event: 'report-received', date: '2016-02-19', ...(time === undefined ? {} : { time }) },
      ...(receiptCutOff === undefined ? {} : { receiptCutOff }),
    });
  test.each([
    ['15:00', '16:00', '2016-02-26'],
    // The cut-off itself is in time.
    ['16:00', '16:00', '2016-02-26'],
    ['16:01', '16:00', '2016-02-29'],
    ['16:01', undefined, '2016-02-26'],
    [undefined, '16:00', '2016-02-26'],
  ])('at %s, cut off at %s: %s', (time, cutOff, due) => {
    expect(at(time, cutOff).due).toBe(due);
    const said = at(time, cutOff).explanation.join(' ');
    expect(said.includes('so it counts from the next working day')).toBe(due === '2016-02-29');
    // A time that no rule asks about is said to be of no use.
    expect(said.includes('which makes no difference')).toBe(time !== undefined && cutOff === undefined);
  });

  test('after the cut-off says from which day it counts', () => {
    expect(at('17:30', '16:00').explanation[1]).toBe(
      'It came at 17:30, after 16:00, so it counts from the next working day, Monday 22 February 2016.',
    );
  });
});

describe('what was passed over', () => {
  const trigger = (date: string): Pick<DueQuestion, 'trigger'> => ({ trigger: { event: 'report-received', date } });
  const working = (n: number, convention: DueQuestion['period']['convention'] = 'after'): DueQuestion['period'] => ({
    n,
    unit: 'working-day',
    convention,
  });
  const EASTER =
    'Saturdays and Sundays are not counted, nor Good Friday (Fri 25 March 2016), Easter Monday (Mon 28 March 2016).';
  const NONE = 'Saturdays and Sundays are not counted; no bank holiday falls in between.';

  test.each<[string, Partial<DueQuestion>, string[]]>([
    ['over Easter, forwards', { ...trigger('2016-03-24'), period: working(2) }, [EASTER]],
    ['over Easter, backwards', { ...trigger('2016-03-30'), period: working(2, 'clear-before') }, [EASTER]],
    ['up to the day before Easter', { ...trigger('2016-03-23'), period: working(1) }, [NONE]],
    // Counted from the day itself: it is day 1, and is passed over like any other day off.
    [
      'beginning with a holiday',
      { ...trigger('2016-03-25'), period: working(2, 'beginning-with') },
      ['Friday 25 March 2016 is not a working day; counting starts with the next one.', EASTER],
    ],
    [
      'after a holiday, which is not counted anyway',
      { ...trigger('2016-03-28'), period: working(2) },
      ['Monday 28 March 2016 is not a working day; counting starts with the next one.', NONE],
    ],
    [
      'after a Saturday',
      { ...trigger('2016-02-20'), period: working(2) },
      ['Saturday 20 February 2016 is not a working day; counting starts with the next one.', NONE],
    ],
    ['in days, nothing', { ...trigger('2016-03-24'), period: days(7) }, []],
    ['in no working days at all, nothing', { ...trigger('2016-03-24'), period: working(0) }, []],
  ])('%s', (_what, parts, sentences) => {
    expect(said(parts).slice(1)).toEqual(sentences);
  });
});

describe('a cycle', () => {
  test('is counted from its beginning each time, and says which round it is', () => {
    const round = (times: number | undefined) =>
      answer({
        trigger: { event: 'report-received', date: '2015-11-30' },
        period: months(3),
        ...(times === undefined ? {} : { round: { number: times, times, on: '', why: [] } }),
      });
    // The third from 30 November is 30 August, though the first is clamped to 29 February.
    expect([1, 2, 3].map((times) => round(times).due)).toEqual(['2016-02-29', '2016-05-30', '2016-08-30']);
    expect(round(2).explanation[1]).toBe(
      '6 months after that day, which is not counted itself (round 2 of a cycle of 3 months, always counted from that day): Monday 30 May 2016.',
    );
    expect(round(undefined).explanation[1]).toBe(
      '3 months after that day, which is not counted itself: Monday 29 February 2016.',
    );
  });
});

describe('a date on a day off', () => {
  test.each([
    ['2016-05-30', 'none', '2016-05-30', undefined],
    ['2016-05-30', 'next', '2016-05-31', 'the rule moves it to the next one, Tuesday 31 May 2016.'],
    ['2016-05-30', 'previous', '2016-05-27', 'the rule moves it to the previous one, Friday 27 May 2016.'],
    ['2016-05-27', 'next', '2016-05-27', undefined],
    ['2016-05-27', 'previous', '2016-05-27', undefined],
  ] as const)('%s, rolled to the %s working day: %s', (date, roll, due, sentence) => {
    const parts = { trigger: { event: 'report-received', date }, period: days(0), roll } as const;
    expect(answer(parts).due).toBe(due);
    expect(said(parts).slice(1)).toEqual(
      sentence === undefined ? [] : [`Monday 30 May 2016 is not a working day; ${sentence}`],
    );
  });
});

describe('what goes to a meeting', () => {
  const body = 'Cabinet';
  /** Counted to Tuesday 10 May, three months after 10 February. */
  const going = (meetings: NonNullable<DueQuestion['meetings']>, roll: DueQuestion['roll'] = 'none') => {
    const parts: Partial<DueQuestion> = {
      trigger: { event: 'report-received', date: '2016-02-10' },
      period: months(3),
      meetings,
      roll,
    };
    const { due, written } = answer(parts);
    return { due, written: written ?? false, said: said(parts).slice(1) };
  };
  const cancelled = (on: string) => ({ on, cancelled: 'no quorum' });
  const off = (day: string) => `The meeting of Cabinet on ${day} does not take place: no quorum.`;
  const written = { title: 'Written report' };
  const TAKES_OVER = 'No other meeting is left before the next round, so the written route takes over: Written report.';
  const NONE = 'No meeting of Cabinet is on file on or after that day.';

  test.each<[string, NonNullable<DueQuestion['meetings']>, string, boolean, string[]]>([
    [
      'is due on that day',
      { body, meetings: [{ on: '2016-05-10' }] },
      '2016-05-10',
      false,
      ['Cabinet meets that day.'],
    ],
    [
      'is due on the next, not on one before',
      { body, meetings: [{ on: '2016-05-09' }, { on: '2016-05-24' }, { on: '2016-06-21' }] },
      '2016-05-24',
      false,
      ['Moved to the next meeting of Cabinet, on Tuesday 24 May 2016.'],
    ],
    [
      'is due before where it may be, at the last meeting after the event',
      {
        body,
        meetings: [{ on: '2016-02-10' }, { on: '2016-04-12' }, { on: '2016-05-09' }, { on: '2016-05-24' }],
        orBefore: true,
      },
      '2016-05-09',
      false,
      ['Cabinet meets before that, on Monday 9 May 2016.'],
    ],
    [
      'is due on the next where it may be before, and none is',
      { body, meetings: [{ on: '2016-02-10' }, cancelled('2016-04-12'), { on: '2016-05-24' }], orBefore: true },
      '2016-05-24',
      false,
      ['Moved to the next meeting of Cabinet, on Tuesday 24 May 2016.'],
    ],
    ['stays where none is on file', { body, meetings: [{ on: '2016-05-09' }] }, '2016-05-10', false, [NONE]],
    [
      'passes over one that was cancelled, and not over those before or after',
      {
        body,
        meetings: [cancelled('2016-05-09'), cancelled('2016-05-10'), { on: '2016-05-24' }, cancelled('2016-06-07')],
      },
      '2016-05-24',
      false,
      [off('Tuesday 10 May 2016'), 'Moved to the next meeting of Cabinet, on Tuesday 24 May 2016.'],
    ],
    [
      'goes by the written route where none is left',
      { body, meetings: [cancelled('2016-05-24')], written },
      '2016-05-10',
      true,
      [off('Tuesday 24 May 2016'), TAKES_OVER],
    ],
    [
      'goes by the written route where the next one is that of the next round',
      {
        body,
        meetings: [cancelled('2016-05-24'), { on: '2016-08-10' }],
        written: { ...written, before: '2016-08-10' },
      },
      '2016-05-10',
      true,
      [off('Tuesday 24 May 2016'), TAKES_OVER],
    ],
    [
      'goes to a meeting on the day before the next round',
      {
        body,
        meetings: [cancelled('2016-05-24'), { on: '2016-08-09' }],
        written: { ...written, before: '2016-08-10' },
      },
      '2016-08-09',
      false,
      [off('Tuesday 24 May 2016'), 'Moved to the next meeting of Cabinet, on Tuesday 9 August 2016.'],
    ],
    [
      'does not go by the written route because a meeting of the next round is cancelled',
      { body, meetings: [cancelled('2016-08-10')], written: { ...written, before: '2016-08-10' } },
      '2016-05-10',
      false,
      [NONE],
    ],
    [
      'goes to the next meeting though one of the next round, before it, is cancelled',
      {
        body,
        meetings: [cancelled('2016-08-10'), { on: '2016-09-06' }],
        written: { ...written, before: '2016-08-10' },
      },
      '2016-09-06',
      false,
      ['Moved to the next meeting of Cabinet, on Tuesday 6 September 2016.'],
    ],
    ['does not where nothing was cancelled', { body, meetings: [], written }, '2016-05-10', false, [NONE]],
    [
      'has no written route where the council names none',
      { body, meetings: [cancelled('2016-05-24')] },
      '2016-05-10',
      false,
      [off('Tuesday 24 May 2016'), NONE],
    ],
  ])('%s', (_what, meetings, due, byLetter, sentences) => {
    expect(going(meetings)).toEqual({ due, written: byLetter, said: sentences });
  });

  test('is rolled by the rule where there is no meeting, and never where there is one', () => {
    const sunday = (meetings: NonNullable<DueQuestion['meetings']>['meetings'], route?: typeof written) =>
      answer({
        trigger: { event: 'report-received', date: '2016-02-15' },
        period: months(3),
        roll: 'next',
        meetings: { body, meetings, ...(route === undefined ? {} : { written: route }) },
      }).due;
    expect(sunday([])).toBe('2016-05-16');
    expect(sunday([cancelled('2016-05-24')], written)).toBe('2016-05-16');
    expect(sunday([{ on: '2016-05-15' }])).toBe('2016-05-15');
  });
});

describe('the stricter reading', () => {
  const citation = (cite: string): Citation => ({ cite, confidence: 'M' });
  const other = (n: number) => ({
    id: `of-${n}`,
    period: { ...question().period, n },
    citation: citation(`reading of ${n}`),
  });
  const of = (...ns: number[]) =>
    stricterReading({ ...question(), readings: ns.map(other) }, question(), answer(), calendar);

  test.each<[number[], string | undefined]>([
    [[], undefined],
    [[7], undefined],
    // The same day is no stricter.
    [[5], undefined],
    [[4], '2016-02-25'],
    [[4, 2, 3], '2016-02-23'],
  ])('of 5 working days and %j', (ns, due) => {
    expect(of(...ns)?.due).toBe(due);
  });

  test('says when it is late, and whose it is; of two that come to one day the first', () => {
    expect(of(4, 3)).toEqual({
      due: '2016-02-24',
      dueAt: '2016-02-25T00:00:00.000Z',
      why: '3 working days by another reading: reading of 3 (a secondary source was read)',
    });
    const readings = [other(3), { ...other(3), citation: citation('another of 3') }];
    expect(stricterReading({ ...question(), readings }, question(), answer(), calendar)?.why).toContain('reading of 3');
  });
});
