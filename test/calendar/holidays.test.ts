import { describe, expect, it } from 'vitest';
import { isCivilDate, weekday } from '../../domain/calendar/civil-date.ts';
import { calendarFromFeed, projectHolidays } from '../../domain/calendar/holidays.ts';
import type { Division } from '../../domain/calendar/working-calendar.ts';
import { createCalendar, divisions } from '../../domain/calendar/working-calendar.ts';
import published from './fixtures/govuk-bank-holidays-2019-2028.json' with { type: 'json' };
import { allYears, everyDivisionAndYear, feed, refusal } from './calendars.ts';

const datesOf = (division: Division, year: number): string[] =>
  feed[division].events.map(({ date }) => date).filter((date) => date.startsWith(`${year}-`));

describe('the feed', () => {
  it.each(divisions)('has what GOV.UK published for %s, 2019 to 2028', (division) => {
    const dates = feed[division].events
      .map(({ date }) => date)
      .filter((date) => date >= '2019-01-01' && date <= '2028-12-31');
    expect(dates).toEqual(published.divisions[division]);
  });

  it.each(divisions)('has days that exist, on weekdays, in order and once, for %s', (division) => {
    const dates = feed[division].events.map(({ date }) => date);
    expect(feed[division].division).toBe(division);
    expect(dates.filter((date) => !isCivilDate(date))).toEqual([]);
    expect(dates.filter((date) => [0, 6].includes(weekday(date)))).toEqual([]);
    expect(dates).toEqual([...new Set(dates)].sort());
    expect([dates[0]?.slice(0, 4), dates.at(-1)?.slice(0, 4)]).toEqual(['2006', '2040']);
  });

  it.each(divisions)('says "Projected" exactly after the published days, for %s', (division) => {
    for (const { date, notes } of feed[division].events) {
      expect([date, notes === 'Projected']).toEqual([date, date > feed.publishedUntil]);
      expect(['', 'Substitute day', 'Extra bank holiday', 'Projected']).toContain(notes);
    }
  });

  it('has one source for each year, with how sure it is', () => {
    for (const year of allYears) {
      const sources = feed.sources.filter((s) => s.firstYear <= year && year <= s.lastYear);
      expect([year, sources.length]).toEqual([year, 1]);
      const projected = `${year}-12-31` > feed.publishedUntil;
      expect(sources[0]?.confidence).toMatch(projected ? /^projected$/ : /^(high|medium)$/);
    }
  });
});

/** Where the days of a year are not those of the standing rules: days moved or added by proclamation, for that year only. */
const proclaimed: Record<string, { instead: string[]; rule: string[]; only?: Division }> = {
  2011: { instead: ['2011-04-29'], rule: [] },
  2012: { instead: ['2012-06-04', '2012-06-05'], rule: ['2012-05-28'] },
  2020: { instead: ['2020-05-08'], rule: ['2020-05-04'] },
  2022: { instead: ['2022-06-02', '2022-06-03', '2022-09-19'], rule: ['2022-05-30'] },
  2023: { instead: ['2023-05-08'], rule: [] },
  2026: { instead: ['2026-06-15'], rule: [], only: 'scotland' },
};

