import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import { keepCalendar } from '../../domain/calendar/kept-calendar.ts';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { authorityCalendar, withOtherYears, workingCalendarFor } from '../../domain/calendar/authority-calendar.ts';
import { trimCalendar } from '../../domain/calendar/calendar-data.ts';
import { addDays, fromEpochDay, toEpochDay, weekday } from '../../domain/calendar/civil-date.ts';
import { timeLeft, workingDaysLate, workingDaysLeft } from '../../domain/calendar/lateness.ts';
import { localDate } from '../../domain/calendar/london.ts';
import { mergePublished, type PublishedHolidays, publishedHolidays } from '../../domain/calendar/published-holidays.ts';
import { milestonesOf } from '../../domain/lifecycle/milestones.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { Story } from '../../domain/preview/story.ts';
import { progress } from '../../domain/progress/progress.ts';
import type { Authority } from '../../domain/schemas/authority.ts';
import { morningSummary } from '../../domain/summary/morning-summary.ts';
import { dayByDay } from '../calendar/day-by-day.ts';
import { placed } from '../support/rows.ts';
import { calendarData, council, factsOf, startOf } from '../support/facts.ts';
import { runs } from '../support/runs.ts';

const DIVISION = 'england-and-wales';
const base = calendarData(DIVISION);
const DUE = '2016-06-17';

const dayIn2016 = fc.integer({ min: toEpochDay('2016-05-16'), max: toEpochDay('2016-08-12') }).map(fromEpochDay);
const weekdayIn2016 = dayIn2016.filter((date) => ![0, 6].includes(weekday(date)));
const closures = fc
  .uniqueArray(dayIn2016, { maxLength: 8 })
  .map((dates) => dates.map((date) => ({ date, title: 'Closed' })));
/** What an administrator approves: the year as it is known, with days proclaimed and the spring bank holiday perhaps gone. */
const approvals = fc
  .record({ special: fc.uniqueArray(weekdayIn2016, { maxLength: 4 }), spring: fc.boolean() })
  .map(({ special, spring }): PublishedHolidays => {
    const known = base.holidays.filter(
      ({ date }) => date.startsWith('2016') && !special.includes(date) && (spring || date !== '2016-05-30'),
    );
    return publishedHolidays(DIVISION, [...known, ...special.map((date) => ({ date, title: 'Proclaimed' }))]);
  });

const cases = fc.record({
  closureDays: closures,
  approved: fc.option(approvals, { nil: null }),
  whileItRuns: fc.boolean(),
});

const ACTIONS = [
  { id: 'late', title: 'Late', owner: 'team-manager', theme: 'one', due: DUE },
  ...['b', 'c', 'd'].map((id) => ({ id, title: id, owner: 'team-manager', theme: 'one', due: '2017-03-31' })),
];
const THEMES = [{ id: 'one', title: 'One', officer: 'director' }];
const OPENED = '2016-05-03T09:00:00.000Z';
const administrator = { id: 'x', role: council.chain.administrator };

/** An inspection of a council with these days of its own, known from the start or told while it runs. */
function storyOf({
  closureDays,
  approved,
  whileItRuns,
}: { [K in 'closureDays']: Authority['closureDays'] } & {
  approved: PublishedHolidays | null;
  whileItRuns: boolean;
}): { story: Story; authority: Authority } {
  const authority: Authority = { ...council, closureDays };
  const start = startOf({ actions: ACTIONS, themes: THEMES });
  if (!whileItRuns)
    return {
      authority,
      story: new Story(
        {
          ...start,
          facts: factsOf({ actions: ACTIONS, themes: THEMES }, authority),
          calendar: keepCalendar(authorityCalendar(calendarDataOf(start), authority, approved)),
        },
        OPENED,
      ),
    };
  const story = new Story(start, OPENED);
  story.command({ name: 'changeAuthority', payload: { authority } }, administrator);
  if (approved !== null) story.command({ name: 'changeCalendar', payload: { published: approved } }, administrator);
  return { story, authority };
}

