import { expect, test } from 'vitest';
import { readForm } from '../../../client/web/forms/form.ts';
import { timeTyped } from '../../../client/web/forms/time-typed.ts';
import { timeOfDay } from '../../../domain/schemas/common.ts';

test.each([
  ['17:30', '17:30'],
  ['17.30', '17:30'],
  ['1730', '17:30'],
  ['17 30', '17:30'],
  ['9:00', '09:00'],
  ['0900', '09:00'],
  ['9am', '09:00'],
  ['9 AM', '09:00'],
  ['5.30pm', '17:30'],
  ['5.30 p.m.', '17:30'],
  ['12pm', '12:00'],
  ['12.15am', '00:15'],
  ['midday', '12:00'],
  ['Noon', '12:00'],
  ['24:00', '24:00'],
])('%s is %s', (typed, time) => {
  expect(timeTyped(typed)).toBe(time);
  expect(timeOfDay.safeParse(time).success).toBe(true);
});

test.each([
  '9',
  '17',
  '25:00',
  '24:30',
  '17:60',
  '13pm',
  '0am',
  'five',
  '17:3',
  '5m',
  '123:00',
  '-9:00',
  'midnight',
  '',
])('%s is none, or could be two', (typed) => {
  expect(timeTyped(typed)).toBeUndefined();
});

test('a form reads it so, and says how one is written', () => {
  const field = { name: 'at', kind: 'time', label: 'When?' } as const;
  expect(readForm([field], { at: '17.30' }).values).toEqual({ at: '17:30' });
  expect(readForm([field], { at: 'evening' }).problems).toEqual([
    { text: 'When? Enter a time, like 17:30 or 5.30pm', href: '#at', field: 'at' },
  ]);
});
