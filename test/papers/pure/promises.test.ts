import { describe, expect, test } from 'vitest';
import { recordOfDecision } from '../../../domain/decisions/record-of-decision.ts';
import { decisionStanding } from '../../../domain/decisions/standing.ts';
import { calendarOf } from '../../../domain/lifecycle/state.ts';
import { citationSentence } from '../../../domain/plan/citation.ts';
import { plan } from '../../../domain/plan/plan.ts';
import { preview } from '../../../domain/preview/preview.ts';
import { Story } from '../../../domain/preview/story.ts';
import { paper } from '../../support/paper.ts';
import { refusalSentence } from '../../support/refusals.ts';

// Public papers whose promises, decisions and dates could not be said before; each with the dates that it states.

const planned = (name: string, until: string) => {
  const start = paper(name);
  return plan(start.facts, calendarOf(start), { cycles: { until } });
};
/** What comes of a file, by the end of its ids. */
const dues = (name: string, until: string, part: string) =>
  planned(name, until)
    .filter(({ id }) => id.includes(part))
    .map(({ due }) => due);
const one = (name: string, id: string) => {
  const found = planned(name, '2030-01-01').find((each) => each.id.endsWith(`/${id}`));
  if (found === undefined) throw new Error(`${name} has no ${id}`);
  return found;
};

describe('Bury 2022', () => {
  test('the board meets monthly from 25 January, the department every fortnight, reviews come every six months', () => {
    expect(dues('bury', '2022-04-30', 'improvement-board')).toEqual([
      '2022-01-25',
      '2022-02-25',
      '2022-03-25',
      '2022-04-25',
    ]);
    expect(dues('bury', '2022-04-20', 'department')).toEqual(['2022-03-08', '2022-03-22', '2022-04-05', '2022-04-19']);
    // Six months after 6 January, always on the 6th: the notice has set it.
    expect(dues('bury', '2023-07-31', 'review')).toEqual(['2022-07-06', '2023-01-06', '2023-07-06']);
  });

  test('mails say what was promised, to whom, and cite nobody else’s paper', () => {
    const story = new Story(paper('bury'), '2022-02-23T10:00:00.000Z').until('2022-03-08T12:00:00.000Z');
    const [notice] = story.mails
      .flatMap(({ notices }) => notices)
      .filter(({ milestone, kind }) => milestone.endsWith('department-1') && kind === 'due-today');
    expect(notice).toMatchObject({
      title: 'Meeting with the case officer of the Department for Education, no. 1',
      act: 'Meet the case officer.',
      citation: 'Cabinet, 22 February 2022: "fortnightly meetings" (as the inspection’s file says)',
    });
    const said = planned('bury', '2023-01-31').flatMap((each) => [
      ...each.explanation,
      citationSentence(each.rule.citation),
    ]);
    expect(said.filter((each) => /Worcestershire|Middlesbrough|council set the date itself/.test(each))).toEqual([]);
  });

  test('the notice’s date is the notice’s: nobody in the council grants a later one', () => {
    const story = new Story(paper('bury'), '2022-02-23T10:00:00.000Z');
    const later = { milestone: 'notice-plan', to: '2022-04-29', reason: 'more time' };
    expect(
      refusalSentence(() => story.command({ name: 'extend', payload: later }, { id: 'x', role: 'chief-executive' })),
    ).toContain('is due on Thursday 31 March 2022 by the improvement notice; no later date can be granted');
  });

  test('later the board meets every two months, with the next number', () => {
    const story = new Story(paper('bury'), '2022-02-23T10:00:00.000Z').until('2022-09-01T10:00:00.000Z');
    const change = { promise: 'improvement-board', what: 'changed', from: '2022-09-01', n: 2, unit: 'month' } as const;
    story.command(
      { name: 'changeCycle', payload: { ...change, reason: 'the board has agreed' } },
      { id: 'x', role: 'director' },
    );
    expect(story.milestone('cabinet-updates/improvement-board-9')?.due).toBe('2022-10-25');
  });
});

test('Herefordshire 2022: the direction has set 12 December, and the file says who has', () => {
  const report = one('herefordshire', 'commissioner-report');
  expect(report).toMatchObject({ due: '2022-12-12', strength: 'imposed', extendable: false });
  expect(report.explanation.join(' ')).not.toContain('the council set the date itself');
  expect(report.explanation[0]).toBe(
    'The date was set by the Secretary of State’s direction of 21 September 2022: Monday 12 December 2022.',
  );
  expect(one('herefordshire', 'extraordinary-council')).toMatchObject({ due: '2022-09-30', body: 'council' });
});

