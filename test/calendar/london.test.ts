import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { addDays, fromEpochDay, toEpochDay } from '../../domain/calendar/civil-date.ts';
import { formatInstant, formatTime, instantAt, localDate, localTime } from '../../domain/calendar/london.ts';
import { refusal } from './calendars.ts';
import { runs } from '../support/runs.ts';

describe('instantAt', () => {
  it.each([
    ['summer', '2016-06-30', '17:00', '2016-06-30T16:00:00.000Z'],
    ['the end of a summer day', '2016-06-30', '24:00', '2016-06-30T23:00:00.000Z'],
    ['winter', '2016-02-19', '17:00', '2016-02-19T17:00:00.000Z'],
    ['the end of a year', '2016-12-31', '24:00', '2017-01-01T00:00:00.000Z'],

    ['spring: the day begins in winter time', '2016-03-27', '00:00', '2016-03-27T00:00:00.000Z'],
    ['spring: before the gap', '2016-03-27', '00:59', '2016-03-27T00:59:00.000Z'],
    ['spring: the gap moves forward', '2016-03-27', '01:00', '2016-03-27T01:00:00.000Z'],
    ['spring: in the gap', '2016-03-27', '01:30', '2016-03-27T01:30:00.000Z'],
    ['spring: the gap ends', '2016-03-27', '01:59', '2016-03-27T01:59:00.000Z'],
    ['spring: after the gap', '2016-03-27', '02:00', '2016-03-27T01:00:00.000Z'],
    ['spring: office hours', '2016-03-27', '09:00', '2016-03-27T08:00:00.000Z'],
    ['spring: the day ends in summer time', '2016-03-27', '24:00', '2016-03-27T23:00:00.000Z'],
    ['spring: the day before ends in winter time', '2016-03-26', '24:00', '2016-03-27T00:00:00.000Z'],

    ['autumn: the day begins in summer time', '2016-10-30', '00:00', '2016-10-29T23:00:00.000Z'],
    ['autumn: before the overlap', '2016-10-30', '00:59', '2016-10-29T23:59:00.000Z'],
    ['autumn: the first of two', '2016-10-30', '01:00', '2016-10-30T00:00:00.000Z'],
    ['autumn: the first of two', '2016-10-30', '01:59', '2016-10-30T00:59:00.000Z'],
    ['autumn: after the overlap', '2016-10-30', '02:00', '2016-10-30T02:00:00.000Z'],
    ['autumn: the day ends in winter time', '2016-10-30', '24:00', '2016-10-31T00:00:00.000Z'],
    ['autumn: the day before ends in summer time', '2016-10-29', '24:00', '2016-10-29T23:00:00.000Z'],

    ['summer time all year, 1968 to 1971', '1970-01-01', '12:00', '1970-01-01T11:00:00.000Z'],
  ])('%s: %s %s', (_, date, time, instant) => {
    expect(instantAt(date, time)).toBe(instant);
  });

  it('shows a time in the gap as the time an hour later', () => {
    expect(localTime(instantAt('2016-03-27', '01:30'))).toBe('02:30');
  });

  it('comes back as its date and time, on any day', () => {
    // From 1972 to 1980 clocks went forward at 02:00, which those days lack; since 1981 at 01:00.
    const anyDate = fc.integer({ min: toEpochDay('1981-01-01'), max: toEpochDay('2060-12-31') });
    const anyTime = fc.constantFrom('00:00', '00:30', '02:00', '09:00', '12:00', '16:59', '23:59');
    fc.assert(
      fc.property(anyDate.map(fromEpochDay), anyTime, (date, time) => {
        expect(localDate(instantAt(date, '09:00'))).toBe(date);
        expect([localDate(instantAt(date, time)), localTime(instantAt(date, time))]).toEqual([date, time]);
        expect(instantAt(date, '24:00')).toBe(instantAt(addDays(date, 1), '00:00'));
      }),
      runs(300),
    );
  });

  it.each(['25:00', '24:01', '9:00', '09:60', '0900', '09:00:00', '', ' 09:00', '09:00\n', 'noon'])(
    'refuses %j',
    (time) => {
      expect(refusal(() => instantAt('2016-06-30', time))).toMatch(
        /^invalid-time: .* is not a time of day; write times as HH:MM from 00:00 to 24:00/,
      );
    },
  );

  it('refuses a date that does not exist', () => {
    expect(refusal(() => instantAt('2015-02-29', '09:00'))).toContain('invalid-date');
  });
});

