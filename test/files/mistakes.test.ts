import { basename } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { textOf } from '../../client/files/file-problems.ts';
import { loadAuthorityFile, loadInspectionFile } from '../../client/files/load.ts';
import { loadStart } from '../../client/files/load-start.ts';
import { COUNCIL, folderOf, GOOD, problemsOf } from './good-file.ts';

let folder: ReturnType<typeof folderOf> | undefined;
afterEach(() => folder?.remove());

const NOW = '2026-11-26T10:00:00.000Z';

/** Everything that is said of a file and its authority's: `file:line path: sentence`, in its order. */
function said(files: { inspection?: string; council?: string; others?: Record<string, string> }): string[] {
  folder = folderOf({
    'inspection.yaml': files.inspection ?? GOOD,
    'council.yaml': files.council ?? COUNCIL,
    ...files.others,
  });
  const path = folder.path('inspection.yaml');
  return problemsOf(() => loadInspectionFile(path, { now: NOW })).map(
    (each) => `${basename(each.file)}:${each.line} ${textOf(each)}`,
  );
}

/** Changes places of a text, each of which must be there. */
function changed(text: string, ...changes: [string, string][]): string {
  return changes.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`"${from}" is not in the good file`);
    return before.replace(from, () => to);
  }, text);
}

describe('all mistakes at once', () => {
  it('of the schema, the framework, roles, bodies, rules, events and the authority’s file, in one list', () => {
    const inspection = changed(
      GOOD,
      ['title: A test', 'titel: A test'],
      ['sif-2013', 'sif-2031'],
      ['officer: director', 'officer: directer'],
      ['theme: so-1', 'theme: so-2'],
      ['body: cabinet\n', 'body: cabinets\n'],
      ['publishedOn: 2016-05-11', 'publishedOn: 2016-05-09'],
      ['on: 2016-06-01', 'on: 1 June 2016'],
    );
    const council = changed(
      COUNCIL,
      ['name: Anyborough Council', 'name: Anyborough Council\nconstitution: midlesbrough'],
      ['director@anyborough.example.org', 'director'],
      ['reportsTo: chief-executive', 'reportsTo: chief-exec'],
    );
    const list = said({ inspection, council });
    expect(list.map((each) => each.slice(0, each.indexOf(':', each.indexOf(':') + 1)))).toEqual([
      'inspection.yaml:1 title',
      'inspection.yaml:2 titel',
      'inspection.yaml:4 framework',
      'inspection.yaml:13 themes[0].officer',
      'inspection.yaml:16 actions[0].theme',
      'inspection.yaml:20 commitments[0].body',
      'inspection.yaml:22 decisions[0].publishedOn',
      'inspection.yaml:24 happened[0].on',
      'council.yaml:3 constitution',
      'council.yaml:7 roles[1].email',
      'council.yaml:7 roles[1].reportsTo',
    ]);
  });

  it('of rules, where the framework is known and the rest is not', () => {
    const inspection = changed(
      GOOD,
      ['title: A test\n', ''],
      ['rule: cabinet-update', 'rule: cabinet'],
      ['by: director', 'by: directr'],
    );
    expect(said({ inspection })).toEqual([
      'inspection.yaml:1 title: found nothing, expected text',
      expect.stringMatching(/^inspection.yaml:18 commitments\[0\].rule: .*did you mean "cabinet-update"\?$/),
      expect.stringMatching(/^inspection.yaml:23 happened\[0\].by: .*did you mean "director"\?$/),
    ]);
  });
});

describe('a promise that is not as its rule', () => {
  const promised = (keys: string) =>
    said({ inspection: changed(GOOD, ['  - rule: cabinet-update\n    body: cabinet', keys]) });

  it.each([
    [
      '  - { rule: written-action-plan, every: { weekday: monday, which: last } }',
      'commitments[0].every',
      'comes once: say how long as `n` and `unit`',
    ],
    [
      '  - { rule: written-action-plan, first: 2016-03-01 }',
      'commitments[0].first',
      '"first" belongs to a cycle: the rule "written-action-plan" comes once',
    ],
    [
      '  - { id: cabinet-update, title: T, act: A, due: 2016-03-01 }',
      'commitments[0].id',
      'a rule of the framework is called "cabinet-update": give the promise another name',
    ],
    [
      '  - { id: a, title: T, act: A, due: { by: 2016-03-01 } }',
      'commitments[0].due.words',
      'found nothing, expected text',
    ],
    [
      '  - { id: a, title: T, act: A, due: { n: 3, unit: mnth } }',
      'commitments[0].due.unit',
      'expected one of working-day, calendar-day, week, month',
    ],
    [
      '  - { id: a, title: T, act: A, every: { n: 0, unit: month } }',
      'commitments[0].every.n',
      'expected a number of at least 1',
    ],
    ['  - { id: a, title: T, act: A, every: { months: [mars] } }', 'commitments[0].every.months[0]', '"mars"'],
  ])('%s', (keys, place, sentence) => {
    const [only, ...others] = promised(keys);
    expect(only).toContain(place);
    expect(only).toContain(sentence);
    expect(others).toEqual([]);
  });
});