describe('one lateness', () => {
  it('is the same number in mail, in the morning summary and for the rating, by the calendar made outside', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 40 }), (given, days) => {
        const { story, authority } = storyOf(given);
        const calendar = workingCalendarFor(authority, { bankHolidays: base, approved: given.approved });
        const oracle = dayByDay(authorityCalendar(base, authority, given.approved));
        // What went out before the approval was counted by what was known then.
        const before = story.mails.length;
        story.until(`${addDays(DUE, days)}T12:00:00.000Z`);

        const told = story.mails
          .slice(before)
          .flatMap((mail) =>
            mail.notices
              .filter((each) => each.due === DUE)
              .map((each) => ({ day: mail.day, left: each.workingDaysLeft })),
          );
        expect(told.length).toBeGreaterThan(1);
        for (const { day, left } of told) {
          const late = day > DUE ? oracle.countWorkingDays(DUE, day) : 0 - oracle.countWorkingDays(day, DUE);
          expect([day, left]).toEqual([day, 0 - late]);
          expect(workingDaysLate(DUE, day, calendar)).toBe(late);
          expect(workingDaysLeft(DUE, day, calendar)).toBe(left);
        }

        const today = localDate(story.now);
        const late = oracle.countWorkingDays(DUE, today);
        const milestone = milestonesOf(story.state).find(({ id }) => id === 'improvement-actions/late');
        expect(milestone?.due).toBe(DUE);
        const parts = { milestone: 'improvement-actions/late', due: DUE, dueAt: milestone?.dueAt ?? '' };
        const summary = morningSummary(
          authority,
          { milestones: [placed(parts)], findings: [], undeliverable: [], large: [], feed: null },
          withOtherYears(calendarDataOf(story.state), base, authority),
          story.now,
        );
        expect(summary?.overdue.map((each) => each.workingDaysLate)).toEqual([late]);
        const [theme] = progress(viewOf(story.state, story.now));
        expect([theme?.overdue, theme?.rag]).toEqual([1, days > 14 ? 'red' : 'amber']);
      }),
      runs(25),
    );
  });

  it('by a lifecycle’s own calendar, which is the same whenever it was told', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { story, authority } = storyOf(given);
        const outside = authorityCalendar(base, authority, given.approved);
        const years = trimCalendar(outside, story.state.calendar.from, story.state.calendar.until);
        expect(calendarDataOf(story.state)).toEqual(years);
        expect(withOtherYears(calendarDataOf(story.state), base, authority)).toEqual(outside);
      }),
      runs(25),
    );
  });

  test('counts days after the due day up to today: the due day and the days off after it are none', () => {
    const calendar = workingCalendarFor(council, { bankHolidays: base, approved: null });
    const late = (due: string, today: string) => workingDaysLate(due, today, calendar);
    expect([late('2016-06-30', '2016-06-30'), late('2016-06-30', '2016-07-02')]).toEqual([0, 1]);
    expect([late('2016-07-01', '2016-07-03'), late('2016-07-01', '2016-07-04')]).toEqual([0, 1]);
    // Due on a Saturday, on the Monday after it is one day late; the mail said none.
    expect([late('2016-06-04', '2016-06-06'), late('2016-06-04', '2016-06-03')]).toEqual([1, 0]);
    expect([late('2016-06-30', '2016-06-28'), late('2016-06-30', '2016-06-25')]).toEqual([-2, -4]);
  });
});

test.each([
  ['2026-10-30', '2026-10-30', 'due today'],
  ['2026-10-31', '2026-10-30', 'due before the next working day'],
  ['2026-10-31', '2026-10-31', 'due today'],
  // A Thursday, with Christmas Day, a weekend, and the bank holiday of Boxing Day after it.
  ['2026-12-28', '2026-12-24', 'due before the next working day'],
  ['2026-12-29', '2026-12-24', '1 working day left'],
  ['2026-12-30', '2026-12-24', '2 working days left'],
  ['2026-10-30', '2026-10-31', 'its date has passed'],
])('what is due on %s is on %s %s', (due, today, words) => {
  const calendar = workingCalendarFor(council, { bankHolidays: base, approved: null });
  expect(timeLeft({ due, left: workingDaysLeft(due, today, calendar) }, today)).toBe(words);
});

describe('a feed that drops the years that are past', () => {
  const yearsOf = (from: number, until: number, more: string[] = []) =>
    publishedHolidays(DIVISION, [
      ...base.holidays.filter(({ date }) => date >= `${from}-01-01` && date <= `${until}-12-31`),
      ...more.map((date) => ({ date, title: 'Proclaimed' })),
    ]);

  test('takes away nothing that was approved for them', () => {
    const before = yearsOf(2016, 2018, ['2016-06-20']);
    const merged = mergePublished(before, yearsOf(2017, 2019));
    expect([merged.from, merged.until]).toEqual(['2016-01-01', '2019-12-31']);
    const calendar = workingCalendarFor(council, { bankHolidays: base, approved: merged });
    expect([calendar.isWorkingDay('2016-06-20'), calendar.isWorkingDay('2016-06-21')]).toEqual([false, true]);
  });

  test('stands as it is where it says all that was approved before, or where years lie between', () => {
    const now = yearsOf(2016, 2019);
    expect(mergePublished(yearsOf(2017, 2018, ['2017-06-20']), now)).toBe(now);
    expect(mergePublished(yearsOf(2012, 2013), now)).toBe(now);
  });
});