describe('localDate and localTime', () => {
  it.each([
    ['2016-06-30T22:59:59.999Z', '2016-06-30', '23:59'],
    ['2016-06-30T23:00:00.000Z', '2016-07-01', '00:00'],
    ['2016-07-01T00:00:00+01:00', '2016-07-01', '00:00'],
    ['2016-06-30T18:00-05:00', '2016-07-01', '00:00'],
    ['2016-12-31T23:59:59Z', '2016-12-31', '23:59'],
    ['2016-03-27T00:59:59.999Z', '2016-03-27', '00:59'],
    ['2016-03-27T01:00:00.000Z', '2016-03-27', '02:00'],
    ['2016-10-29T22:59:00.000Z', '2016-10-29', '23:59'],
    ['2016-10-29T23:00:00.000Z', '2016-10-30', '00:00'],
    ['2016-10-30T00:30:00.000Z', '2016-10-30', '01:30'],
    ['2016-10-30T01:30:00.000Z', '2016-10-30', '01:30'],
    ['2016-10-30T23:59:00.000Z', '2016-10-30', '23:59'],
  ])('%s is %s at %s', (instant, date, time) => {
    expect([localDate(instant), localTime(instant)]).toEqual([date, time]);
  });

  it('take milliseconds since 1970 as well', () => {
    const ms = Date.UTC(2016, 5, 30, 23, 0, 0, 289);
    expect([localDate(ms), localTime(ms)]).toEqual(['2016-07-01', '00:00']);
  });

  it('say what Intl says, every half hour of two years and at any instant of a century', () => {
    const reference = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/London',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const agree = (ms: number) => {
      const ours = `${localDate(ms)} ${localTime(ms)}`;
      if (ours !== reference.format(ms)) throw new Error(`${ours} is not ${reference.format(ms)}`);
    };
    for (let ms = Date.UTC(2016, 0, 1); ms < Date.UTC(2018, 0, 1); ms += 30 * 60_000) agree(ms);
    const anyInstant = fc.integer({ min: Date.UTC(1920, 0, 1), max: Date.UTC(2060, 0, 1) });
    fc.assert(fc.property(anyInstant, agree), runs(1000));
  });

  it.each([
    '2016-06-30T23:00:00',
    '2016-06-30',
    '2015-02-29T23:00:00Z',
    '2016-06-30T24:00:00Z',
    '2016-06-30 23:00:00Z',
    '2016-06-30T23:00:00+0100',
    'tomorrow',
    NaN,
    Infinity,
    8.64e18,
  ])('refuse %s, which is no instant', (instant) => {
    for (const read of [localDate, localTime, formatInstant]) {
      expect(refusal(() => read(instant))).toMatch(
        /^invalid-time: .* is not an instant; write instants as ISO 8601 with a zone/,
      );
    }
  });
});

describe('in words', () => {
  it.each([
    ['2016-06-30T23:00:00.000Z', 'midnight at the end of Thursday 30 June 2016'],
    ['2016-06-30T16:00:00.000Z', '5:00pm on Thursday 30 June 2016'],
    ['2016-06-30T11:00:00.000Z', 'midday on Thursday 30 June 2016'],
    ['2016-01-01T00:00:00.000Z', 'midnight at the end of Thursday 31 December 2015'],
    ['2010-11-06T00:00:00.000Z', 'midnight at the end of Friday 5 November 2010'],
    ['2016-03-27T01:00:00.000Z', '2:00am on Sunday 27 March 2016'],
    ['2016-06-29T23:01:30.000Z', '12:01am on Thursday 30 June 2016'],
  ])('%s is %s', (instant, words) => expect(formatInstant(instant)).toBe(words));

  it.each([
    ['16:00', '4:00pm'],
    ['09:05', '9:05am'],
    ['12:00', 'midday'],
    ['12:30', '12:30pm'],
    ['00:15', '12:15am'],
    ['00:00', 'midnight at the start of the day'],
    ['24:00', 'midnight at the end of the day'],
  ])('%s is %s', (time, words) => expect(formatTime(time)).toBe(words));

  it('refuses what is no time', () => {
    expect(refusal(() => formatTime('4pm'))).toContain('invalid-time');
  });
});