describe('one mistake is told once', () => {
  const ONE: [string, [string, string], string][] = [
    [
      'a date day first',
      ['2016-02-19', '19/02/2016'],
      'found "19/02/2016", expected a date written YYYY-MM-DD: write 2016-02-19',
    ],
    ['a date with dots', ['2016-02-19', '19.2.2016'], 'write 2016-02-19'],
    ['a date in words', ['2016-02-19', '19th February 2016'], 'write 2016-02-19'],
    ['a date with a weekday', ['2016-02-19', 'Friday 19 Feb 2016'], 'write 2016-02-19'],
    ['a date without noughts', ['2016-02-19', '2016-2-19'], 'write 2016-02-19'],
    ['a date without marks', ['2016-02-19', '20160219'], 'write 2016-02-19'],
    ['a year of two digits', ['2016-02-19', '19.2.16'], 'expected a date with a year of four digits'],
    ['a year of two digits in words', ['2016-02-19', '19 Feb 16'], 'expected a date with a year of four digits'],
    ['a year with noughts before it', ['2016-02-19', '0016-02-19'], 'expected a date with a year of four digits'],
    [
      'a year that nothing can be counted from',
      ['2016-02-19', '9999-12-31'],
      'expected a date from 1900 to 2199: look at the year',
    ],
    ['a day that does not exist, day first', ['2016-02-19', '30/02/2016'], 'expected a date that exists'],
    ['an end of fieldwork that is no date', ['until: 2015-12-17', 'until: 17/12/15'], 'a year of four digits'],
    ['a framework in capitals', ['sif-2013', 'SIF-2013'], 'for example chief-executive; did you mean "sif-2013"?'],
    ['half a framework', ['sif-2013', 'ilacs'], 'did you mean "ilacs-2018"?'],
    ['a body like another', ['body: cabinet\n', 'body: cabnet\n'], 'did you mean "cabinet"?'],
    ['a role in capitals', ['by: director', 'by: Director'], 'did you mean "director"?'],
    [
      'a theme like another',
      ['theme: so-1', 'theme: so1'],
      'there is no theme "so1" in this file; did you mean "so-1"?',
    ],
    [
      'a framework out of its years',
      ['sif-2013', 'ilacs-2018'],
      'expected a framework that was in force from 2015-11-23',
    ],
    ['a file that is not there', ['council.yaml', 'counsil.yaml'], 'did you mean "council.yaml"?'],
    [
      'a text with a colon',
      ['title: A test', 'title: Inspection: a test'],
      "put it in quotes, as in title: 'Inspection: a test'",
    ],
    [
      'a text with a colon within braces',
      ['title: Act,', 'title: Act: now,'],
      "there is a colon and a space within this text; put it in quotes, as in title: 'Act: now'",
    ],
    [
      'a text with a colon and an apostrophe',
      ['title: A test', "title: Ofsted's: a test"],
      'as in title: "Ofsted\'s: a test"',
    ],
    ['a text that begins with a sign', ['title: A test', 'title: @test'], 'put it in quotes: title: @test'],
    [
      'a text that goes on after its quotes',
      ['title: A test', 'title: "A" test'],
      'goes on after its closing quotation mark',
    ],
    ['an action without an owner', [' theme: so-1,', ''], 'an action needs an owner'],
  ];
  it.each(ONE)('%s', (_what, change, sentence) => {
    const list = said({ inspection: changed(GOOD, change) });
    expect(list).toEqual([expect.stringContaining(sentence)]);
  });

  const COUNCILS: [string, [string, string], string][] = [
    [
      'a constitution like another',
      ['name: Anyb', 'constitution: midlesbrough\nname: Anyb'],
      'did you mean "middlesbrough"?',
    ],
    [
      'an address that no mail server takes',
      ['director@anyborough.example.org', `${'d'.repeat(60)}@${'anyborough.'.repeat(20)}example.org`],
      'at most 254 characters',
    ],
    ['a division that is none', ['england-and-wales', 'england'], 'expected one of england-and-wales'],
    ['a meeting nobody knows the holidays of', ['[2016-05-10]', '[2061-05-10]'], 'expected a date from 2006-01-01'],
    [
      'a circle of two',
      ['capacity: manager }\n  - { id: director', 'reportsTo: director, capacity: manager }\n  - { id: director'],
      'Chief Executive answers to Director, who answers to Chief Executive',
    ],
    ['a role above itself', ['reportsTo: chief-executive', 'reportsTo: director'], 'Director answers to itself'],
  ];
  it.each(COUNCILS)('in the authority’s file: %s', (_what, change, sentence) => {
    expect(said({ council: changed(COUNCIL, change) })).toEqual([expect.stringContaining(sentence)]);
  });
});

