import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfDay } from '../../domain/audit/audit.ts';
import { addDays } from '../../domain/calendar/civil-date.ts';
import { instantAt } from '../../domain/calendar/london.ts';
import { figuresOf, momentOf } from '../../domain/figures/figures.ts';
import { loadByOfficer } from '../../domain/figures/load.ts';
import { movedDates } from '../../domain/figures/moved-dates.ts';
import { dueIn, onTimeByQuarter, percentOf } from '../../domain/figures/on-time.ts';
import { type DutyChange, dutiesBefore, type InspectionPast, type Moment } from '../../domain/figures/past.ts';
import { endsOfQuarters, endsOfWeeks, quartersTo } from '../../domain/figures/periods.ts';
import { THEMES_RULE, themesOverTime } from '../../domain/figures/themes.ts';
import { byWeek, fromFirst } from '../../domain/figures/weeks.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import type { MilestoneStatus } from '../../domain/milestone/milestone.ts';
import { Story } from '../../domain/preview/story.ts';
import { progress, RAG_RULE } from '../../domain/progress/progress.ts';
import { startOf } from '../support/facts.ts';

let number = 0;

/** What an entry of a day says of a duty, at midday. */
function change(milestone: string, day: string, due: string, parts: Partial<DutyChange> = {}): DutyChange {
  number++;
  return {
    ...{ milestone, number, seq: number, at: instantAt(day, '12:00'), due, dueAt: instantAt(due, '24:00') },
    ...{ status: 'open', strength: 'commitment', owner: 'team-manager', endedAt: null },
    ...{ firstDue: due, timesGranted: 0, theme: null },
    ...parts,
  };
}

const done = (milestone: string, day: string, due: string, parts: Partial<DutyChange> = {}): DutyChange =>
  change(milestone, day, due, { status: 'completed', endedAt: instantAt(day, '12:00'), ...parts });

const past = (changes: DutyChange[], parts: Partial<InspectionPast> = {}): InspectionPast => ({
  ...{ reference: '2026', startedAt: '2026-01-02T09:00:00.000Z', end: null, changes },
  ...parts,
});

const endOf = (on: string): Moment => ({ on, until: endOfDay(on) });
const at = (on: string, ...pasts: InspectionPast[]) => dutiesBefore(pasts, endOfDay(on));
const PLANNED = '2026-01-05';

describe('periods', () => {
  test('quarters are those of the calendar, the last the one of the day', () => {
    expect(quartersTo('2026-05-14', 3).map(({ from, until, title }) => [from, until, title])).toEqual([
      ['2025-10-01', '2025-12-31', 'October to December 2025'],
      ['2026-01-01', '2026-03-31', 'January to March 2026'],
      ['2026-04-01', '2026-06-30', 'April to June 2026'],
    ]);
    expect(endsOfQuarters(endOf('2026-05-14'), 2).map(({ on }) => on)).toEqual(['2026-03-31', '2026-05-14']);
  });

  test('weeks end on Sundays, the last one with the day itself, at midnight in London', () => {
    const weeks = endsOfWeeks('2026-03-18', endOf('2026-03-31'));
    expect(weeks.map(({ on }) => on)).toEqual(['2026-03-22', '2026-03-29', '2026-03-31']);
    // Clocks went forward on the 29th.
    expect(weeks.map(({ until }) => until)).toEqual([
      '2026-03-23T00:00:00.000Z',
      '2026-03-29T23:00:00.000Z',
      '2026-03-31T23:00:00.000Z',
    ]);
    // A day that is itself a Sunday is there once.
    expect(endsOfWeeks('2026-03-18', endOf('2026-03-22')).map(({ on }) => on)).toEqual(['2026-03-22']);
  });
});

