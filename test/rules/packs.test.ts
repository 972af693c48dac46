import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween } from '../../domain/calendar/civil-date.ts';
import { withClosureDays } from '../../domain/calendar/calendar-data.ts';
import { createCalendar, type Division } from '../../domain/calendar/working-calendar.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import { plan } from '../../domain/plan/plan.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { loadBankHolidays } from '../../client/files/bank-holidays.ts';
import { listRulePacks, loadRulePack, loadWorkingDays, resolveRules } from '../../client/files/rules.ts';
import { council } from '../support/facts.ts';
import { runs } from '../support/runs.ts';
import { COUNTED, event, promised, published, received } from './counted.ts';

/** The facts of an inspection under a pack, as far as a rule's date depends on them. */
function factsOf(pack: string, parts: Record<string, unknown>, on?: string): Facts {
  const inspection = inspectionSchema.parse({
    reference: 'test',
    title: 'Test',
    framework: pack,
    fieldwork: { from: '1991-01-01', until: '1991-01-01' },
    ...parts,
  });
  return {
    inspection,
    authority: council,
    rules: resolveRules(loadRulePack(pack, on)),
    pack: { id: pack, version: 1 },
    constitution: null,
    workingDays: loadWorkingDays(),
  };
}

const calendars = new Map<Division, ReturnType<typeof createCalendar>>();
function calendarOf(division: Division = 'england-and-wales') {
  const made = calendars.get(division) ?? createCalendar(loadBankHolidays(division));
  calendars.set(division, made);
  return made;
}

function milestonesOf(pack: string, parts: Record<string, unknown>, calendar = calendarOf()) {
  return plan(factsOf(pack, parts), calendar, { cycles: { until: '2032-12-31' } });
}

const due = (pack: string, rule: string, parts: Record<string, unknown>, calendar = calendarOf()) =>
  milestonesOf(pack, parts, calendar).find((each) => each.rule.id === rule && (each.occurrence ?? 1) === 1)?.due;

/**
 * Pack, rule, facts, due date, and where the date is from. "rules" is the vectors of the rules' own sources; all others are
 * counted by hand: weeks first (n working days are n/5 weeks), then a day for each bank holiday passed over.
 */
