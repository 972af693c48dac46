import { expect, test } from 'vitest';
import { publishedHolidays } from '../../../domain/calendar/published-holidays.ts';
import { calendarsOf } from '../../../client/calendars.ts';
import { loadBankHolidays } from '../../../client/files/bank-holidays.ts';

const COUNCILS = ['north', 'south', 'east'];

test('of any number of councils one question is asked, and what was approved is read again only after an approval', async () => {
  const asked: string[] = [];
  const at = new Map([['north', '2026-11-01T09:00:00.000Z']]);
  const { division, holidays } = loadBankHolidays('england-and-wales');
  const approved = publishedHolidays(division, holidays);
  const register = {
    async holidaysApprovedAt() {
      asked.push('which');
      return at;
    },
    async approvedHolidays(council: string) {
      asked.push(council);
      return approved;
    },
  };
  const ofAll = (calendars: ReturnType<typeof calendarsOf>) =>
    Promise.all(COUNCILS.map((id) => calendars.of({ id, division, closureDays: [] })));
  const calendars = calendarsOf(register);
  const [first] = await ofAll(calendars);
  expect(asked).toEqual(['which', 'north']);
  expect((await ofAll(calendars))[0]).toBe(first);
  expect(asked).toEqual(['which', 'north']);
  at.set('north', '2026-11-02T09:00:00.000Z');
  expect((await ofAll(calendars))[0]).not.toBe(first);
  expect(asked).toEqual(['which', 'north', 'north']);
});
