import { expect, test } from 'vitest';
import { endOfWeek, foldCycles, groupOf } from '../../../client/web/first-pages/duty-groups.ts';
import type { MilestoneStanding } from '../../../domain/milestone/statuses.ts';

const TODAY = '2016-03-04';

test.each<[string, MilestoneStanding, string, boolean, string]>([
  ['what is late, though somebody asks about it', 'overdue', '2016-03-01', true, 'late'],
  ['what is due today', 'open', '2016-03-04', false, 'week'],
  ['on a Friday the Thursday after', 'open', '2016-03-10', false, 'week'],
  ['what is on hold, whatever its day', 'held', '2016-03-10', false, 'later'],
  ['what is on hold, though its day has passed', 'held', '2016-03-01', false, 'later'],
  ['what is on hold, about which somebody asks', 'held', '2016-03-01', true, 'asked'],
  ['the Friday after, about which nobody asks', 'open', '2016-03-11', false, 'later'],
  ['the same, sent back', 'open', '2016-03-11', true, 'asked'],
  ['what has been submitted, whatever its day', 'submitted', '2016-03-01', true, 'submitted'],
])('%s', (_what, standing, due, isAsked, group) => {
  expect(groupOf({ standing, due }, { today: TODAY, isAsked })).toBe(group);
});

test('a week has seven days, today among them', () => {
  expect(endOfWeek(TODAY)).toBe('2016-03-10');
});

type Given = [milestone: string, cycle: string | null, owner: string];

test.each<[string, Given[], string[]]>([
  [
    'duties of one cycle are one row',
    [
      ['member-briefings/monthly-1', 'member-briefings/monthly', 'officer'],
      ['improvement-actions/audit', null, 'officer'],
      ['member-briefings/monthly-2', 'member-briefings/monthly', 'officer'],
      ['member-briefings/monthly-10', 'member-briefings/monthly', 'officer'],
    ],
    ['member-briefings/monthly-1 +2', 'improvement-actions/audit +0'],
  ],
  [
    'of another owner, or of another cycle, they are their own',
    [
      ['member-briefings/monthly-1', 'member-briefings/monthly', 'officer'],
      ['member-briefings/monthly-2', 'member-briefings/monthly', 'another'],
      ['cabinet-updates/quarterly-1', 'cabinet-updates/quarterly', 'officer'],
    ],
    ['member-briefings/monthly-1 +0', 'member-briefings/monthly-2 +0', 'cabinet-updates/quarterly-1 +0'],
  ],
  [
    'what is of no cycle is its own, whatever it is called',
    [
      ['improvement-actions/audit-1', null, 'officer'],
      ['improvement-actions/audit-2', null, 'officer'],
    ],
    ['improvement-actions/audit-1 +0', 'improvement-actions/audit-2 +0'],
  ],
])('%s', (_what, given, expected) => {
  const rows = given.map(([milestone, cycle, owner]) => ({
    ...{ authority: 'anyborough', reference: '2016', milestone, cycle, owner },
  }));
  expect(foldCycles(rows).map(({ milestone, others }) => `${milestone} +${others.length}`)).toEqual(expected);
});