const CASES: [string, string, Record<string, unknown>, string, string][] = [
  // SI 2007/462 reg 2: 30 working days after receipt, six weeks and the holidays between.
  [
    'sif-2013',
    'report-publication',
    received('2016-02-19'),
    '2016-04-05',
    'S2c: 6 weeks is 1 April; Good Friday and Easter Monday: Tue 5 April',
  ],
  [
    'si-2007-462',
    'report-publication',
    received('2011-07-22'),
    '2011-09-05',
    'S0: 6 weeks is 2 September; 29 August: Mon 5 September',
  ],
  [
    'ilacs-2018',
    'report-publication',
    received('2018-08-10'),
    '2018-09-24',
    '6 weeks is 21 September; 27 August: Mon 24 September',
  ],
  [
    'ilacs-2018',
    'report-publication',
    received('2020-03-20'),
    '2020-05-05',
    '6 weeks is 1 May; 10 and 13 April: Tue 5 May',
  ],
  [
    'ilacs-2018',
    'report-publication',
    received('2022-08-12'),
    '2022-09-27',
    '6 weeks is 23 September; 29 August and 19 September: Tue 27 September',
  ],
  [
    'ilacs-2018',
    'report-publication',
    received('2025-12-12'),
    '2026-01-28',
    '6 weeks is 23 January; 25, 26 December, 1 January: Wed 28 January',
  ],
  [
    'ilacs-2018',
    'report-publication',
    received('2019-06-01'),
    '2019-07-12',
    'Saturday 1 June: day 1 is Mon 3 June; the 30th is Fri 12 July',
  ],
  [
    'ilacs-2018',
    'report-publication',
    received('2019-06-02'),
    '2019-07-12',
    'Sunday 2 June: the same as the Saturday before',
  ],

  // The plan under the single inspection framework: 90 by the paper, 70 as the other reading.
  ['sif-2013', 'written-action-plan', published('2016-02-19'), '2016-06-30', 'S2, the paper of 10 May 2016'],
  [
    'sif-2013',
    'written-action-plan',
    received('2016-02-19'),
    '2016-06-30',
    '18 weeks is 24 June; 25 and 28 March, 2 and 30 May: 30 June',
  ],
  [
    'sif-2013',
    'written-action-plan',
    received('2017-01-24'),
    '2017-06-05',
    '18 weeks is Tue 30 May; 14 and 17 April, 1 and 29 May: Mon 5 June',
  ],
  [
    'sif-2013',
    'written-action-plan',
    received('2014-09-12'),
    '2015-01-21',
    '18 weeks is 16 January; 25, 26 December, 1 January: Wed 21 January',
  ],
  [
    'sif-2013',
    'written-action-plan',
    received('2015-05-29'),
    '2015-10-05',
    '18 weeks is 2 October; 31 August: Mon 5 October',
  ],
  [
    'sif-2013',
    'written-action-plan',
    received('2016-02-20'),
    '2016-06-30',
    'Saturday: day 1 is Mon 22 February, as after Friday 19 February',
  ],
  [
    'slac-2009',
    'written-action-plan',
    received('2011-07-22'),
    '2011-10-31',
    '14 weeks is 28 October; 29 August: Mon 31 October',
  ],
  ['slac-2009', 'written-action-plan', received('2010-09-10'), '2010-12-17', '14 weeks: Fri 17 December'],

  // ILACS: 70 working days, 14 weeks and the holidays between.
  [
    'ilacs-2018',
    'written-action-plan',
    received('2018-06-01'),
    '2018-09-10',
    '14 weeks is 7 September; 27 August: Mon 10 September',
  ],
  [
    'ilacs-2018',
    'written-action-plan',
    received('2016-02-19'),
    '2016-06-02',
    'S2b: 14 weeks is 27 May; 25 and 28 March, 2 May: 1 June, over 30 May: Thu 2 June',
  ],
  [
    'ilacs-2018',
    'written-action-plan',
    received('2017-01-24'),
    '2017-05-05',
    'S4: 14 weeks is Tue 2 May; 14, 17 April, 1 May: Fri 5 May',
  ],
  [
    'ilacs-2018',
    'written-action-plan',
    received('2011-07-22'),
    '2011-10-31',
    'S0: 14 weeks is 28 October; 29 August: Mon 31 October',
  ],
  [
    'ilacs-2018',
    'written-action-plan',
    published('2020-01-24'),
    '2020-05-05',
    '14 weeks is 1 May; 10, 13 April: Tue 5 May; 8 May lies after it',
  ],
  [
    'ilacs-2018',
    'written-action-plan',
    received('2022-06-17'),
    '2022-09-27',
    '14 weeks is 23 September; 29 August and 19 September: Tue 27 September',
  ],
  [
    'ilacs-2018',
    'written-action-plan',
    received('2023-03-10'),
    '2023-06-23',
    '14 weeks is 16 June; 7, 10 April, 1, 8, 29 May: Fri 23 June',
  ],
  [
    'ilacs-2018',
    'written-action-plan',
    received('2024-09-27'),
    '2025-01-08',
    '14 weeks is 3 January; 25, 26 December, 1 January: Wed 8 January',
  ],
  [
    'ilacs-2018',
    'written-action-plan',
    received('2026-01-02'),
    '2026-04-14',
    '14 weeks is Fri 10 April; 3 and 6 April: Tue 14 April',
  ],
  [
    'ilacs-2018',
    'written-action-plan',
    received('2026-11-23'),
    '2027-03-04',
    '14 weeks is Mon 1 March; 25, 28 December, 1 January: Thu 4 March',
  ],
  [
    'ilacs-2018',
    'written-action-plan',
    received('2027-12-24'),
    '2028-04-05',
    '14 weeks is Fri 31 March; 27, 28 December, 3 January: Wed 5 April',
  ],

  // After a focused visit: draft within 20, plan within 70.
  [
    'ilacs-2018',
    'focused-visit-draft',
    event('focused-visit-letter-received', '2018-08-10'),
    '2018-09-10',
    "St Helens' draft was due on 10 September 2018: 4 weeks is 7 September; 27 August",
  ],
  [
    'ilacs-2018',
    'focused-visit-plan',
    event('focused-visit-letter-received', '2018-08-10'),
    '2018-11-19',
    '14 weeks is 16 November; 27 August: Mon 19 November',
  ],
  [
    'ilacs-2018',
    'focused-visit-draft',
    event('focused-visit-letter-received', '2019-12-20'),
    '2020-01-22',
    '4 weeks is 17 January; 25, 26 December, 1 January: Wed 22 January',
  ],
  [
    'ilacs-2018',
    'focused-visit-draft',
    event('focused-visit-letter-received', '2026-03-27'),
    '2026-04-28',
    '4 weeks is 24 April; 3 and 6 April: Tue 28 April',
  ],

  // Joint targeted area inspections, and area SEND.
  [
    'jtai-2016',
    'statement-of-proposed-action',
    { ...received('2018-06-01'), events: { 'statement-required': '2018-06-01' } },
    '2018-09-10',
    '14 weeks is 7 September; 27 August',
  ],
  [
    'jtai-2016',
    'statement-of-proposed-action',
    { ...received('2025-03-14'), events: { 'statement-required': '2025-03-14' } },
    '2025-06-26',
    '14 weeks is 20 June; 18, 21 April, 5, 26 May: Thu 26 June',
  ],
  [
    'send-2016',
    'written-statement-of-action',
    {
      report: { published: '2006-06-01' },
      events: { 'outcome-letter-received': '2019-07-05', 'statement-required': '2019-07-05' },
    },
    '2019-10-14',
    '14 weeks is 11 October; 26 August: Mon 14 October',
  ],
  [
    'send-2016',
    'written-statement-of-action',
    {
      report: { published: '2006-06-01' },
      events: { 'outcome-letter-received': '2022-05-20', 'statement-required': '2022-05-20' },
    },
    '2022-08-31',
    '14 weeks is 26 August; 2, 3 June: two more, over 29 August: Wed 31 August',
  ],
  [
    'send-2023',
    'priority-action-plan',
    { ...received('2024-06-07'), events: { 'statement-required': '2024-06-07' } },
    '2024-07-26',
    '7 weeks, no holiday between',
  ],
  [
    'send-2023',
    'priority-action-plan',
    { ...received('2025-04-11'), events: { 'statement-required': '2025-04-11' } },
    '2025-06-05',
    '7 weeks is 30 May; 18, 21 April, 5, 26 May: Thu 5 June',
  ],
  [
    'send-2023',
    'monitoring-inspection',
    { ...received('2024-06-07'), events: { 'statement-required': '2024-06-07' } },
    '2025-12-05',
    '18 months is Sunday 7 December 2025; the working day before it',
  ],
  [
    'send-2023',
    'monitoring-inspection',
    { ...received('2023-08-31'), events: { 'statement-required': '2023-08-31' } },
    '2025-02-28',
    '18 months of 31 August: the last of February',
  ],

  // Beginning with the day: the police inspectorate's 56 days.
  [
    'hmicfrs-2017',
    'comments-on-report',
    published('2018-02-22'),
    '2018-04-18',
    'day 1 is 22 February; the 56th is 55 days later',
  ],
  [
    'hmicfrs-2017',
    'comments-on-report',
    published('2020-02-06'),
    '2020-04-01',
    'a leap year: 24 days of February, 31 of March, 1 of April',
  ],
  ['hmicfrs-2017', 'comments-on-report', published('2022-11-07'), '2023-01-01', 'a Sunday and a holiday: no roll'],
  ['hmicfrs-2017', 'comments-on-report', published('2025-12-05'), '2026-01-29', '27 days of December, 29 of January'],

  // After the day: the coroner's 56 days.
  [
    'coroner-regulation-28',
    'response-to-coroner',
    event('report-sent', '2018-02-22'),
    '2018-04-19',
    'a day later than the police inspectorate’s',
  ],
  [
    'coroner-regulation-28',
    'response-to-coroner',
    event('report-sent', '2024-01-08'),
    '2024-03-04',
    '23 days of January, 29 of February, 4 of March',
  ],
  [
    'coroner-regulation-28',
    'response-to-coroner',
    event('report-sent', '2025-10-31'),
    '2025-12-26',
    '30 days of November, 26 of December; Boxing Day: no roll',
  ],

  // Months beginning with the day: the Ombudsman's three.
  [
    'lgsco',
    'response-to-report',
    received('2019-02-19'),
    '2019-05-18',
    'design: three months beginning with 19 February end on 18 May',
  ],
  [
    'lgsco',
    'response-to-report',
    received('2019-01-31'),
    '2019-04-30',
    'design: beginning with 31 January they end on 30 April',
  ],
  [
    'lgsco',
    'response-to-report',
    received('2019-12-01'),
    '2020-02-29',
    'three months after 30 November: the last of February is the 29th',
  ],
  ['lgsco', 'response-to-report', received('2020-12-01'), '2021-02-28', 'three months after 30 November'],
  ['lgsco', 'response-to-report', received('2023-05-31'), '2023-08-30', 'three months after 30 May'],
  [
    'lgsco',
    'response-to-report',
    received('2024-03-01'),
    '2024-05-31',
    'the end of May: the day before the corresponding 1 June',
  ],
  ['lgsco', 'public-notice', received('2023-05-31'), '2023-06-14', 'two weeks'],

  // The Care Quality Commission.
  [
    'cqc',
    'warning-notice-representations',
    event('notice-received', '2024-03-22'),
    '2024-04-09',
    '2 weeks is 5 April; 29 March and 1 April: Tue 9 April',
  ],
  [
    'cqc',
    'warning-notice-representations',
    event('notice-received', '2025-12-19'),
    '2026-01-07',
    '2 weeks is 2 January; 25, 26 December, 1 January: Wed 7 January',
  ],
  ['cqc', 'report-on-request', event('request-received', '2024-03-22'), '2024-04-19', 'four weeks'],

  // What councils promise: months, clamped, then rolled.
  [
    'commitments',
    'cabinet-update',
    promised('cabinet-update', '2017-01-24'),
    '2017-04-24',
    'S4: quarterly from 24 January',
  ],
  [
    'commitments',
    'cabinet-update',
    promised('cabinet-update', '2016-11-30'),
    '2017-02-28',
    'three months of 30 November: clamped to the end of February',
  ],
  [
    'commitments',
    'cabinet-update',
    promised('cabinet-update', '2016-01-02'),
    '2016-04-04',
    'Saturday 2 April: the next working day',
  ],
  [
    'commitments',
    'member-briefing',
    promised('member-briefing', '2020-04-30'),
    '2020-06-01',
    'Saturday 30 May: Monday 1 June',
  ],
  ['commitments', 'member-briefing', promised('member-briefing', '2019-01-31'), '2019-02-28', 'clamped'],
  [
    'commitments',
    'member-briefing',
    promised('member-briefing', '2019-11-25'),
    '2019-12-27',
    'Christmas Day and Boxing Day: Friday 27 December',
  ],
];