describe('circles are named, each with its line', () => {
  const CIRCLE = `id: caltown
name: Caltown
division: england-and-wales
roles:
  - { id: a, title: Head A, email: a@council.example.org, reportsTo: b }
  - { id: b, title: Head B, email: b@council.example.org, reportsTo: a, capacity: manager }
  - { id: dem, title: Clerk, email: dem@council.example.org, reportsTo: b, capacity: administrator }
people:
  - { email: a@council.example.org, away: [{ from: 2026-01-01, until: 2027-12-31, delegate: b }] }
  - { email: b@council.example.org, away: [{ from: 2026-06-01, until: 2027-12-31, delegate: a }] }
chain: { director: b, chiefExecutive: a, administrator: dem }
`;

  it('of who answers to whom, and of who stands in for whom on the same days', () => {
    folder = folderOf({ 'council.yaml': CIRCLE });
    const path = folder.path('council.yaml');
    expect(
      problemsOf(() => loadAuthorityFile(path)).map((each) => `${each.line} ${each.path} ${each.expected}`),
    ).toEqual([
      '5 roles[0].reportsTo Head A answers to Head B, who answers to Head A: what is late would go round in a circle; take out one of these lines',
      '9 people[0].away[0].delegate on 2026-06-01 the stand-in of Head A is Head B, whose stand-in is Head A: all of them are away, and nobody would read their mail',
    ]);
  });
});

