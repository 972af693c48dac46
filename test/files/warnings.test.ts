import { calendarOf } from '../../domain/lifecycle/state.ts';
import { afterEach, expect, it } from 'vitest';
import { loadInspectionFile } from '../../client/files/load.ts';
import { startOf, startWarnings } from '../../client/files/load-start.ts';
import { preview } from '../../domain/preview/preview.ts';
import { fileWarnings } from '../../domain/preview/warnings.ts';
import { COUNCIL, folderOf, GOOD as PUBLISHED } from './good-file.ts';

/** With the day of receipt as well: no rule waits for a fact. */
const GOOD = PUBLISHED.replace('report:\n', 'report:\n  received: 2016-02-19\n');

let folder: ReturnType<typeof folderOf> | undefined;
afterEach(() => folder?.remove());

function loaded(inspection: string, council: string) {
  folder = folderOf({ 'inspection.yaml': inspection, 'council.yaml': council });
  return startOf(loadInspectionFile(folder.path('inspection.yaml')));
}

const meetings = (list: string) => COUNCIL.replace('[2016-05-10]', list);
const changed = (from: string, to: string) => GOOD.replace(from, () => to);

it.each([
  ['nothing, of the good file', GOOD, COUNCIL, []],
  [
    'a fact that a rule waits for',
    PUBLISHED,
    COUNCIL,
    [
      [
        'framework',
        'Nothing is planned for "Publish the inspection report": it counts from the day on which the report was received',
      ],
    ],
  ],
  [
    'a meeting on a Sunday',
    GOOD,
    meetings('[2016-05-10, 2016-05-15]'),
    [['bodies.0.meetings.1', 'Cabinet is to meet on Sunday 15 May 2016, a day of a weekend.']],
  ],
  [
    'a meeting on a Saturday',
    GOOD,
    meetings('[2016-05-14]'),
    [['bodies.0.meetings.0', 'Cabinet is to meet on Saturday 14 May 2016, a day of a weekend.']],
  ],
  [
    'a meeting on Christmas Day',
    GOOD,
    meetings('[2026-12-25]'),
    [['bodies.0.meetings.0', 'Cabinet is to meet on Friday 25 December 2026, Christmas Day.']],
  ],
  [
    'a meeting on a day on which the council is closed',
    GOOD,
    `${meetings('[2026-12-29]')}closureDays: [{ date: 2026-12-29, title: Christmas closure }]\n`,
    [['bodies.0.meetings.0', 'Cabinet is to meet on Tuesday 29 December 2026, Christmas closure.']],
  ],
  [
    'a meeting moved to Good Friday, and not the day it was moved from',
    GOOD,
    meetings('[{ on: 2026-04-05, movedTo: 2026-04-03 }]'),
    [['bodies.0.meetings.0.movedTo', 'Cabinet is to meet on Friday 3 April 2026, Good Friday.']],
  ],
  ['nothing, of a Sunday that was cancelled', GOOD, meetings('[{ on: 2026-04-05, cancelled: a slip }]'), []],
  [
    'two meetings on one day',
    GOOD,
    meetings('[2016-05-10, 2016-06-14, 2016-05-10]'),
    [['bodies.0.meetings.2', 'Cabinet has two meetings on Tuesday 10 May 2016.']],
  ],
  [
    'published before received',
    changed('received: 2016-02-19', 'received: 2016-02-22'),
    COUNCIL,
    [['report.published', 'The report was published (Friday 19 February 2016) before the council received it']],
  ],
  [
    'a report of another year',
    changed('received: 2016-02-19\n  published: 2016-02-19', 'received: 2017-02-20'),
    COUNCIL.replace('[2016-05-10]', '[2017-05-09]'),
    [['report.received', 'more than a year after the inspection ended on Thursday 17 December 2015']],
  ],
  [
    'an action due on a bank holiday',
    changed('{ n: 6, unit: month }', '2016-05-02'),
    COUNCIL,
    [
      [
        'actions.0.due',
        '"Act" is due on a day off: Monday 2 May 2016 is no working day (Early May bank holiday). The working days around it are Friday 29 April 2016 and Tuesday 3 May 2016.',
      ],
    ],
  ],
  [
    'an action due before the fieldwork',
    changed('{ n: 6, unit: month }', '2015-11-20'),
    COUNCIL,
    [
      [
        'actions.0.due',
        '"Act" is due on Friday 20 November 2015, before the inspection began on Monday 23 November 2015.',
      ],
    ],
  ],
  [
    'an administrator who may do nothing',
    GOOD,
    COUNCIL.replace('capacity: administrator', 'capacity: member'),
    [['chain.administrator', 'Clerk is to run duecourse here, and its holder may ask and call in, as a councillor']],
  ],
  [
    'a councillor’s address that an officer’s role has as well, however it is written',
    GOOD,
    COUNCIL.replace(
      'chain:',
      '  - { id: lead-member, title: Lead Member, email: Director@Anyborough.example.org, capacity: member }\nchain:',
    ),
    [
      [
        'roles.3',
        'director@anyborough.example.org holds Director (may manage all duties) and Lead Member (may ask and call in, as a councillor): a councillor would have an officer’s rights.',
      ],
    ],
  ],
  [
    'two roles of one title, however it is written, the title beside which it is said',
    GOOD,
    COUNCIL.replace('chain:', '  - { id: second, title: " chief  executive " }\nchain:'),
    [
      [
        'roles.3.title',
        '2 roles are called “chief  executive”, one held by chief-executive@anyborough.example.org, one held by nobody: lists, forms and mails can’t tell them apart. Give each a title of its own, for example with its service.',
      ],
    ],
  ],
  [
    'a group that stands for roles with other rights than one another',
    GOOD,
    COUNCIL.replace('capacity: manager }', 'capacity: manager, groups: [all-staff] }').replace(
      'capacity: administrator }',
      'capacity: administrator, groups: [all-staff] }',
    ),
    [['roles.2', 'the group all-staff holds Chief Executive (may manage all duties) and Clerk']],
  ],
  [
    'nothing, of one person who holds two roles with the same rights',
    GOOD,
    COUNCIL.replace('director@anyborough', 'chief-executive@anyborough'),
    [],
  ],
])('warns of %s, at its place, in the preview and at the start', (_what, inspection, council, expected) => {
  const start = loaded(inspection, council);
  const calendar = calendarOf(start);
  const warnings = fileWarnings(start.facts, calendar);
  expect(warnings.map(({ path, text }) => [path.join('.'), text])).toEqual(
    expected.map(([path, text = '']) => [path, expect.stringContaining(text) as string]),
  );
  const texts = warnings.map(({ text }) => text);
  expect(preview(start.facts, calendar).warnings).toEqual(expect.arrayContaining(texts));
  expect(startWarnings(start, '2015-11-19').odd).toEqual(texts);
});

it('warns at the start of what would be late already, but not of what the file says is done', () => {
  const start = loaded(GOOD, COUNCIL);
  expect(startWarnings(start, '2026-11-26').late).toEqual({
    text: expect.stringMatching(
      /^On Thursday 26 November 2026 it would be late already: Publish the inspection report, due Tuesday 5 April 2016, \d+ working days late, and \d+ more with it\. If it has been done, mark it as done/,
    ) as string,
    inFile: expect.stringContaining('under `happened`') as string,
    long: true,
  });
  expect(preview(start.facts, calendarOf(start)).warnings.join(' ')).not.toContain('late already');
});