describe('the due date of', () => {
  test.each(CASES)('%s, %s, %j is %s (%s)', (pack, rule, parts, expected) => {
    expect(due(pack, rule, parts)).toBe(expected);
  });

  test.each(COUNTED)('%s, %s, %j is %s (%s)', (pack, rule, parts, expected) => {
    expect(due(pack, rule, parts)).toBe(expected);
  });

  test('at least 250 cases are in the tables, beside the packs’ own examples, and every pack is', () => {
    const all = [...CASES, ...COUNTED];
    expect(all.length).toBeGreaterThanOrEqual(250);
    expect(new Set(all.map(([pack]) => pack))).toEqual(new Set(listRulePacks()));
  });
});

describe('working days by instrument', () => {
  const closed = createCalendar(
    withClosureDays(loadBankHolidays('england-and-wales'), [
      { date: '2016-05-31', title: 'Closure' },
      { date: '2016-06-01', title: 'Closure' },
    ]),
  );
  const one = (calendar = closed) =>
    milestonesOf('sif-2013', received('2016-02-19'), calendar).find((each) => each.rule.id === 'written-action-plan');

  test('the council’s closure days are working days to SI 2007/462, and the explanation says so', () => {
    expect(one()?.due).toBe('2016-06-30');
    expect(one()?.explanation.join(' ')).toContain(
      "The council's own closure days are counted as working days: Closure (Tue 31 May 2016), Closure (Wed 1 June 2016).",
    );
    expect(one()?.explanation.join(' ')).toContain('Working days as in SI 2007/462: any day other than a Saturday');
    expect(one()?.rule.calendar).toBe(calendarOf().version);
  });

  test('and days off to the council’s own promises', () => {
    const own = {
      ...promised('cabinet-update', '2016-02-29'),
      commitments: [{ rule: 'cabinet-update', every: { n: 65, unit: 'working-day' } }],
    };
    // 13 weeks after Monday 29 February is Monday 30 May; Good Friday, Easter Monday, 2 and 30 May: four more,
    // Fri 3 June; with two closure days among them Tue 7 June.
    expect(due('commitments', 'cabinet-update', own)).toBe('2016-06-03');
    expect(due('commitments', 'cabinet-update', own, closed)).toBe('2016-06-07');
  });

  test('without closure days nothing is said of them', () => {
    expect(one(calendarOf())?.explanation.join(' ')).not.toContain('closure');
  });

  test('a receipt on a day off is explained', () => {
    const saturday = milestonesOf('ilacs-2018', received('2019-06-01')).find(
      (each) => each.rule.id === 'report-publication',
    );
    expect(saturday?.explanation.join(' ')).toContain(
      'Saturday 1 June 2019 is not a working day; counting starts with the next one.',
    );
  });
});