describe('nothing comes before what it answers, and nothing that has happened lies ahead', () => {
  const more = (text: string) => `${GOOD}${text}`;
  const CALLED = (rest: string) => `callIns:\n  - { decision: d, by: five members, reasons: cost, ${rest} }\n`;
  const ORDER: [string, string, string, string][] = [
    [
      'a call-in before the publication',
      more(CALLED('receivedOn: 2016-05-10')),
      'callIns[0].receivedOn',
      'before its record was published (2016-05-11)',
    ],
    [
      'scrutiny before the call-in',
      more(CALLED('receivedOn: 2016-05-12, resolution: { outcome: refer-back, on: 2016-05-11 }')),
      'callIns[0].resolution.on',
      'before it was received (2016-05-12)',
    ],
    [
      'a reconsideration before scrutiny',
      more(
        CALLED(
          'receivedOn: 2016-05-12, resolution: { outcome: refer-back, on: 2016-05-20 }, reconsidered: { outcome: confirmed, on: 2016-05-19 }',
        ),
      ),
      'callIns[0].reconsidered.on',
      'before it was referred (2016-05-20)',
    ],
    [
      'an answer before its question',
      more(
        'questions:\n  - { id: q, askedOn: 2016-05-10, by: ward 3, text: Why?, answer: { on: 2016-05-09, text: So. } }\n',
      ),
      'questions[0].answer.on',
      'before it was asked (2016-05-10)',
    ],
    [
      'something that happened before the fieldwork',
      changed(GOOD, ['on: 2016-06-01', 'on: 2015-11-22']),
      'happened[0].on',
      'before the inspection began on 2015-11-23',
    ],
    [
      'a decision carried out before it was taken',
      changed(GOOD, ['publishedOn: 2016-05-11', 'implementedOn: 2016-05-09']),
      'decisions[0].implementedOn',
      'before it is taken (2016-05-10)',
    ],
    [
      'a plan submitted before it was drafted',
      more(
        'plans:\n  - { plan: improvement-plan, version: 1, stages: [{ stage: draft, on: 2016-05-10 }, { stage: submitted, on: 2016-05-09 }] }\n',
      ),
      'plans[0].stages[1].on',
      'before the one above it (2016-05-10)',
    ],
    [
      'a report received in 2036',
      changed(GOOD, ['published: 2016-02-19', 'published: 2016-02-19\n  received: 2036-02-19']),
      'report.received',
      'it is of something that has happened, and today is 2026-11-26',
    ],
    [
      'two events of a kind on one day',
      more('events: { notice-received: [{ on: 2016-02-19 }, { on: 2016-02-22 }, { on: 2016-02-19, at: "10:00" }] }\n'),
      'events.notice-received[2]',
      'there is one of this kind on 2016-02-19 already',
    ],
    ['an event in 2036', more('events: { notice-received: 2036-02-19 }\n'), 'events.notice-received', 'has happened'],
    [
      'an event in 2036, with its time',
      more('events: { notice-received: { on: 2036-02-19, at: "10:00" } }\n'),
      'events.notice-received.on',
      'has happened',
    ],
    [
      'attendance of a session to come',
      more('training:\n  - { id: t, title: T, on: 2027-03-01, attendance: { invited: [a], attended: [a] } }\n'),
      'training[0].attendance',
      'nobody can have attended a session that is on 2027-03-01',
    ],
    [
      'a promise for a day that was over',
      changed(GOOD, ['what: submitted, on: 2016-06-01', 'what: acknowledged, promisedOn: 2016-05-01, on: 2016-06-01']),
      'happened[0].promisedOn',
      'that was over by then',
    ],
  ];
  it.each(ORDER)('%s is refused', (_what, inspection, path, sentence) => {
    const list = said({ inspection });
    expect(list).toHaveLength(1);
    expect(list[0]).toContain(`${path}: `);
    expect(list[0]).toContain(sentence);
  });

  it('takes a date of tomorrow: a file may be read just after midnight elsewhere', () => {
    expect(
      said({ inspection: changed(GOOD, ['takenOn: 2016-05-10, publishedOn: 2016-05-11', 'takenOn: 2026-11-27']) }),
    ).toEqual([]);
  });
});

describe('days that can’t be counted to', () => {
  it.each([
    [
      'a due date beyond the years',
      '2062-05-01',
      /actions\[0\]\.due: found "2062-05-01", expected a date from 2006-01-01 to 2040-12-31/,
    ],
    [
      'a due date before the years',
      '1999-05-01',
      /actions\[0\]\.due: found "1999-05-01", expected a date from 2006-01-01 to 2040-12-31/,
    ],
    [
      'a due date too near the end of the years',
      '2040-12-20',
      /actions\[0\]\.due: "Act" would be due on 2040-12-20, for which its reminders can't be worked out: .*to 2040-12-31/,
    ],
    [
      'a period that leads beyond the years',
      '{ n: 400, unit: month }',
      /actions\[0\]\.due: .*bank holidays are known from 2006-01-01 to 2040-12-31/,
    ],
  ])('%s is refused with its line', (_what, due, sentence) => {
    expect(said({ inspection: changed(GOOD, ['{ n: 6, unit: month }', due]) })).toEqual([
      expect.stringMatching(sentence),
    ]);
    expect(said({ inspection: changed(GOOD, ['{ n: 6, unit: month }', due]) })[0]).toMatch(/^inspection\.yaml:16 /);
  });

  it('an action due long before the inspection can be counted back from: its holidays are carried', () => {
    folder = folderOf({
      'inspection.yaml': changed(GOOD, ['{ n: 6, unit: month }', '2009-01-12']),
      'council.yaml': COUNCIL,
    });
    expect(loadStart(folder.path('inspection.yaml')).calendar.from < '2008-12-01').toBe(true);
  });

  it('the end of a cycle may lie beyond the years', () => {
    expect(said({ inspection: changed(GOOD, ['    body: cabinet\n', '    until: 2099-12-31\n']) })).toEqual([]);
  });
});

