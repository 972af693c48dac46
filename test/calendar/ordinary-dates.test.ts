import * as dateFns from 'date-fns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, fromEpochDay, isCivilDate, mondayOf, toEpochDay, weekday } from '../../domain/calendar/civil-date.ts';
import { daysFrom, inWords, lastOfMonth, monthsAfter, monthsFrom } from '../../domain/calendar/ordinary-dates.ts';
import { refusal } from './calendars.ts';
import { runs } from '../support/runs.ts';

/** Far enough inside the years that can be written. */
const anyDate = fc.integer({ min: -700_000, max: 2_900_000 }).map(fromEpochDay);
const two = (n: number): string => String(n).padStart(2, '0');

/** As date-fns reads and writes dates by itself, at noon where the process is. */
const local = (text: string): Date => dateFns.parse(`${text} 12:00`, 'yyyy-MM-dd HH:mm', new Date(2000, 0, 1));
const written = (date: Date): string => dateFns.format(date, 'yyyy-MM-dd');

describe('epoch days and date-fns agree', () => {
  it('on which dates exist', () => {
    const texts = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 32 }))
      .map(([year, month, day]) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`);
    fc.assert(
      fc.property(texts, (text) => {
        expect(isCivilDate(text)).toBe(dateFns.isValid(local(text)));
      }),
      runs(500),
    );
  });

  it('on days later and earlier, and days of the week', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -10_000, max: 10_000 }), (date, n) => {
        expect(addDays(date, n)).toBe(written(dateFns.addDays(local(date), n)));
        expect(weekday(date)).toBe(dateFns.getDay(local(date)));
        expect(daysFrom(date, addDays(date, n))).toBe(n);
        expect(toEpochDay(addDays(date, n)) - toEpochDay(date)).toBe(n);
      }),
      runs(300),
    );
  });
});

describe('what our module answers is what date-fns answers', () => {
  it('of months, weeks and words', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, n) => {
        expect(monthsAfter(date, n)).toBe(written(dateFns.addMonths(local(date), n)));
        expect(monthsFrom(date, monthsAfter(date, n))).toBe(n);
        expect(lastOfMonth(date)).toBe(written(dateFns.lastDayOfMonth(local(date))));
        expect(mondayOf(date)).toBe(written(dateFns.startOfWeek(local(date), { weekStartsOn: 1 })));
        expect(inWords(date, 'full')).toBe(dateFns.format(local(date), 'EEEE d MMMM yyyy'));
      }),
      runs(300),
    );
  });

  it('and each text is asked for again and again', () => {
    const dates = Array.from({ length: 5000 }, (_, index) => addDays('2016-01-01', index));
    const once = dates.map((date) => inWords(date, 'short'));
    expect(dates.map((date) => inWords(date, 'short'))).toEqual(once);
    expect(inWords('2016-06-30', 'full')).toBe('Thursday 30 June 2016');
    expect(inWords('2016-06-30', 'short-month')).toBe('Jun');
  });

  it('of dates that exist, in years that can be written', () => {
    expect(refusal(() => inWords('2015-02-29', 'full'))).toContain('invalid-date');
    expect(refusal(() => lastOfMonth('2015-02-29'))).toContain('invalid-date');
    expect(refusal(() => monthsAfter('9999-12-01', 1))).toContain('out-of-range');
    expect(refusal(() => mondayOf('soon'))).toContain('invalid-date');
  });
});