describe('a rule applies', () => {
  const ids = (pack: string, parts: Record<string, unknown>, on?: string) =>
    new Set(
      plan(factsOf(pack, parts, on), calendarOf(), { cycles: { until: '2032-12-31' } })
        .filter((each) => each.metOn === undefined)
        .map((each) => each.rule.id),
    );

  test('only where the file records what it requires', () => {
    expect(ids('jtai-2016', received('2018-06-01')).size).toBe(0);
    expect(ids('cqc', received('2018-06-01')).size).toBe(0);
  });

  test('no longer once it is met by the event itself', () => {
    const complaint = (events: object) =>
      ids('housing-ombudsman-2024', { report: { published: '2024-05-01' }, events });
    expect(complaint({ 'complaint-received': '2024-05-01' })).toContain('acknowledgement');
    const both = complaint({ 'complaint-received': '2024-05-01', 'complaint-acknowledged': '2024-05-03' });
    expect(both).not.toContain('acknowledgement');
  });

  test('whatever Ofsted has published: the council publishes the report itself (EIA 2006 s.137(6))', () => {
    const report = { received: '2016-02-19', published: '2016-03-01' };
    expect(ids('sif-2013', { report })).toEqual(new Set(['report-publication', 'written-action-plan']));
  });

  test('only at the grade that it names, whatever the capitals', () => {
    const judged = (area: string, grade: string) =>
      ids('ilacs-2018', { report: { published: '2019-01-07' }, judgements: [{ area, grade }] }, '2018-12-14').has(
        'monitoring-visit',
      );
    expect(judged('Overall effectiveness', 'inadequate')).toBe(true);
    expect(judged('Overall effectiveness', 'Requires improvement')).toBe(false);
    expect(judged('Overall', 'Inadequate')).toBe(true);
    expect(judged('Care leavers', 'Inadequate')).toBe(false);
  });

  test('at any area’s grade since no grade is given for all of it', () => {
    const judged = (area: string, grade: string) =>
      ids('ilacs-2018', { report: { published: '2026-06-15' }, judgements: [{ area, grade }] }, '2026-05-22').has(
        'monitoring-visit',
      );
    expect(judged('Care leavers', 'Inadequate')).toBe(true);
    expect(judged('Care leavers', 'Good')).toBe(false);
  });
});