describe('a constitution out of its years', () => {
  const isle = changed(COUNCIL, ['name: Anyb', 'constitution: isle-of-wight\nname: Anyb']);

  it('is refused for a report that came after them, and for a decision', () => {
    expect(said({ council: isle })).toEqual([
      expect.stringMatching(
        /^inspection\.yaml:3 authority: the authority's constitution "isle-of-wight" .* was in force from 2004-11-22 to 2012-09-09, and the report came on 2016-02-19: name the one of that time/,
      ),
      expect.stringMatching(/^inspection\.yaml:22 decisions\[0\]\.takenOn: .* the decision was taken on 2016-05-10/),
    ]);
  });

  it('is taken within them', () => {
    const inspection = `reference: 2011
title: A test
authority: council.yaml
framework: slac-2009
fieldwork: { from: 2011-03-07, until: 2011-03-18 }
report: { received: 2011-04-18 }
`;
    expect(said({ inspection, council: isle })).toEqual([]);
  });
});

describe('a file of another kind', () => {
  const CONSTITUTION = 'id: x\nversion: 1\ncallIn: { window: { n: 5, unit: working-day } }\n';

  it.each([
    ['an authority’s', COUNCIL, 'this is an authority’s file; expected an inspection’s file here'],
    ['a constitution', CONSTITUTION, 'this is a constitution; expected an inspection’s file here'],
    ['a pack', 'id: x\nrules: []\n', 'this is a rule pack; expected an inspection’s file here'],
  ])('given for an inspection’s: %s', (_what, inspection, sentence) => {
    expect(said({ inspection })).toEqual([expect.stringContaining(sentence)]);
  });

  it('named as the authority: an inspection’s', () => {
    const inspection = changed(GOOD, ['authority: council.yaml', 'authority: other.yaml']);
    expect(said({ inspection, others: { 'other.yaml': GOOD } })).toEqual([
      expect.stringContaining('other.yaml:1 this is an inspection’s file; expected an authority’s file here'),
    ]);
  });

  it('given for an authority’s: an inspection’s', () => {
    folder = folderOf({ 'inspection.yaml': GOOD });
    const path = folder.path('inspection.yaml');
    expect(problemsOf(() => loadAuthorityFile(path))).toMatchObject([
      { line: 1, expected: expect.stringContaining('this is an inspection’s file') as string },
    ]);
  });
});

describe('what a command would refuse is refused in a file, with its line', () => {
  const council = (id: string) => changed(COUNCIL, ['name: Anyb', `constitution: ${id}\nname: Anyb`]);

  it.each([
    [
      'a cost over the threshold without `key`',
      'middlesbrough',
      changed(GOOD, ['publishedOn: 2016-05-11', 'cost: 200000']),
      /decisions\[0\]\.key: this is a key decision: .*£200,000.*; write `key: true`$/,
    ],
    [
      'a cost below the threshold with it',
      'middlesbrough',
      changed(GOOD, ['publishedOn: 2016-05-11', 'key: true, cost: 2000']),
      /decisions\[0\]\.key: this is no key decision: .*; write `key: false`$/,
    ],
    [
      'a call-in by too few',
      'gloucestershire',
      `${GOOD}callIns:\n  - { decision: d, receivedOn: 2016-05-12, by: two members, members: 2, reasons: cost }\n`,
      /callIns\[0\]\.members: a call-in needs five members.*; here are 2$/,
    ],
    [
      'a duty that does not follow',
      'middlesbrough',
      changed(GOOD, ['plan-submission/written-action-plan', 'plan-submission/writen-action-plan']),
      /happened\[0\]\.milestone: .*did you mean "plan-submission\/written-action-plan"\?$/,
    ],
    [
      'what was done already',
      'middlesbrough',
      `${GOOD}  - { milestone: plan-submission/written-action-plan, what: submitted, on: 2016-06-02, by: director }\n`,
      /happened\[1\]: .*already submitted on Wednesday 1 June 2016/,
    ],
  ])('%s', (_what, id, inspection, sentence) => {
    expect(said({ inspection, council: council(id) })).toEqual([expect.stringMatching(sentence)]);
  });
});

it('reads a file whose lines end with a carriage return alone', () => {
  expect(said({ inspection: GOOD.replaceAll('\n', '\r'), council: COUNCIL.replaceAll('\n', '\r') })).toEqual([]);
  expect(said({ inspection: changed(GOOD, ['2016-02-19', '2016-02-30']).replaceAll('\n', '\r') })).toEqual([
    expect.stringMatching(/^inspection\.yaml:7 report\.published/),
  ]);
});
