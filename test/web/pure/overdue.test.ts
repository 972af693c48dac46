import { expect, test } from 'vitest';
import { OVERDUE_COLUMNS } from '../../../client/cli/duties.ts';
import { renderTemplate } from '../../../client/web/render.ts';
import { namesOf } from '../../../domain/closed-table.ts';
import { LISTED_COLUMNS, LISTS, type ListedMilestone } from '../../../domain/milestone/columns.ts';

const DUTY: ListedMilestone = {
  authority: 'anyborough',
  authorityName: 'Anyborough Council',
  reference: '2016',
  inspectionTitle: 'Anyborough 2016',
  division: 'england-and-wales',
  milestone: 'plan-submission/written-action-plan',
  strand: 'plan-submission',
  title: 'Written <action> plan',
  due: '2016-06-30',
  dueAt: '2016-06-30T23:00:00.000Z',
  dueVersion: 7,
  status: 'open',
  owner: 'head-of-service',
  ownerTitle: 'Head <of> Service',
  beside: ['director'],
  strength: 'statutory',
  provisional: false,
  explanation: ['The report was received on Friday 19 February 2016.'],
  endedAt: '2016-07-01T09:00:00.000Z',
  holdReviewOn: '2016-07-14',
  body: 'cabinet',
  firstDue: '2016-05-31',
  timesGranted: 2,
  slippage: 'beyond',
  rating: 'Some <issues>',
  percent: 40,
  forecast: '2016-07-08',
  reportedOn: '2016-06-06',
  standIn: 'report-received',
  cycle: 'member-briefings/monthly',
  theme: 'quality',
  themeTitle: 'Quality of <practice>',
  recommendations: ['1', '3'],
  byDates: 'late',
  standing: 'overdue',
  workingDaysLate: 3,
};

const rendered = (heads: readonly string[]): string =>
  renderTemplate('overdue.html', {
    title: 'Overdue',
    rows: [DUTY],
    heads,
    sorts: {},
    query: {},
    sortChoices: [],
    duties: 1,
    total: 1,
    status: 'overdue',
    choices: { authorities: [], strands: [], strengths: [], owners: [] },
  });
const count = (text: string, what: string): number => text.split(what).length - 1;

/** What a page writes for what would not be read as it stands. */
const AS_WORDS: Partial<Record<keyof ListedMilestone, string>> = {
  strand: 'Plan submission',
  title: 'Written &lt;action&gt; plan',
  due: 'Thu 30 June 2016',
  dueAt: 'midnight at the end of Thursday 30 June 2016',
  status: 'To do',
  ownerTitle: 'Head &lt;of&gt; Service',
  strength: 'set by law',
  provisional: 'no',
  explanation: 'The report was received on Friday 19 February 2016.',
  endedAt: '10:00am on Friday 1 July 2016',
  holdReviewOn: 'Thu 14 July 2016',
  firstDue: 'Tue 31 May 2016',
  slippage: 'Beyond the end of its theme',
  rating: 'Some &lt;issues&gt;',
  forecast: 'Fri 8 July 2016',
  reportedOn: 'Mon 6 June 2016',
  themeTitle: 'Quality of &lt;practice&gt;',
  recommendations: '1 3',
  byDates: 'Late',
  standing: '3 working days',
  workingDaysLate: '3 working days',
};

test.each(namesOf(LISTED_COLUMNS))('the page can show the column %s: under its head, with its value', (name) => {
  const page = rendered([name]);
  const head = name === 'workingDaysLate' ? LISTED_COLUMNS[name].short : LISTED_COLUMNS[name].title;
  expect(page).toContain(`<th scope="col" class="govuk-table__header">${head}</th>`);
  const rows = page.slice(page.indexOf('<tbody'), page.indexOf('</tbody>'));
  expect(rows).toContain(AS_WORDS[name] ?? String(DUTY[name]));
  expect(count(rows, '</th>') + count(rows, '</td>')).toBe(1);
});

test('page and command line show the columns that the lists of columns name', () => {
  const page = rendered(LISTS.board);
  expect(count(page, '<th scope="col"')).toBe(LISTS.board.length);
  expect(OVERDUE_COLUMNS.map(({ head }) => head)).toEqual([
    ...['Late', 'Due', 'Inspection', 'Milestone', 'Owner', 'Owner’s role', 'Id', 'Stands in for'],
  ]);
});
