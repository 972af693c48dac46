import { describe, expect, it } from 'vitest';
import { withClosureDays } from '../../domain/calendar/calendar-data.ts';
import { createCalendar, trimCalendar } from '../../domain/calendar/working-calendar.ts';
import { dataFor, england, refusal } from './calendars.ts';

const data = dataFor('england-and-wales');
const christmas = [
  { date: '2026-12-29', title: 'Christmas closure' },
  { date: '2026-12-30', title: 'Christmas closure' },
  { date: '2026-12-31', title: 'Christmas closure' },
];

describe('withClosureDays', () => {
  const closed = withClosureDays(data, christmas);

  it('makes the days non-working, and names them where they are skipped', () => {
    expect(england.addWorkingDays('2026-12-24', 1)).toBe('2026-12-29');
    const calendar = createCalendar(closed);
    expect(calendar.addWorkingDays('2026-12-24', 1)).toBe('2027-01-04');
    expect(calendar.skippedHolidays('2026-12-28', '2026-12-29')).toEqual([
      { date: '2026-12-29', title: 'Christmas closure', kind: 'closure' },
    ]);
  });

  it('makes another version for other days, and the same for the same in any order', () => {
    expect(closed.version).toMatch(/^2026-08-21\+closures\.3\.[0-9a-z]+$/);
    expect(withClosureDays(data, christmas.slice(0, 2)).version).not.toBe(closed.version);
    expect(withClosureDays(data, christmas.slice(1)).version).not.toBe(
      withClosureDays(data, christmas.slice(0, 2)).version,
    );
    expect(withClosureDays(data, [...christmas].reverse()).version).toBe(closed.version);
    expect(withClosureDays(data, christmas.slice(0, 1)).version).toBe('2026-08-21+closures.1.i2odxl');
  });

  it('keeps holidays by date, and the data it was given', () => {
    const dates = closed.holidays.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort());
    expect(data.holidays).toHaveLength(closed.holidays.length - 3);
  });

  it('leaves a holiday a holiday, and the data alone where nothing is added', () => {
    const onChristmas = [{ date: '2026-12-25', title: 'Closed' }];
    expect(withClosureDays(data, onChristmas)).toBe(data);
    expect(withClosureDays(data, [])).toBe(data);
    const twice = [...christmas.slice(0, 1), { date: '2026-12-29', title: 'Again' }];
    expect(withClosureDays(data, twice)).toEqual(withClosureDays(data, christmas.slice(0, 1)));
  });

  it('refuses a day that does not exist or lies outside the calendar', () => {
    const close = (date: string) => () => withClosureDays(data, [{ date, title: 'Closed' }]);
    expect(refusal(close('2026-02-29'))).toContain('invalid-date');
    expect(refusal(close('2041-01-02'))).toContain('out-of-range: Closed on 2041-01-02');
    expect(refusal(close('2005-12-30'))).toContain('out-of-range');
  });
});

describe('trimCalendar', () => {
  const trimmed = trimCalendar(data, '2016-02-19', '2017-02-19');

  it('keeps whole years and the version', () => {
    expect([trimmed.from, trimmed.until]).toEqual(['2016-01-01', '2017-12-31']);
    expect(trimmed.version).toBe(data.version);
    expect(trimmed.publishedUntil).toBe(data.publishedUntil);
    expect(trimmed.holidays).toHaveLength(16);
    expect(JSON.stringify(trimmed).length).toBeLessThan(JSON.stringify(data).length / 10);
  });

  it('gives the same dates, and refuses the years it left out', () => {
    const calendar = createCalendar(trimmed);
    expect(calendar.addWorkingDays('2016-02-19', 90)).toBe('2016-06-30');
    expect(refusal(() => calendar.addWorkingDays('2017-12-01', 90))).toContain('out-of-range');
    expect(refusal(() => calendar.addWorkingDays('2015-12-17', 1))).toContain('out-of-range');
  });

  it('does not make up years that are not known', () => {
    const edges = trimCalendar(data, '1999-01-01', '2050-01-01');
    expect([edges.from, edges.until]).toEqual([data.from, data.until]);
    expect(refusal(() => trimCalendar(data, '2041-01-01', '2042-01-01'))).toBe(
      'out-of-range: No holidays are known from 2041-01-01 to 2042-01-01; they are known from 2006-01-01 to 2040-12-31 in the calendar for england-and-wales',
    );
    expect(refusal(() => trimCalendar(data, '2000-01-01', '2005-12-31'))).toContain('out-of-range');
  });

  it('refuses an end before its beginning and dates that do not exist', () => {
    expect(refusal(() => trimCalendar(data, '2016-06-30', '2016-02-19'))).toContain('out-of-range');
    expect(refusal(() => trimCalendar(data, '2015-02-29', '2016-02-19'))).toContain('invalid-date');
    expect(refusal(() => trimCalendar(data, '2015-02-28', '2016'))).toContain('invalid-date');
  });
});