describe('done on time, by quarter', () => {
  const counted = (on: string, ...pasts: InspectionPast[]) =>
    onTimeByQuarter(at(on, ...pasts), quartersTo(on, 2), endOfDay(on)).map(
      ({ onTime, late, notDone, byFirstDate }) => [onTime, late, notDone, byFirstDate] as const,
    );

  test.each<[string, DutyChange[], readonly [number, number, number, number]]>([
    ['done on its day', [done('a', '2026-03-10', '2026-03-10')], [1, 0, 0, 1]],
    ['done the day after', [done('a', '2026-03-11', '2026-03-10')], [0, 1, 0, 0]],
    ['submitted on its day', [done('a', '2026-03-10', '2026-03-10', { status: 'submitted' })], [1, 0, 0, 1]],
    ['not done, its day over', [change('a', PLANNED, '2026-03-10')], [0, 0, 1, 0]],
    ['not done, its day not over', [change('a', PLANNED, '2026-04-20')], [0, 0, 0, 0]],
    ['folded into a later round', [done('a', '2026-03-20', '2026-03-10', { status: 'missed' })], [0, 0, 1, 0]],
    ['no longer applies', [done('a', '2026-03-20', '2026-03-10', { status: 'waived' })], [0, 0, 0, 0]],
    ['lapsed', [done('a', '2026-03-20', '2026-03-10', { status: 'lapsed' })], [0, 0, 0, 0]],
    ['on hold, a date of its own', [change('a', PLANNED, '2026-03-10', { status: 'held' })], [0, 0, 0, 0]],
    [
      'on hold, a date of the law',
      [change('a', PLANNED, '2026-03-10', { status: 'held', strength: 'statutory' })],
      [0, 0, 1, 0],
    ],
    [
      'a window that passed by itself',
      [done('a', '2026-03-10', '2026-03-10', { endedAt: instantAt('2026-03-10', '24:00') })],
      [0, 0, 0, 0],
    ],
    [
      'done by a later date, after its first',
      [done('a', '2026-03-20', '2026-03-31', { firstDue: '2026-03-10' })],
      [1, 0, 0, 0],
    ],
    [
      'done by its first date, which was moved for nothing',
      [done('a', '2026-03-09', '2026-03-31', { firstDue: '2026-03-10' })],
      [1, 0, 0, 1],
    ],
    [
      'done on its day, after a cut-off at 11am',
      [done('a', '2026-03-10', '2026-03-10', { dueAt: instantAt('2026-03-10', '11:00') })],
      [0, 1, 0, 0],
    ],
    [
      'done by a later date, on its first day after the hour of the cut-off',
      [done('a', '2026-03-10', '2026-03-31', { firstDue: '2026-03-10', dueAt: instantAt('2026-03-31', '11:00') })],
      [1, 0, 0, 0],
    ],
    [
      'done by a later date, on its first day before the hour of the cut-off',
      [done('a', '2026-03-10', '2026-03-31', { firstDue: '2026-03-10', dueAt: instantAt('2026-03-31', '17:00') })],
      [1, 0, 0, 1],
    ],
    [
      'done late, its date set earlier than it was first',
      [done('a', '2026-03-09', '2026-03-05', { firstDue: '2026-03-10' })],
      [0, 1, 0, 0],
    ],
    ['opened again', [done('a', '2026-03-10', '2026-03-10'), change('a', '2026-04-01', '2026-03-10')], [0, 0, 1, 0]],
  ])('%s', (_what, changes, expected) => {
    const [first] = counted('2026-04-14', past(changes));
    expect(first).toEqual(expected);
  });

  test('a duty counts in the quarter of its present date', () => {
    const moved = [
      change('a', PLANNED, '2026-03-10'),
      change('a', '2026-03-01', '2026-04-10', { firstDue: '2026-03-10' }),
    ];
    expect(counted('2026-02-28', past(moved))).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    expect(counted('2026-04-14', past(moved))).toEqual([
      [0, 0, 0, 0],
      [0, 0, 1, 0],
    ]);
  });

  test('a later date that is granted changes nothing of what was done by the first dates', () => {
    const byFirst = (...changes: DutyChange[]) =>
      onTimeByQuarter(at('2026-04-14', past(changes)), quartersTo('2026-04-14', 2), endOfDay('2026-04-14')).map(
        ({ firstDue, byFirstDate }) => [firstDue, byFirstDate] as const,
      );
    const late = change('a', PLANNED, '2026-03-10');
    const granted = change('a', '2026-03-20', '2026-05-29', { firstDue: '2026-03-10', timesGranted: 1 });
    const doneBy = (day: string) => done('a', day, '2026-05-29', { firstDue: '2026-03-10' });
    for (const changes of [[late], [late, granted], [late, granted, doneBy('2026-04-10')]])
      expect(byFirst(...changes)).toEqual([
        [1, 0],
        [0, 0],
      ]);
    expect(byFirst(late, granted, doneBy('2026-03-09'))).toEqual([
      [1, 1],
      [0, 0],
    ]);
    // Held by the council's own choice, and what no longer applies, is in neither.
    expect(byFirst(late, { ...granted, status: 'held' })).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('a plan of five duties: 2 of 4 in time', () => {
    const plan = past([
      done('a', '2026-03-02', '2026-03-10'),
      done('b', '2026-03-09', '2026-03-10'),
      done('c', '2026-03-12', '2026-03-10'),
      change('d', PLANNED, '2026-03-10'),
      change('e', PLANNED, '2026-04-10'),
    ]);
    const [quarter] = onTimeByQuarter(at('2026-03-31', plan), quartersTo('2026-03-31', 1), endOfDay('2026-03-31'));
    expect(quarter).toMatchObject({ onTime: 2, late: 1, notDone: 1, byFirstDate: 2 });
    if (quarter === undefined) throw new Error('no quarter');
    expect([dueIn(quarter), percentOf(quarter.onTime, dueIn(quarter)), percentOf(0, 0)]).toEqual([4, 50, null]);
  });

  test('what was due after its inspection ended is nobody’s; what was due before and not done stays so', () => {
    const end = { at: '2026-03-15T10:00:00.000Z', status: 'closed' } as const;
    const lapsed = (id: string, due: string) =>
      change(id, '2026-03-15', due, { at: end.at, status: 'lapsed', endedAt: end.at });
    const plan = past(
      [
        ...[change('a', PLANNED, '2026-03-10'), change('b', PLANNED, '2026-03-20')],
        change('c', PLANNED, '2026-03-10', { status: 'held' }),
        ...[lapsed('a', '2026-03-10'), lapsed('b', '2026-03-20'), lapsed('c', '2026-03-10')],
      ],
      { end },
    );
    expect(counted('2026-03-14', plan)[1]).toEqual([0, 0, 1, 0]);
    expect(counted('2026-03-31', plan)[1]).toEqual([0, 0, 1, 0]);
    expect(counted('2026-04-14', plan)[0]).toEqual([0, 0, 1, 0]);
  });

  test('closing an inspection makes no rate better: 6 of 10 stays 6 of 10', () => {
    const end = { at: '2026-03-15T10:00:00.000Z', status: 'closed' } as const;
    const ids = Array.from({ length: 10 }, (_, n) => `a${n}`);
    const plan = past(
      [
        ...ids.map((id) => change(id, PLANNED, '2026-03-10')),
        ...ids.slice(0, 6).map((id) => done(id, '2026-03-09', '2026-03-10')),
        ...ids.slice(6).map((id) => change(id, '2026-03-15', '2026-03-10', { at: end.at, status: 'lapsed' })),
      ],
      { end },
    );
    expect(counted('2026-03-14', plan)[1]).toEqual([6, 0, 4, 6]);
    expect(counted('2026-03-31', plan)[1]).toEqual([6, 0, 4, 6]);
  });

  test('what lapses after its date because the plan no longer has it is not counted', () => {
    const plan = past([
      change('a', PLANNED, '2026-03-10'),
      change('a', '2026-03-20', '2026-03-10', { status: 'lapsed', endedAt: instantAt('2026-03-20', '12:00') }),
    ]);
    expect(counted('2026-04-14', plan)[0]).toEqual([0, 0, 0, 0]);
  });

  test('an inspection that was withdrawn is in no figure from then on, and was before', () => {
    const end = { at: '2026-04-01T10:00:00.000Z', status: 'withdrawn' } as const;
    const plan = past([change('a', PLANNED, '2026-03-10')], { end });
    expect(counted('2026-03-31', plan)[1]).toEqual([0, 0, 1, 0]);
    expect(counted('2026-04-01', plan)[0]).toEqual([0, 0, 0, 0]);
  });

  test('what is recorded late, of an earlier day, counts from the day on which it was recorded', () => {
    const endedAt = instantAt('2026-03-09', '12:00');
    const plan = past([change('a', PLANNED, '2026-03-10'), done('a', '2026-03-20', '2026-03-10', { endedAt })]);
    expect(counted('2026-03-19', plan)[1]).toEqual([0, 0, 1, 0]);
    expect(counted('2026-03-20', plan)[1]).toEqual([1, 0, 0, 1]);
  });
});

describe('open and overdue, by week', () => {
  const moments = ['2026-03-08', '2026-03-15', '2026-03-22', '2026-03-29'].map(endOf);
  const counted = (...pasts: InspectionPast[]) =>
    byWeek(at('2026-03-29', ...pasts), moments).map(({ open, overdue }) => [open, overdue]);

  test('each week as the record stood at its end', () => {
    const plan = past([
      change('a', PLANNED, '2026-03-10'),
      change('b', '2026-03-09', '2026-03-20'),
      done('a', '2026-03-17', '2026-03-10'),
      change('b', '2026-03-24', '2026-04-20', { firstDue: '2026-03-20', timesGranted: 1 }),
    ]);
    expect(counted(plan)).toEqual([
      [1, 0],
      [2, 1],
      [1, 1],
      [1, 0],
    ]);
  });

  test('a hold stops the council’s own clock, not the law’s', () => {
    const held = (milestone: string, strength: 'commitment' | 'statutory') =>
      change(milestone, PLANNED, '2026-03-10', { status: 'held', strength });
    expect(counted(past([held('a', 'commitment'), held('b', 'statutory')])).at(-1)).toEqual([2, 1]);
  });

  test('an inspection that has ended has nothing open any more', () => {
    const end = { at: '2026-03-16T10:00:00.000Z', status: 'closed' } as const;
    expect(counted(past([change('a', PLANNED, '2026-03-10')], { end }))).toEqual([
      [1, 0],
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  test('begins with the first week in which anything was open', () => {
    const plan = past([change('a', '2026-03-16', '2026-03-20')], { startedAt: '2026-03-16T09:00:00.000Z' });
    expect(fromFirst(byWeek(at('2026-03-29', plan), moments)).map(({ on }) => on)).toEqual([
      '2026-03-22',
      '2026-03-29',
    ]);
    expect(fromFirst(byWeek([], moments))).toEqual([]);
  });
});

describe('themes', () => {
  const inTheme = { theme: 'quality' };
  const open = (id: string, due: string, status: MilestoneStatus = 'open') =>
    change(id, PLANNED, due, { ...inTheme, status });
  const finished = (id: string) => done(id, '2026-03-01', '2026-03-10', inTheme);
  const ratedAt = (on: string, ...changes: DutyChange[]) => {
    const stood = themesOverTime(at(on, past(changes)), [endOf(on)])[0]?.stood[0];
    return stood === null || stood === undefined
      ? stood
      : [stood.rag, stood.done, stood.overdue, stood.held, stood.actions];
  };

  test.each<[string, DutyChange[], unknown]>([
    ['all done', [finished('a'), finished('b')], ['complete', 2, 0, 0, 2]],
    ['nothing late', [finished('a'), open('b', '2026-04-10')], ['green', 1, 0, 0, 2]],
    ['one on hold', [open('a', '2026-04-10'), open('b', '2026-04-10', 'held')], ['amber', 0, 0, 1, 2]],
    [
      'one of four late',
      ['2026-03-25', '2026-05-01', '2026-05-02', '2026-05-03'].map((due, n) => open(`a${n}`, due)),
      ['amber', 0, 1, 0, 4],
    ],
    [
      'one of three late',
      ['2026-03-25', '2026-05-01', '2026-05-02'].map((due, n) => open(`a${n}`, due)),
      ['red', 0, 1, 0, 3],
    ],
    [
      'one of four late for 15 days',
      ['2026-03-16', '2026-05-01', '2026-05-02', '2026-05-03'].map((due, n) => open(`a${n}`, due)),
      ['red', 0, 1, 0, 4],
    ],
    [
      'what no longer applies is none of its actions',
      [finished('a'), open('b', '2026-04-10', 'waived')],
      ['complete', 1, 0, 0, 1],
    ],
    [
      'submitted, and waiting to be accepted',
      [
        done('a', '2026-03-01', '2026-03-10', { ...inTheme, status: 'submitted' }),
        change('a--acceptance-1', '2026-03-01', '2026-04-10'),
      ],
      ['green', 0, 0, 0, 1],
    ],
    [
      'accepted',
      [
        done('a', '2026-03-01', '2026-03-10', { ...inTheme, status: 'submitted' }),
        change('a--acceptance-1', '2026-03-01', '2026-04-10'),
        done('a', '2026-03-01', '2026-03-10', inTheme),
        done('a--acceptance-1', '2026-03-20', '2026-04-10'),
      ],
      ['complete', 1, 0, 0, 1],
    ],
    ['no theme', [change('a', PLANNED, '2026-03-10')], undefined],
  ])('%s', (_what, changes, expected) => {
    expect(ratedAt('2026-03-31', ...changes)).toEqual(expected);
  });

  test('each quarter as the record stood at its end, and nothing before there was a plan', () => {
    const plan = past([open('a', '2026-03-25'), done('a', '2026-04-02', '2026-03-25', inTheme)]);
    const [theme] = themesOverTime(at('2026-04-14', plan), endsOfQuarters(endOf('2026-04-14'), 3));
    expect(theme?.stood.map((each) => each?.rag ?? null)).toEqual([null, 'red', 'complete']);
  });
});

test('what waits to be accepted is waiting in the figures as on the overview, and its theme is not complete', () => {
  const parts = {
    reference: '2025',
    title: 'Anyborough 2025',
    fieldwork: { from: '2024-11-25', until: '2024-12-13' },
    report: { published: '2025-02-19' },
    themes: [{ id: 'quality', title: 'Quality of practice', officer: 'director', acceptedBy: { role: 'director' } }],
    actions: [{ id: 'audit', title: 'Audit', theme: 'quality', owner: 'team-manager', due: '2025-04-30' }],
  };
  const owner = { id: 'team-manager@anyborough.example.org', role: 'team-manager' };
  const story = new Story(startOf(parts), '2025-02-20T10:00:00.000Z').until('2025-04-01T10:00:00.000Z');
  story.command({ name: 'complete', payload: { milestone: 'improvement-actions/audit' } }, owner);
  story.until('2025-04-02T10:00:00.000Z');
  const changes = story.entries.flatMap(({ seq, at: recorded, row }) =>
    row === null ? [] : [{ ...row, theme: row.theme ?? null, number: seq, seq, at: recorded }],
  );
  const inspection = past(changes, { reference: '2025', startedAt: '2025-02-20T10:00:00.000Z' });
  const [theme] = themesOverTime(at('2025-04-01', inspection), [endOf('2025-04-01')]);
  const [overview] = progress(viewOf(story.state, story.now));
  const { rag, done: finished, waiting } = overview ?? {};
  expect([rag, finished, waiting]).toEqual(['green', 0, 1]);
  expect(theme?.stood[0]).toMatchObject({ rag, done: finished, waiting });
});

test('a theme has one rating in its report and in the figures of the same day, over bank holidays too', () => {
  const parts = {
    reference: '2025',
    fieldwork: { from: '2024-11-25', until: '2024-12-13' },
    report: { published: '2025-02-19' },
    themes: [{ id: 'quality', title: 'Quality of practice', officer: 'director' }],
    actions: ['2025-04-10', '2025-09-30', '2025-09-30', '2025-09-30'].map((due, index) => ({
      ...{ id: `a${index}`, title: `A${index}`, theme: 'quality', owner: 'team-manager', due },
    })),
  };
  const story = new Story(startOf(parts), '2025-02-20T10:00:00.000Z');
  const rated = ['2025-04-11', '2025-04-24', '2025-04-25', '2025-04-28', '2025-05-02'].map((on) => {
    story.until(endOf(on).until);
    const changes = story.entries.flatMap(({ seq, at: recorded, row }) =>
      row === null ? [] : [{ ...row, theme: row.theme ?? null, number: seq, seq, at: recorded }],
    );
    const inspection = past(changes, { reference: '2025', startedAt: '2025-02-20T10:00:00.000Z' });
    const [theme] = themesOverTime(dutiesBefore([inspection], endOf(on).until), [endOf(on)]);
    // A moment before the day ends, which is that day's still.
    const [overview] = progress(viewOf(story.state, `${on}T22:30:00.000Z`));
    return [on, theme?.stood[0]?.rag, overview?.rag];
  });
  // Good Friday, Easter Monday: ten working days after 10 April 2025 is Monday 28 April.
  expect(rated).toEqual([
    ['2025-04-11', 'amber', 'amber'],
    ['2025-04-24', 'amber', 'amber'],
    ['2025-04-25', 'red', 'red'],
    ['2025-04-28', 'red', 'red'],
    ['2025-05-02', 'red', 'red'],
  ]);
  for (const rule of [RAG_RULE, THEMES_RULE]) expect(rule).toContain('an action is more than 14 days overdue');
});

test('how often and how far dates were moved: a table of six', () => {
  const moved = (id: string, firstDue: string, due: string, timesGranted: number) =>
    change(id, PLANNED, due, { firstDue, timesGranted });
  const plan = past([
    moved('stays', '2026-03-10', '2026-03-10', 0),
    moved('month', '2026-03-10', '2026-04-10', 1),
    moved('quarter', '2026-03-10', '2026-04-11', 2),
    moved('beyond', '2026-03-10', '2026-06-11', 3),
    moved('earlier', '2026-03-10', '2026-03-01', 0),
    moved('old', '2025-03-10', '2025-04-10', 1),
    change('gone', PLANNED, '2026-04-10', { firstDue: '2026-03-10', timesGranted: 1, status: 'waived' }),
  ]);
  const figures = movedDates(at('2026-03-31', plan), '2026-01-01', 2);
  expect(figures).toMatchObject({
    duties: 5,
    byDistance: { not: 2, month: 1, quarter: 1, beyond: 1 },
    byTimes: { once: 1, twice: 1, more: 1 },
    // 31, 32 and 93 days.
    averageDays: 52,
  });
  expect(figures.farthest.map(({ milestone, days }) => [milestone, days])).toEqual([
    ['beyond', 93],
    ['quarter', 32],
  ]);
});

test('dates that were moved of duties that were still to be done when their inspection was closed count as before', () => {
  const end = { at: '2026-03-15T10:00:00.000Z', status: 'closed' } as const;
  const both = [
    ['late', '2026-03-10'],
    ['later', '2026-03-20'],
  ] as const;
  const plan = past(
    [
      ...both.map(([id, due]) => change(id, PLANNED, due, { firstDue: '2026-02-10', timesGranted: 1 })),
      ...both.map(([id, due]) =>
        change(id, '2026-03-15', due, {
          ...{ firstDue: '2026-02-10', timesGranted: 1, at: end.at, status: 'lapsed', endedAt: end.at },
        }),
      ),
    ],
    { end },
  );
  const figures = movedDates(at('2026-03-31', plan), '2026-01-01', 2);
  expect(figures.farthest.map(({ milestone, days, status }) => [milestone, days, status])).toEqual([
    ['later', 38, 'lapsed'],
    ['late', 28, 'lapsed'],
  ]);
  const before = movedDates(at('2026-03-14', plan), '2026-01-01', 2);
  expect([figures.duties, figures.byDistance, figures.averageDays]).toEqual([
    before.duties,
    before.byDistance,
    before.averageDays,
  ]);
});

test('load by officer: what is open, late and due soon, the most late first', () => {
  const of = (owner: string, id: string, due: string, parts: Partial<DutyChange> = {}) =>
    change(id, PLANNED, due, { owner, ...parts });
  const plan = past([
    of('director', 'a', '2026-04-30'),
    of('director', 'b', '2026-05-01'),
    of('director', 'c', '2026-03-01', { status: 'completed', endedAt: instantAt('2026-03-01', '12:00') }),
    of('team-manager', 'd', '2026-03-10'),
    of('team-manager', 'e', '2026-04-10'),
    // On hold, so not late though its date has passed; that is not "within the next thirty days" either.
    of('team-manager', 'g', '2025-06-30', { status: 'held' }),
    of('team-manager', 'h', '2026-03-31', { status: 'held' }),
  ]);
  const closed = past([of('head', 'f', '2026-03-10')], {
    reference: '2025',
    end: { at: '2026-03-01T10:00:00.000Z', status: 'closed' },
  });
  expect(
    loadByOfficer(at('2026-03-31', plan, closed), endOf('2026-03-31')).map(({ owner, open, late, soon }) => [
      owner,
      open,
      late,
      soon,
    ]),
  ).toEqual([
    ['team-manager', 4, 1, 2],
    ['director', 2, 0, 1],
  ]);
});

test('figures of today are of now; those of a day that is over, of its end', () => {
  const now = '2026-03-31T15:00:00.000Z';
  expect(momentOf('2026-03-31', now).until).toBe(now);
  expect(momentOf('2026-03-30', now).until).toBe('2026-03-30T23:00:00.000Z');
});

// Whatever happens afterwards (and whatever day that speaks of), the figures of a day that is over stay what they were.
test('the figures of a past day are the same on any later day', () => {
  const FIRST = '2026-01-05';
  const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays(FIRST, n));
  const event = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    day,
    due: day,
    firstDue: day,
    status: fc.constantFrom<MilestoneStatus>('open', 'held', 'submitted', 'completed', 'missed', 'waived', 'lapsed'),
    strength: fc.constantFrom('commitment' as const, 'statutory' as const),
    owner: fc.constantFrom('director', 'team-manager'),
    // Of the day itself, or of an earlier one: a correction that comes late.
    spokenOf: day,
    timesGranted: fc.integer({ min: 0, max: 4 }),
    theme: fc.constantFrom(null, 'quality', 'workforce'),
  });
  const story = fc.record({
    events: fc.array(event, { maxLength: 40 }),
    end: fc.option(
      fc.record({ day, status: fc.constantFrom('closed' as const, 'withdrawn' as const, 'cancelled' as const) }),
    ),
    on: day,
  });
  fc.assert(
    fc.property(story, ({ events, end, on }) => {
      const changes = events
        .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
        .map(({ id, day: recorded, due, status, spokenOf, ...rest }, index) => ({
          ...change(id, recorded, due, { status, ...rest }),
          ...{ seq: index + 1, number: index + 1 },
          endedAt:
            status === 'open' || status === 'held'
              ? null
              : instantAt(spokenOf < recorded ? spokenOf : recorded, '12:00'),
        }));
      const ended = end === null ? null : { at: instantAt(end.day, '13:00'), status: end.status };
      const whole = past(changes, { end: ended, startedAt: `${FIRST}T09:00:00.000Z` });
      // As the register had it when the day was over, and as it has it ever after.
      const until = endOfDay(on);
      const then = {
        ...whole,
        changes: changes.filter((each) => each.at < until),
        end: ended !== null && ended.at < until ? ended : null,
      };
      expect(figuresOf([whole], endOf(on), 3)).toEqual(figuresOf([then], endOf(on), 3));
    }),
  );
});
