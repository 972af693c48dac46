import { describe, expect, test } from 'vitest';
import { dateIn } from '../../client/web/administration/date-in.ts';
import { calendarIn, meetingsIn } from '../../client/web/administration/meeting-file.ts';

const WITHIN = { only: '', from: '2026-11-26', until: '2027-12-31' };
const read = (text: string, only = '') => meetingsIn({ ...WITHIN, text, only });

test.each([
  ['2026-12-08', '2026-12-08'],
  ['2026-12-08T10:00', '2026-12-08'],
  ['8/12/2026', '2026-12-08'],
  ['08.12.2026 10:00', '2026-12-08'],
  ['Tuesday 8 December 2026', '2026-12-08'],
  ['Tue, 8th Dec 2026', '2026-12-08'],
  ['31/02/2027', undefined],
  ['12/2026', undefined],
  ['8 Smarch 2026', undefined],
  ['Cabinet', undefined],
])('%s is %s', (cell, date) => {
  expect(dateIn(cell)).toBe(date);
});

describe('a table', () => {
  test('of dates under a head, out of order, twice, with what is past', () => {
    const text =
      '\uFEFFBody,Date\r\nCabinet,"Tuesday, 8 December 2026"\r\nCabinet,01/12/2026\nCabinet,8/12/2026\nCabinet,01/10/2026\n';
    expect(read(text)).toEqual({ dates: ['2026-12-01', '2026-12-08'], problems: [] });
  });
  test('says which rows have no date', () => {
    expect(read('Date\n1/12/2026\nto be agreed\n')).toEqual({
      dates: ['2026-12-01'],
      problems: ['Row 3 has no date: to be agreed'],
    });
  });
  test('that is none', () => {
    expect(read('a,"b\n').problems).toHaveLength(1);
  });
});

