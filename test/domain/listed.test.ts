import { calendarDataOf } from '../../domain/lifecycle/state.ts';
import { describe, expect, test } from 'vitest';
import { milestonesOf } from '../../domain/lifecycle/milestones.ts';
import { summaryOf } from '../../domain/lifecycle/view.ts';
import { morningSummary } from '../../domain/summary/morning-summary.ts';
import { workingDaysLate } from '../../domain/calendar/lateness.ts';
import { listedMilestone } from '../../domain/milestone/listed.ts';
import { Story } from '../../domain/preview/story.ts';
import { STRANDS, STRANDS_BY_LANE } from '../../domain/strands/strands.ts';
import { england } from '../calendar/calendars.ts';
import { placed } from '../support/rows.ts';
import { council, startOf } from '../support/facts.ts';

describe('working days late', () => {
  test.each<[due: string, today: string, late: number]>([
    ['2016-06-30', '2016-06-30', 0],
    ['2016-06-30', '2016-07-01', 1],
    // Over a weekend.
    ['2016-07-01', '2016-07-03', 0],
    ['2016-07-01', '2016-07-04', 1],
    ['2016-07-01', '2016-06-30', -1],
    ['2016-07-04', '2016-07-01', -1],
    ['2016-07-02', '2016-07-01', 0],
    // Over a bank holiday, Monday 29 August.
    ['2016-08-26', '2016-08-30', 1],
    ['2016-08-30', '2016-08-26', -1],
  ])('of what is due on %s, on %s: %i', (due, today, late) => {
    expect(workingDaysLate(due, today, england)).toBe(late);
  });

  test.each(['2090-01-01', '1990-01-01'])(
    'a duty of %s, beyond the years with known holidays, can be listed',
    (due) => {
      const options = { now: '2016-07-01T10:00:00.000Z', calendar: england, authorityName: '' };
      expect(Number.isInteger(listedMilestone(placed({ due }), options).workingDaysLate)).toBe(true);
    },
  );
});

describe('a list', () => {
  test('says nothing is late of an inspection that has ended, and does not show whether it has', () => {
    const options = { now: '2016-07-05T10:00:00.000Z', calendar: england, authorityName: 'Anyborough' };
    expect(listedMilestone(placed(), options)).toMatchObject({ standing: 'overdue', workingDaysLate: 3 });
    expect(listedMilestone(placed({ inspectionOpen: false }), options).standing).toBe('open');
    expect(listedMilestone(placed(), options)).not.toHaveProperty('inspectionOpen');
  });

  test.each(['2016-07-01', '2016-07-04', '2016-07-05', '2016-08-30'])(
    'on %s is as late as the morning summary says',
    (day) => {
      const now = `${day}T08:00:00.000Z`;
      const data = calendarDataOf(startOf({}));
      const facts = { milestones: [placed()], findings: [], undeliverable: [], large: [], feed: null };
      const [told] = morningSummary(council, facts, data, now)?.overdue ?? [];
      const shown = listedMilestone(placed(), { now, calendar: england, authorityName: '' });
      expect(told?.workingDaysLate).toBe(shown.workingDaysLate);
    },
  );
});

test('a lifecycle’s next due day is that of the duty which is late first; the instant is beside it', () => {
  const { state } = new Story(startOf({}), '2016-02-22T10:00:00.000Z');
  const next = milestonesOf(state).toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
  expect(summaryOf(state, '2016-02-22T10:00:00.000Z')).toMatchObject({ nextDue: next?.due, nextDueAt: next?.dueAt });
  expect(summaryOf(state, '2090-01-01T00:00:00.000Z')).toMatchObject({ nextDue: null, nextDueAt: null });
});

test('every strand is known by its own name and has a lane of its own, without a gap', () => {
  for (const [name, strand] of Object.entries(STRANDS)) expect(strand.name).toBe(name);
  expect(STRANDS_BY_LANE.map(({ lane }) => lane)).toEqual(STRANDS_BY_LANE.map((_strand, index) => index + 1));
  expect(new Set(STRANDS_BY_LANE.map(({ title }) => title)).size).toBe(STRANDS_BY_LANE.length);
});