describe('projectHolidays', () => {
  it.each(everyDivisionAndYear)(
    'gives the days of $division in $year, but for those proclaimed',
    ({ division, year }) => {
      const special = proclaimed[year];
      const applies = special !== undefined && (special.only ?? division) === division;
      const projected = projectHolidays(division, year).map(({ date }) => date);
      const known = datesOf(division, year);
      const added = known.filter((date) => !projected.includes(date));
      const dropped = projected.filter((date) => !known.includes(date));
      expect({ added, dropped }).toEqual({
        added: applies ? special.instead : [],
        dropped: applies ? special.rule : [],
      });
    },
  );

  it.each([
    ['england-and-wales', 2029, '01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26'],
    ['england-and-wales', 2033, '01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27'],
    ['scotland', 2033, '01-03 01-04 04-15 05-02 05-30 08-01 11-30 12-26 12-27'],
    ['scotland', 2034, '01-02 01-03 04-07 05-01 05-29 08-07 11-30 12-25 12-26'],
    ['scotland', 2032, '01-01 01-02 03-26 05-03 05-31 08-02 11-30 12-27 12-28'],
    ['scotland', 2036, '01-01 01-02 04-11 05-05 05-26 08-04 12-01 12-25 12-26'],
    ['northern-ireland', 2031, '01-01 03-17 04-11 04-14 05-05 05-26 07-14 08-25 12-25 12-26'],
    ['northern-ireland', 2040, '01-02 03-19 03-30 04-02 05-07 05-28 07-12 08-27 12-25 12-26'],
  ] as const)('%s %i: %s', (division, year, days) => {
    const dates = projectHolidays(division, year).map(({ date }) => date.slice(5));
    expect(dates.join(' ')).toBe(days);
  });

  it('keeps Boxing Day where Christmas Day is a Sunday, and moves both where it is a Saturday', () => {
    const christmas = (year: number) =>
      projectHolidays('england-and-wales', year)
        .slice(-2)
        .map(({ date, title }) => `${date} ${title}`);
    expect(christmas(2033)).toEqual(['2033-12-26 Boxing Day', '2033-12-27 Christmas Day']);
    expect(christmas(2032)).toEqual(['2032-12-27 Christmas Day', '2032-12-28 Boxing Day']);
  });

  it('begins St Andrew’s Day with the Act of 2007', () => {
    const has = (year: number) => projectHolidays('scotland', year).some(({ title }) => title === 'St Andrew’s Day');
    expect([has(2006), has(2007), has(2040)]).toEqual([false, true, true]);
  });

  it.each([
    [1981, '04-17'],
    [2008, '03-21'],
    [2038, '04-23'],
    [2049, '04-16'],
    [2076, '04-17'],
    [2100, '03-26'],
  ])('finds Good Friday of %i on %s', (year, day) => {
    const friday = projectHolidays('scotland', year).find(({ title }) => title === 'Good Friday');
    expect(friday).toEqual({
      title: 'Good Friday',
      date: `${year}-${day}`,
      notes: 'Projected',
      bunting: false,
    });
  });

  it('keeps every holiday on a weekday of its own, in order, for two centuries', () => {
    const numbers = { 'england-and-wales': 8, scotland: 9, 'northern-ireland': 10 };
    for (const division of divisions) {
      for (let year = 2007; year <= 2199; year++) {
        const dates = projectHolidays(division, year).map(({ date }) => date);
        expect(dates).toEqual([...new Set(dates)].sort());
        expect(dates).toHaveLength(numbers[division]);
        expect(dates.some((date) => [0, 6].includes(weekday(date)))).toBe(false);
        expect(dates.every((date) => date.startsWith(String(year)))).toBe(true);
      }
    }
  });

  it('refuses years these rules are not for, and divisions that are none', () => {
    for (const year of [1977, 2200, 2016.5, NaN]) {
      expect(refusal(() => projectHolidays('scotland', year))).toBe(
        `out-of-range: Bank holidays follow these rules in the years 1978 to 2199, not ${year}`,
      );
    }
    expect(refusal(() => projectHolidays('wales' as Division, 2016))).toContain('unknown-division');
  });
});

describe('calendarFromFeed', () => {
  it('gives one division’s data, ready for a calendar', () => {
    const data = calendarFromFeed(feed, 'scotland');
    expect(data.holidays[0]).toEqual({
      date: '2006-01-02',
      title: '2nd January',
      kind: 'bank-holiday',
    });
    expect({ ...data, holidays: [] }).toEqual({
      division: 'scotland',
      version: feed.version,
      from: '2006-01-01',
      until: '2040-12-31',
      publishedUntil: '2028-12-31',
      holidays: [],
    });
    expect(createCalendar(data).isWorkingDay('2026-06-15')).toBe(false);
  });

  it('refuses a division that is none', () => {
    expect(refusal(() => calendarFromFeed(feed, 'england' as Division))).toBe(
      'unknown-division: "england" is not a division; the divisions are england-and-wales, scotland, northern-ireland',
    );
  });
});
