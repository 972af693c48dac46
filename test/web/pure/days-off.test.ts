import { describe, expect, test } from 'vitest';
import { daysOffIn, remarksOn } from '../../../domain/commands/days-off.ts';
import { COMMAND_FORMS } from '../../../client/web/forms/command-form.ts';
import { onDayOff } from '../../../domain/calendar/day-off.ts';
import { calendarOf } from '../../../domain/lifecycle/state.ts';
import { COMMANDS, COMMAND_NAMES, definitionOf } from '../../../domain/commands/commands.ts';
import { council, startOf } from '../../support/facts.ts';

const start = startOf();
const calendar = calendarOf({
  ...start,
  facts: { ...start.facts, authority: { ...council, closureDays: [{ date: '2016-08-10', title: 'Council closed' }] } },
});

const DAYS: [day: string, remark: string | undefined][] = [
  ['2016-04-29', undefined],
  [
    '2016-04-30',
    'Saturday 30 April 2016 is no working day (a day of a weekend). The working days around it are Friday 29 April 2016 and Tuesday 3 May 2016.',
  ],
  [
    '2016-05-01',
    'Sunday 1 May 2016 is no working day (a day of a weekend). The working days around it are Friday 29 April 2016 and Tuesday 3 May 2016.',
  ],
  [
    '2016-05-02',
    'Monday 2 May 2016 is no working day (Early May bank holiday). The working days around it are Friday 29 April 2016 and Tuesday 3 May 2016.',
  ],
  [
    '2016-08-10',
    'Wednesday 10 August 2016 is no working day (Council closed). The working days around it are Tuesday 9 August 2016 and Thursday 11 August 2016.',
  ],
  // Nobody knows whether that is one.
  ['2199-12-31', undefined],
];

describe('a date on a day off is remarked on, with the working days around it', () => {
  test.each(DAYS)('%s', (day, remark) => {
    expect(onDayOff(day, calendar)).toBe(remark);
  });

  const toBeDone = COMMAND_FORMS.flatMap(({ name, fields }) =>
    fields.filter((each) => each.toBeDone === true).map((each) => [name, each.name] as const),
  );

  test.each(toBeDone)('before %s is given with its %s', (name, field) => {
    const fields = COMMAND_FORMS.find((each) => each.name === name)?.fields ?? [];
    for (const [day, remark] of DAYS)
      for (const remarked of [
        daysOffIn(fields, { [field]: day, reason: 'x' }, calendar),
        // What the API and the command line are answered.
        remarksOn(name, { [field]: day, reason: 'x' }, calendar),
      ])
        expect(remarked).toEqual(remark === undefined ? [] : [remark]);
  });

  test('every date that a person can type is of something that has been, that is to be done, or that nobody works towards', () => {
    const others = COMMAND_NAMES.flatMap((name) =>
      Object.entries(definitionOf(name).fields).flatMap(([field, { kind, past, toBeDone: is }]) =>
        kind === 'date' && past !== true && is !== true ? [`${name} ${field}`] : [],
      ),
    );
    expect(others).toEqual([
      ...['decide publishedOn', 'decide effectiveFrom'],
      // It says which value is meant.
      'correctMeasure of',
      // A cycle's rounds move off days off by its own rule.
      ...['changeCycle from', 'changeCycle until', 'changeCycle first'],
      ...['correct received', 'correct published', 'reissue received', 'reissue published'],
    ]);
    expect(toBeDone.length).toBeGreaterThan(7);
    expect(COMMANDS.extend.fields.to.toBeDone).toBe(true);
  });
});
