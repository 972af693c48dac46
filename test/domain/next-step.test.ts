import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import { describe, expect, test } from 'vitest';
import { definitionOf } from '../../domain/commands/commands.ts';
import { milestonesOf } from '../../domain/lifecycle/milestones.ts';
import { withNextStep } from '../../domain/lifecycle/next-step.ts';
import { Story } from '../../domain/preview/story.ts';
import type { Command, CommandName } from '../../domain/commands/commands.ts';
import { commands } from '../../domain/schemas/commands.ts';
import { feed } from '../support/facts.ts';
import { formatDate } from '../../domain/calendar/civil-date.ts';
import { calendarFromFeed } from '../../domain/calendar/holidays.ts';
import { refusalIn } from '../support/refusals.ts';
import { trimCalendar } from '../../domain/calendar/working-calendar.ts';
import {
  START,
  UNTIL,
  ACTION,
  reason,
  start,
  by,
  ADMINISTRATOR,
  OWNER,
  copyOf,
  story,
  BEFORE,
  EXTREMES,
} from '../support/every-command.ts';

const names = Object.keys(commands) as CommandName[];

const refusal = (run: () => unknown): string => refusalIn(run)?.message ?? '';

describe('whatever is accepted, the clock goes on to the last day of the known holidays', () => {
  test.each(names)('%s', (name) => {
    const prepared = (BEFORE[name] ?? ((each) => each))(story());
    const accepted = EXTREMES[name].filter((payload) => {
      const told = copyOf(prepared);
      const command = { name, payload } as Command;
      const actor = OWNER.has(name) ? by('team-manager') : ADMINISTRATOR;
      if (refusal(() => told.command(command, actor)) !== '') return false;
      told.until(`${UNTIL}T23:00:00.000Z`);
      return true;
    });
    expect(accepted).not.toEqual([]);
  });
});