test('Kirklees 2017: one person decided, on 7 March; it is key and can’t be called in', () => {
  const start = paper('kirklees');
  const calendar = calendarOf(start);
  const [decision] = start.facts.inspection.decisions;
  if (decision === undefined) throw new Error('Kirklees has a decision');
  const now = '2017-03-08T12:00:00.000Z';
  expect(decisionStanding(decision, start.facts, calendar, now)).toMatchObject({ from: '2017-03-07', open: false });
  const record = recordOfDecision(start.facts, decision.id, calendar, now);
  expect(record?.heading).toBe('Director of Children’s Services, Tuesday 7 March 2017');
  expect(record?.parts.map(({ heading, text }) => `${heading}: ${text}`)).toEqual(
    expect.arrayContaining(['Key decision: Yes', 'Who can call in: Nobody']),
  );
  expect(dues('kirklees', '2018-01-01', 'call-in-window/improvement-plan')).not.toContain('2017-03-15');
  // 70 working days from publication is 8 March; the paper's 9 March implies receipt counted from Monday 28 November.
  expect(one('kirklees', 'written-action-plan').stricter?.due).toBe('2017-03-08');
});

test('Slough 2022: in Quarter 1, six months after a named decision, every two months and then quarterly', () => {
  const scrutiny = one('slough', 'scrutiny');
  expect(scrutiny.due).toBe('2022-06-30');
  expect(scrutiny.explanation).toContain(
    'The words are "in Quarter 1 of 2022/23": Thursday 30 June 2022 is the latest day that they can mean.',
  );
  // 21 August is a Sunday.
  expect(one('slough', 'cabinet-again')).toMatchObject({ due: '2022-08-22' });
  expect(one('slough', 'cabinet-again').explanation[0]).toContain(
    'The decision "Note the statement and approve next steps"',
  );
  expect(dues('slough', '2023-12-31', 'cabinet-updates/cabinet-updates')).toEqual([
    ...['2022-10-21', '2022-12-21', '2023-02-21', '2023-04-21', '2023-06-21'],
    ...['2023-09-21', '2023-12-21'],
  ]);
});

test('South Cambridgeshire 2023: a month from Friday 3 November is Sunday 3 December, and stays there; data every week', () => {
  expect(one('south-cambridgeshire', 'retrospective-data').due).toBe('2023-12-03');
  expect(one('south-cambridgeshire', 'december-request').due).toBe('2024-01-12');
  const weekly = dues('south-cambridgeshire', '2030-01-01', 'weekly-data');
  expect([weekly[0], weekly.at(-1), weekly.length]).toEqual(['2023-11-10', '2024-11-08', 53]);
});

test('Ealing 2022: by November is the last of November, and the words are kept', () => {
  expect(one('ealing', 'outcome')).toMatchObject({ due: '2022-11-30' });
  expect(one('ealing', 'outcome').explanation.join(' ')).toContain('"by November 2022"');
  expect(one('ealing', 'follow-up-checks').due).toBe('2023-05-11');
});

test('Cumbria 2019: the board every six weeks', () => {
  expect(dues('cumbria', '2019-10-31', 'board')).toEqual(['2019-06-11', '2019-07-23', '2019-09-03', '2019-10-15']);
});

test('Sefton 2017: six-monthly to the committee; where no meeting is on file, on the day itself', () => {
  expect(dues('sefton', '2018-12-31', 'scrutiny-report')).toEqual(['2018-03-26', '2018-09-26']);
});

test('BCP 2021: sign-off was delegated; its record takes effect before its window has closed, and that is said', () => {
  const start = paper('bcp');
  const calendar = calendarOf(start);
  expect(recordOfDecision(start.facts, 'sign-off', calendar, '2021-12-01T12:00:00.000Z')?.parts).toEqual(
    expect.arrayContaining([
      { heading: 'Taken by', text: 'Director of Children’s Services' },
      { heading: 'By delegation of', text: 'Cabinet, 24 November 2021' },
      { heading: 'In consultation with', text: 'the portfolio holder' },
    ]),
  );
  expect(preview(start.facts, calendar).warnings.join(' ')).toContain(
    '"Sign off the Written Statement of Action": Its record says that it takes effect on Wednesday 1 December 2021, but its call-in window closes',
  );
});