describe('whatever the date,', () => {
  const day = fc.integer({ min: 0, max: 5000 }).map((n) => addDays('2012-01-02', n));
  const all = CASES.map(([pack, rule, parts]) => ({ pack, rule, parts: JSON.stringify(parts) }));
  const aCase = fc.constantFrom(...all);
  /** The same facts with every date in them moved to another day. */
  const moved = (parts: string, to: string) =>
    JSON.parse(parts.replaceAll(/\d{4}-\d\d-\d\d/g, to)) as Record<string, unknown>;
  // Of a cycle, the first occurrence alone.
  const cycles = { today: '1991-01-01', ahead: 1 };
  const milestone = (pack: string, rule: string, parts: string, to: string) =>
    plan(factsOf(pack, moved(parts, to)), calendarOf(), { cycles }).find((each) => each.rule.id === rule);

  test('a due date is not before its trigger, cites its source, and is explained', () => {
    fc.assert(
      fc.property(aCase, day, ({ pack, rule, parts }, date) => {
        const found = milestone(pack, rule, parts, date);
        if (found === undefined) return;
        expect(found.due > date).toBe(true);
        expect(found.explanation.join(' ')).toContain(found.rule.citation.cite);
        expect(found.explanation.length).toBeGreaterThan(2);
        if (found.stricter !== undefined) expect(found.stricter.due < found.due).toBe(true);
      }),
      runs(150),
    );
  });

  test('a later trigger never gives an earlier due date', () => {
    fc.assert(
      fc.property(aCase, day, fc.integer({ min: 1, max: 40 }), ({ pack, rule, parts }, date, later) => {
        const [one, other] = [milestone(pack, rule, parts, date), milestone(pack, rule, parts, addDays(date, later))];
        expect((other?.due ?? '') >= (one?.due ?? '')).toBe(true);
      }),
      runs(150),
    );
  });

  test('what is counted in working days ends on one; what is counted in days is that many days away', () => {
    const rules = new Map(
      listRulePacks().flatMap((pack) =>
        resolveRules(loadRulePack(pack)).map((rule) => [`${pack}/${rule.id}`, rule] as const),
      ),
    );
    fc.assert(
      fc.property(aCase, day, ({ pack, rule, parts }, date) => {
        const [found, { period, roll } = { period: undefined, roll: 'none' }] = [
          milestone(pack, rule, parts, date),
          rules.get(`${pack}/${rule}`),
        ];
        if (found === undefined || period === undefined) return;
        if (period.unit === 'working-day') expect(calendarOf().isWorkingDay(found.due)).toBe(true);
        if (period.unit === 'calendar-day' && roll === 'none')
          expect(daysBetween(date, found.due)).toBe(period.convention === 'beginning-with' ? period.n - 1 : period.n);
      }),
      runs(150),
    );
  });
});

test('what was not verified says so in its note, and every definition that is named is there', () => {
  const rules = listRulePacks().flatMap((id) => loadRulePack(id).rules);
  const citations = rules.flatMap(({ citation, readings }) => [citation, ...readings.map((other) => other.citation)]);
  const silent = citations.filter(
    ({ confidence, note }) => confidence === 'L' && !/not (verified|seen|checked)/i.test(note ?? ''),
  );
  expect(silent).toEqual([]);
  const known = Object.keys(loadWorkingDays());
  expect(rules.flatMap(({ workingDays }) => workingDays ?? []).filter((id) => !known.includes(id))).toEqual([]);
});