describe('a date that can’t be counted with is refused, and says why', () => {
  const asks = (name: CommandName, payload: object, role = 'director') =>
    refusal(() => story().command({ name, payload } as Command, by(role)));
  const beyond =
    'is beyond Saturday 31 December 2016, the last day for which bank holidays are known; choose an earlier date.';

  test.each([
    [
      'hold',
      { milestone: ACTION, reason, reviewOn: '2099-01-01' },
      `The review of "Audit", Thursday 1 January 2099, ${beyond}`,
    ],
    [
      'hold',
      { milestone: ACTION, reason, reviewOn: '2016-12-31' },
      'The review of "Audit", Saturday 31 December 2016, leaves no room for its notices before Saturday 31 December 2016, the last day for which bank holidays are known; choose an earlier date.',
    ],
    [
      'acknowledge',
      { milestone: ACTION, promisedOn: '2099-01-01' },
      '"Audit" is due on Friday 29 April 2016: Thursday 1 January 2099 is after that, and a promise pauses nothing beyond the due date. Ask for a later date instead: whoever may grant it is told.',
    ],
    [
      'extend',
      { milestone: ACTION, to: '2099-01-01', reason },
      `The due date of "Audit", Thursday 1 January 2099, ${beyond}`,
    ],
    [
      'extend',
      { milestone: ACTION, to: '2016-12-01', reason },
      'The due date of "Audit", Thursday 1 December 2016, leaves no room for its notices before Saturday 31 December 2016, the last day for which bank holidays are known; choose an earlier date.',
    ],
    [
      'requestExtension',
      { milestone: ACTION, to: '2099-01-01', reason },
      `The date asked for "Audit", Thursday 1 January 2099, ${beyond}`,
    ],
    [
      'requestExtension',
      { milestone: ACTION, to: '2016-12-01', reason },
      'The date asked for "Audit", Thursday 1 December 2016, leaves no room for its notices before Saturday 31 December 2016, the last day for which bank holidays are known; choose an earlier date.',
    ],
    [
      'decide',
      {
        id: 'd1',
        title: 'Agree',
        takenOn: '1900-01-01',
        publishedOn: '1900-01-01',
        key: false,
        urgent: false,
      },
      'When was it taken? Monday 1 January 1900 is before the inspection began, on Monday 23 November 2015. Look at the year.',
    ],
  ] as [CommandName, object, string][])('%s %j', (name, payload, sentence) => {
    expect(asks(name, payload, OWNER.has(name) ? 'team-manager' : 'director')).toBe(sentence);
  });

  const dated = names.flatMap((name) =>
    Object.entries(definitionOf(name).fields).flatMap(([field, { kind }]) =>
      kind === 'date' ? [[name, field] as const] : [],
    ),
  );

  /** Its other dates, which are well. */
  const othersOf = (name: CommandName): object =>
    Object.fromEntries(
      dated.flatMap(([of, field]) => {
        const { optional } = definitionOf(name).fields[field] ?? {};
        return of === name ? [[field, optional === true ? undefined : '2016-02-22'] as const] : [];
      }),
    );

  test.each(
    dated.flatMap(([name, field]) => ['1900-01-01', '2017-01-01', '2199-12-31'].map((day) => [name, field, day])),
  )('%s: %s of %s, which nothing can be counted with', (name, field, day) => {
    const command = name as CommandName;
    const told = (BEFORE[command] ?? ((each) => each))(story());
    const payload: object = { ...EXTREMES[command][0], ...othersOf(command), [field]: day };
    const actor = OWNER.has(command) ? by('team-manager') : ADMINISTRATOR;
    const refused = refusalIn(() => told.command({ name: command, payload } as Command, actor));
    expect([refused?.code, refused?.message]).toEqual(['wrong-date', expect.stringContaining(formatDate(day))]);
  });

  test('the last date with room for its notices is taken', () => {
    // Escalations go to the tenth working day, and the lead member's copy would to the fifteenth; ten more days for the mail:
    // after Wednesday 23 November 2016 there are 25 working days to the end of the year.
    expect(asks('extend', { milestone: ACTION, to: '2016-11-23', reason })).toBe('');
    expect(asks('extend', { milestone: ACTION, to: '2016-11-24', reason })).toContain('leaves no room');
  });

  const past = names.flatMap((name) =>
    Object.entries(definitionOf(name).fields).flatMap(([field, { past: has }]) =>
      has === true ? [[name, field] as const] : [],
    ),
  );

  test.each(past)('%s: %s of the day before the inspection began, a year mistyped', (name, field) => {
    const told = (BEFORE[name] ?? ((each) => each))(story());
    const payload: object = { ...EXTREMES[name][0], [field]: '2015-11-22' };
    const actor = OWNER.has(name) ? by('team-manager') : ADMINISTRATOR;
    expect(refusal(() => told.command({ name, payload } as Command, actor))).toMatch(
      /^When .*\? Sunday 22 November 2015 is before the inspection began, on Monday 23 November 2015\. Look at the year\.$/,
    );
  });

  test('a lifecycle of years for which nothing is known is not started, and says which are', () => {
    const dates = { fieldwork: { from: '1900-01-01', until: '1900-02-01' }, report: { received: '1900-03-01' } };
    expect(refusal(() => new Story(start(dates), START))).toMatch(
      /^That can't be worked out: .* outside the years for which holidays are known, Wednesday 1 January 2014 to Saturday 31 December 2016\. /,
    );
  });

  test('a day of every command that names one', () => expect(past.length).toBeGreaterThan(9));

  test.each([
    { n: 1, unit: 'month' },
    { n: 3, unit: 'month' },
    { n: 60, unit: 'working-day' },
  ])('a cycle of $n $unit ends where holidays are no longer known, and stops no clock', (every) => {
    const told = new Story(start({ commitments: [{ rule: 'cabinet-update', every }] }), START);
    told.until(`${UNTIL}T23:00:00.000Z`);
    const dues = Object.values(told.state.kept).length;
    expect(dues).toBeGreaterThan(0);
    const last = milestonesOf(told.state)
      .map(({ due }) => due)
      .sort()
      .at(-1);
    expect(last !== undefined && last <= UNTIL).toBe(true);
  });

  test('a lifecycle that could not go on is not started', () => {
    const late = { id: 'late', title: 'Later', owner: 'team-manager', due: '2041-01-01' };
    expect(refusal(() => new Story(start({ actions: [late] }), START))).toBe(
      `The due date of "Later", Tuesday 1 January 2041, ${beyond}`,
    );
  });

  test('a date that a change leaves alone is not asked about again', () => {
    const far = [{ id: 'far', title: 'Far', owner: 'team-manager', due: '2016-11-23' }];
    const { state, now } = new Story(start({ actions: far }), START);
    const short = keepCalendar(trimCalendar(calendarFromFeed(feed, 'england-and-wales'), '2014-01-01', '2016-12-31'));
    const earlier = { ...short, until: '2016-12-29' };
    const before = { ...state, calendar: earlier };
    expect(withNextStep(before, now, () => before)).toBe(before);
    expect(refusal(() => withNextStep({ ...before, kept: {} }, now, () => before))).toContain(
      'leaves no room for its notices',
    );
  });

  test('what a refused command would have done is not done', () => {
    const told = story();
    const before = JSON.stringify(told.state);
    refusal(() =>
      told.command({ name: 'hold', payload: { milestone: ACTION, reason, reviewOn: '2099-01-01' } }, by('director')),
    );
    expect(JSON.stringify(told.state)).toBe(before);
  });
});
