import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { weekday } from '../../domain/calendar/civil-date.ts';
import type { Division } from '../../domain/calendar/working-calendar.ts';
import { divisions } from '../../domain/calendar/working-calendar.ts';
import { everyDivisionAndYear, feed } from './calendars.ts';

/**
 * Every weekday holiday on which the feed and the npm package `date-holidays` differ, and why the feed is right. A new
 * difference fails the test, and so does one that has gone.
 */
const decided: {
  date: string;
  in: 'feed' | 'date-holidays';
  divisions: readonly Division[];
  why: string;
}[] = [
  {
    date: '2006-11-30',
    in: 'date-holidays',
    divisions: ['scotland'],
    why: 'the St Andrew’s Day Bank Holiday (Scotland) Act became law on 15 January 2007',
  },
  {
    date: '2011-04-29',
    in: 'feed',
    divisions,
    why: 'royal wedding: published by GOV.UK in 2011 for all three divisions',
  },
  {
    date: '2012-05-28',
    in: 'date-holidays',
    divisions,
    why: 'the spring bank holiday of 2012 was moved to 4 June: GOV.UK as published',
  },
  {
    date: '2012-06-04',
    in: 'feed',
    divisions,
    why: 'the spring bank holiday of 2012, moved from 28 May: GOV.UK as published',
  },
  {
    date: '2026-06-15',
    in: 'feed',
    divisions: ['scotland'],
    why: 'World Cup bank holiday: GOV.UK as published, added in February 2026',
  },
];

const states = { 'england-and-wales': 'ENG', scotland: 'SCT', 'northern-ireland': 'NIR' } as const;

const theirs = Object.fromEntries(
  divisions.map((division) => [division, new Holidays('GB', states[division])]),
) as Record<Division, Holidays>;

function differences(division: Division, year: number): string[] {
  const inYear = (date: string) => date.startsWith(`${year}-`);
  const onWeekday = (date: string) => weekday(date) !== 0 && weekday(date) !== 6;
  const ours = new Set(feed[division].events.map(({ date }) => date).filter(inYear));
  const other = new Set(
    theirs[division]
      .getHolidays(year)
      .filter(({ type }) => type === 'public' || type === 'bank')
      .map(({ date }) => date.slice(0, 10))
      .filter((date) => inYear(date) && onWeekday(date)),
  );
  expect(other.size).toBeGreaterThan(7);
  return [
    ...[...ours].filter((date) => !other.has(date)).map((date) => `${date} in feed`),
    ...[...other].filter((date) => !ours.has(date)).map((date) => `${date} in date-holidays`),
  ].sort();
}

describe('the feed against date-holidays', () => {
  it.each(everyDivisionAndYear)('$division $year differs only where it was decided', ({ division, year }) => {
    const expected = decided
      .filter((one) => one.divisions.includes(division) && one.date.startsWith(`${year}-`))
      .map((one) => `${one.date} in ${one.in}`)
      .sort();
    expect(differences(division, year)).toEqual(expected);
  });

  it('names a reason for each difference', () => {
    for (const { why } of decided) expect(why.length).toBeGreaterThan(20);
  });
});