const calendar = (...events: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((each) => ['BEGIN:VEVENT', each, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

describe('an iCalendar file', () => {
  test('a day, a time in London, a time in UTC that is another day there, one that was cancelled', () => {
    const text = calendar(
      'SUMMARY:Cabinet\r\nDTSTART;VALUE=DATE:20261201',
      'SUMMARY:Cabinet\r\nDTSTART;TZID=Europe/London:20261208T183000',
      'SUMMARY:Cabinet\r\nDTSTART:20270615T233000Z',
      'SUMMARY:Cabinet\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20261215',
    );
    expect(read(text)).toEqual({ dates: ['2026-12-01', '2026-12-08', '2027-06-16'], problems: [] });
  });
  test('what comes round, without what was taken out of it, up to the last known day', () => {
    const text = calendar(
      'SUMMARY:Panel\r\nDTSTART;VALUE=DATE:20260908\r\nRRULE:FREQ=MONTHLY;BYDAY=2TU;COUNT=6\r\nEXDATE;VALUE=DATE:20270112',
      'SUMMARY:Daily for ever\r\nDTSTART;VALUE=DATE:20271230\r\nRRULE:FREQ=DAILY',
    );
    expect(read(text).dates).toEqual(['2026-12-08', '2027-02-09', '2027-12-30', '2027-12-31']);
  });
  test('only the events whose title has some words', () => {
    const text = calendar(
      'SUMMARY:Cabinet meeting\r\nDTSTART;VALUE=DATE:20261201',
      'SUMMARY:Council\r\nDTSTART;VALUE=DATE:20261202',
    );
    expect(read(text, 'cabinet').dates).toEqual(['2026-12-01']);
  });
  describe('of a series, a day that another event speaks of is none of the series', () => {
    const series = (uid: string, summary = 'Cabinet') =>
      `UID:${uid}\r\nSUMMARY:${summary}\r\nDTSTART;TZID=Europe/London:20261208T183000\r\nRRULE:FREQ=WEEKLY;COUNT=4`;
    const instead = (day: string, ...rest: string[]) =>
      ['UID:one', `RECURRENCE-ID${day}`, ...rest, 'SUMMARY:Cabinet'].join('\r\n');
    const MOVED = 'DTSTART;TZID=Europe/London:20261217T183000';
    test.each<[string, string, string[]]>([
      [
        'moved: it counts on its new day',
        instead(';TZID=Europe/London:20261215T183000', MOVED),
        ['2026-12-08', '2026-12-17', '2026-12-22', '2026-12-29'],
      ],
      [
        'moved, its day said in UTC',
        instead(':20261215T183000Z', MOVED),
        ['2026-12-08', '2026-12-17', '2026-12-22', '2026-12-29'],
      ],
      [
        'cancelled',
        instead(';TZID=Europe/London:20261215T183000', MOVED, 'STATUS:CANCELLED'),
        ['2026-12-08', '2026-12-22', '2026-12-29'],
      ],
      [
        'cancelled with all that follow',
        instead(';RANGE=THISANDFUTURE;TZID=Europe/London:20261215T183000', MOVED, 'STATUS:CANCELLED'),
        ['2026-12-08'],
      ],
    ])('%s', (_how, event, dates) => {
      expect(read(calendar(series('one'), event))).toEqual({ dates, problems: [] });
      // Whichever of them comes first in the file.
      expect(read(calendar(event, series('one'))).dates).toEqual(dates);
    });
    test('moved to a day whose own meeting is moved as well', () => {
      const first = instead(';TZID=Europe/London:20261215T183000', 'DTSTART;TZID=Europe/London:20261222T183000');
      const second = instead(';TZID=Europe/London:20261222T183000', 'DTSTART;TZID=Europe/London:20261223T183000');
      expect(read(calendar(series('one'), first, second)).dates).toEqual([
        ...['2026-12-08', '2026-12-22', '2026-12-23', '2026-12-29'],
      ]);
    });
    test('in whose place it is can’t be read: that is told', () => {
      const event = instead(':soon', MOVED);
      expect(read(calendar(series('one'), event)).problems).toEqual(['An event has no day that can be read: Cabinet']);
    });
    test('called otherwise, it is left out with what the words leave out', () => {
      const event = instead(';TZID=Europe/London:20261215T183000', MOVED).replace('SUMMARY:Cabinet', 'SUMMARY:Seminar');
      expect(read(calendar(series('one'), event), 'cabinet').dates).toEqual(['2026-12-08', '2026-12-22', '2026-12-29']);
    });
    test('the day stays in another series', () => {
      const event = instead(';TZID=Europe/London:20261215T183000', MOVED, 'STATUS:CANCELLED');
      expect(read(calendar(series('one'), series('two'), event)).dates).toContain('2026-12-15');
    });
    test('moved with all that follow, it can’t be read, and is told', () => {
      const event = instead(';RANGE=THISANDFUTURE;TZID=Europe/London:20261215T183000', MOVED);
      expect(read(calendar(series('one'), event)).problems).toEqual(['An event has no day that can be read: Cabinet']);
    });
  });
  test('one that is none, and an event without a day', () => {
    expect(read('BEGIN:VCALENDAR\r\nnonsense').problems).toHaveLength(1);
    expect(read(calendar('SUMMARY:When?')).problems).toEqual(['An event has no day that can be read: When?']);
  });
});

describe('what a calendar has called off and moved', () => {
  const said = (...events: string[]) => calendarIn({ ...WITHIN, only: 'cabinet', text: calendar(...events) });
  const SERIES = 'UID:a\r\nSUMMARY:Cabinet\r\nDTSTART;VALUE=DATE:20261208\r\nRRULE:FREQ=WEEKLY;COUNT=4';
  const instead = (day: string, ...rest: string[]) =>
    ['UID:a', 'SUMMARY:Cabinet', `RECURRENCE-ID;VALUE=DATE:${day}`, ...rest].join('\r\n');
  const OFF = 'STATUS:CANCELLED';

  test.each<[string, string[], Partial<ReturnType<typeof calendarIn>>]>([
    [
      'an event of its own',
      ['SUMMARY:Cabinet\r\nDTSTART;VALUE=DATE:20261201', `SUMMARY:Cabinet\r\nDTSTART;VALUE=DATE:20261215\r\n${OFF}`],
      { dates: ['2026-12-01'], cancelled: ['2026-12-15'], moved: [] },
    ],
    [
      'a day of a series',
      [SERIES, instead('20261215', 'DTSTART;VALUE=DATE:20261215', OFF)],
      { dates: ['2026-12-08', '2026-12-22', '2026-12-29'], cancelled: ['2026-12-15'], moved: [] },
    ],
    [
      'a series from a day on',
      [SERIES, instead('20261222', 'DTSTART;VALUE=DATE:20261222', OFF).replace(';VALUE', ';RANGE=THISANDFUTURE;VALUE')],
      { dates: ['2026-12-08', '2026-12-15'], cancelled: ['2026-12-22', '2026-12-29'], moved: [] },
    ],
    [
      'a day that is moved',
      [SERIES, instead('20261215', 'DTSTART;VALUE=DATE:20261217')],
      {
        dates: ['2026-12-08', '2026-12-17', '2026-12-22', '2026-12-29'],
        cancelled: [],
        moved: [{ on: '2026-12-15', to: '2026-12-17' }],
      },
    ],
    [
      'a day that has another meeting after all',
      [`SUMMARY:Cabinet\r\nDTSTART;VALUE=DATE:20261215\r\n${OFF}`, 'SUMMARY:Cabinet\r\nDTSTART;VALUE=DATE:20261215'],
      { dates: ['2026-12-15'], cancelled: [], moved: [] },
    ],
    [
      'what is another body’s, and what is past',
      [
        `SUMMARY:Council\r\nDTSTART;VALUE=DATE:20261215\r\n${OFF}`,
        `SUMMARY:Cabinet\r\nDTSTART;VALUE=DATE:20261103\r\n${OFF}`,
      ],
      { dates: [], cancelled: [], moved: [] },
    ],
  ])('%s', (_what, events, expected) => {
    expect(said(...events)).toEqual({ ...expected, problems: [] });
  });

  test.each(['', '<!doctype html><title>Sign in</title>', 'Date\n1/12/2026\n'])('no calendar: %j', (text) => {
    expect(calendarIn({ ...WITHIN, text }).problems).toEqual(['What is there is not an iCalendar file.']);
  });
});
