import { describe, expect, test } from 'vitest';
import { calendarOf } from '../../../domain/lifecycle/state.ts';
import { plan } from '../../../domain/plan/plan.ts';
import { Story } from '../../../domain/preview/story.ts';
import { preview } from '../../../domain/preview/preview.ts';
import type { PlannedMilestone } from '../../../domain/milestone/milestone.ts';
import { paper } from '../../support/paper.ts';

// What other councils' papers state, and what the law makes of it: dates, stand-ins, what is missing.

const PLAN = 'plan-submission/written-action-plan';
const dutiesOf = (name: string, readings?: object[]): Map<string, PlannedMilestone> => {
  const { facts, ...rest } = paper(name);
  const inspection = {
    ...facts.inspection,
    ...(readings === undefined ? {} : { readings }),
  } as typeof facts.inspection;
  const start = { ...rest, facts: { ...facts, inspection } };
  return new Map(
    plan(start.facts, calendarOf(start), { cycles: { until: '2030-12-31' } }).map((each) => [each.id, each]),
  );
};
const warningsOf = (name: string): string => {
  const start = paper(name);
  return preview(start.facts, calendarOf(start)).warnings.join('\n');
};

describe('70 working days where other papers have them, 90 as one council asserts', () => {
  test.each<[paper: string, due: string, stricter: string, standIn: string | undefined]>([
    ['plymouth', '2015-05-13', '2015-04-14', undefined],
    ['kirklees', '2017-04-05', '2017-03-08', 'report-received'],
    ['sefton', '2016-11-01', '2016-10-04', 'report-received'],
  ])('%s: due %s, by the stricter reading %s', (name, due, stricter, standIn) => {
    const duty = dutiesOf(name).get(PLAN);
    expect([duty?.due, duty?.stricter?.due, duty?.standIn]).toEqual([due, stricter, standIn]);
    const chosen = [
      { rule: 'written-action-plan', reading: 'si-2007-462', reason: 'the Monitoring Officer’s advice.' },
    ];
    const read = dutiesOf(name, chosen).get(PLAN);
    expect([read?.due, read?.stricter]).toEqual([stricter, undefined]);
    expect(read?.explanation).toContainEqual(
      expect.stringMatching(
        /^This reading was chosen for this inspection: the Monitoring Officer’s advice\. The rule's own is 90 working days: .* not verified/,
      ),
    );
  });

  test('Plymouth: its owner is reminded of 14 April first; once that has passed the one above hears, and 13 May stands', () => {
    const story = new Story(paper('plymouth'), '2015-01-05T12:00:00.000Z').until('2015-05-14T12:00:00.000Z');
    const told = story.mails.flatMap(({ day, recipient, notices }) =>
      notices
        .filter(({ milestone, kind }) => milestone === PLAN && kind !== 'started')
        .map(({ kind, text, stricter }) => [day, recipient.roles[0]?.id, kind, text, stricter?.workingDaysLeft]),
    );
    expect(told.map(([day, to, kind]) => `${String(day)} ${String(to)} ${String(kind)}`)).toEqual([
      '2015-03-13 director stricter',
      '2015-03-27 director stricter',
      '2015-04-07 director stricter',
      '2015-04-10 director stricter',
      '2015-04-14 director stricter',
      '2015-04-15 chief-executive stricter-passed',
      '2015-04-28 director reminder',
      '2015-05-06 director reminder',
      '2015-05-11 director reminder',
      '2015-05-13 director due-today',
      '2015-05-14 chief-executive escalation',
    ]);
    expect(told.map(([, , , , left]) => left)).toEqual([20, 10, 5, 2, 0, -1, -10, -15, -18, -20, -21]);
  });

  test('the reading is chosen while it runs: the plan is due by it, the date before stays on record, and back again', () => {
    const story = new Story(paper('kirklees'), '2016-11-28T12:00:00.000Z');
    const administrator = { id: 'x', role: story.state.startedBy.role };
    const choose = (reading: string) =>
      story.command(
        { name: 'chooseReading', payload: { rule: 'written-action-plan', reading, reason: 'advice' } },
        administrator,
      );
    expect(choose('si-2007-462').milestones[PLAN]).toMatchObject({ due: '2017-03-08', dueVersion: 2 });
    expect(story.entries.findLast(({ kind }) => kind === 'reading-chosen')?.text).toBe(
      '"Written action plan to Ofsted" is counted by the reading of 70 working days: advice (chosen by Democratic Services Manager).',
    );
    expect(story.entries.findLast(({ kind }) => kind === 'milestone-moved')?.data).toMatchObject({
      from: '2017-04-05',
      to: '2017-03-08',
    });
    expect(() => choose('si-2007-462')).toThrow('is counted by that reading already');
    expect(() => choose('of-the-moon')).toThrow('has no reading "of-the-moon". Its readings: own, si-2007-462');
    expect(choose('own').milestones[PLAN]).toMatchObject({ due: '2017-04-05', dueVersion: 3 });
    expect(story.state.facts.inspection.readings).toBeUndefined();
  });
});

test.each<[paper: string, dates: Record<string, string>]>([
  ['herefordshire', { [PLAN]: '2022-12-20', 'improvement-actions/commissioner-report': '2022-12-12' }],
  ['buckinghamshire-fire', { 'plan-submission/action-plan': '2023-11-14' }],
  ['coroner', { 'plan-submission/response-to-coroner': '2023-03-06' }],
  ['cumberland', { 'plan-submission/strategic-plan': '2025-10-29' }],
  [
    'nottingham',
    { 'plan-submission/focused-visit-draft': '2020-03-30', 'plan-submission/focused-visit-plan': '2020-06-12' },
  ],
  ['slough', { 'cabinet-updates/cabinet-again': '2022-08-22', 'other-reporting/scrutiny': '2022-06-30' }],
])('%s: the dates that its paper states, or that follow', (name, dates) => {
  const duties = dutiesOf(name);
  expect(Object.keys(dates).map((id) => [id, duties.get(id)?.due])).toEqual(Object.entries(dates));
});

test('a visit without a report has no report’s duties, and says which facts these would wait for', () => {
  expect([...dutiesOf('nottingham').keys()]).toEqual([
    'plan-submission/focused-visit-draft',
    'plan-submission/focused-visit-plan',
  ]);
  expect(warningsOf('nottingham')).toContain(
    'Nothing is planned for "Written action plan to Ofsted", "Publish the inspection report": they count from the day on which the report was received',
  );
});

test('where nothing follows yet, the fact that each rule lacks is named', () => {
  expect([...dutiesOf('maidstone').keys()]).toEqual([]);
  expect(warningsOf('maidstone')).toContain('the report was received, and that is not on file');
  expect(warningsOf('slough')).toContain('"Written statement of action": that follows only where it was determined');
  expect(warningsOf('cumberland')).toContain('"Priority action plan", "Be ready for the monitoring inspection"');
});

test('a report of England’s law for a council elsewhere is pointed out', () => {
  const start = paper('maidstone');
  const scottish = { ...start.facts, authority: { ...start.facts.authority, division: 'scotland' as const } };
  expect(preview(scottish, calendarOf(start)).warnings).toContainEqual(
    expect.stringMatching(
      /^The rules of lgsco are of England and Wales; .* is in Scotland: look whether they apply there\.$/,
    ),
  );
});
