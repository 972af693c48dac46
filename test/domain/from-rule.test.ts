import { calendarInWords } from '../../domain/calendar/calendar-in-words.ts';
import { describe, expect, test } from 'vitest';
import { withClosureDays } from '../../domain/calendar/calendar-data.ts';
import { createCalendar, trimCalendar } from '../../domain/calendar/working-calendar.ts';
import type { Facts, PlanOptions } from '../../domain/facts/facts.ts';
import { DEFAULT_LADDER } from '../../domain/plan/default-ladder.ts';
import { milestoneFromRule, type Particulars } from '../../domain/plan/from-rule.ts';
import { milestonesFromRules } from '../../domain/plan/from-rules.ts';
import { rule as ruleSchema, type Rule, type WorkingDayDefinition } from '../../domain/schemas/rule-pack.ts';
import { calendar, calendarData, factsOf } from '../support/facts.ts';

// What a rule makes of a milestone, field by field, and which rules make any.

const citation = { cite: 'the tests', confidence: 'U' } as const;
const ruleOf = (parts: Record<string, unknown> = {}): Rule =>
  ruleSchema.parse({
    id: 'reply',
    strand: 'plan-submission',
    title: 'Reply',
    act: 'Send the reply.',
    trigger: { event: 'report-received' },
    period: { n: 5, unit: 'working-day' },
    strength: 'statutory',
    citation,
    ...parts,
  });
const about: Particulars = {
  id: 'plan-submission/reply',
  title: 'Reply to Ofsted',
  owner: 'director',
  trigger: { event: 'report-received', date: '2016-02-19' },
};
const { version } = ruleOf();

describe('a milestone of a rule', () => {
  test('has what the rule and its particulars say, and nothing that neither says', () => {
    expect(milestoneFromRule(ruleOf(), about, calendar)).toStrictEqual({
      id: 'plan-submission/reply',
      strand: 'plan-submission',
      title: 'Reply to Ofsted',
      act: 'Send the reply.',
      due: '2016-02-26',
      dueAt: '2016-02-27T00:00:00.000Z',
      cutOff: '24:00',
      owner: 'director',
      provisional: false,
      strength: 'statutory',
      extendable: false,
      rule: { id: 'reply', version, citation, calendar: calendar.version },
      explanation: [
        'The report was received on Friday 19 February 2016.',
        '5 working days after that day, which is not counted itself: Friday 26 February 2016.',
        'Saturdays and Sundays are not counted; no bank holiday falls in between.',
        'It is late after midnight at the end of Friday 26 February 2016.',
        `The rule, version ${version}: the tests (a council's own statement).`,
        `Calendar: ${calendarInWords(calendar.version)}.`,
      ],
      ladder: DEFAULT_LADDER,
    });
  });

  test('has each particular that there is', () => {
    const round = { number: 2, times: 2, on: '', why: [] };
    const source = { cite: 'the minutes', confidence: 'file' as const };
    const promised = { source, why: ['Promised in: the minutes'] };
    const parts = { decision: 'd0', body: 'cabinet', metOn: '2016-02-20', round, promised };
    const made = milestoneFromRule(
      ruleOf({ cutOff: '12:00', receiptCutOff: '16:00' }),
      {
        ...about,
        ...parts,
        trigger: { ...about.trigger, time: '17:00' },
      },
      calendar,
    );
    expect(made).toMatchObject({
      ...{ decision: 'd0', body: 'cabinet', metOn: '2016-02-20', occurrence: 2 },
      ...{ cutOff: '12:00', due: '2016-03-07', dueAt: '2016-03-07T12:00:00.000Z' },
    });
    expect(made.explanation).toContain('Promised in: the minutes');
    expect(made.explanation.join(' ')).not.toContain('the tests');
    expect(made.rule.citation).toEqual(source);
  });

  const ladder = { ...DEFAULT_LADDER, before: [3], inform: undefined };
  const own = { ...DEFAULT_LADDER, before: [7], inform: undefined };
  test.each([
    [undefined, undefined, DEFAULT_LADDER.before],
    [ladder, undefined, [3]],
    [undefined, own, [7]],
    [ladder, own, [7]],
  ])('has the ladder of the promise, else of the rule, else the usual one', (ofRule, promised, before) => {
    const rule = { ...ruleOf(), ladder: ofRule };
    const made = milestoneFromRule(rule, promised === undefined ? about : { ...about, ladder: promised }, calendar);
    expect(made.ladder.before).toEqual(before);
  });

  test.each([
    ['statutory', undefined, false],
    ['commitment', undefined, true],
    ['statutory', true, true],
    ['commitment', false, false],
  ])('of the strength %s, extendable %s by its rule: %s', (strength, extendable, expected) => {
    const rule = ruleOf({ strength, ...(extendable === undefined ? {} : { extendable }) });
    expect(milestoneFromRule(rule, about, calendar).extendable).toBe(expected);
  });

  test('has the strictest other reading', () => {
    const readings = [{ id: 'other', period: { n: 3, unit: 'working-day' }, citation }];
    expect(milestoneFromRule(ruleOf({ readings }), about, calendar).stricter?.due).toBe('2016-02-24');
  });

  test('takes the title and the act of the written route only where that takes over', () => {
    const cancelled = { on: '2016-03-09', cancelled: 'no quorum' };
    const going = (route: boolean, times?: number) => {
      const { title, act } = milestoneFromRule(
        ruleOf(),
        {
          ...about,
          ...(times === undefined ? {} : { round: { number: times, times, on: '', why: [] } }),
          meetings: { body: 'Cabinet', meetings: [cancelled], ...(route ? { written: { title: 'By letter' } } : {}) },
          writtenRoute: { title: 'By letter', act: 'Write.' },
        },
        calendar,
      );
      return [title, act];
    };
    expect(going(true)).toEqual(['By letter', 'Write.']);
    expect(going(true, 2)).toEqual(['By letter, no. 2', 'Write.']);
    expect(going(false)).toEqual(['Reply to Ofsted', 'Send the reply.']);
  });
});

const definition = (closureDays: boolean): WorkingDayDefinition => ({
  ...{
    id: 'si',
    title: 'the Regulations',
    wording: 'any day but a Saturday',
    closureDays,
    division: 'england-and-wales',
  },
  citation,
});

describe('working days by definition', () => {
  const closed = createCalendar(
    withClosureDays(calendarData(), [
      { date: '2016-02-22', title: 'Closed' },
      { date: '2016-02-23', title: 'Training' },
      { date: '2016-06-01', title: 'Later' },
    ]),
  );
  const made = (workingDays: WorkingDayDefinition | undefined, parts: Record<string, unknown> = {}) =>
    milestoneFromRule(ruleOf(parts), { ...about, ...(workingDays === undefined ? {} : { workingDays }) }, closed);
  /** Between when it is late and the rule's own sentence. */
  const said = ({ explanation }: ReturnType<typeof made>) =>
    explanation.slice(explanation.findIndex((one) => one.startsWith('It is late')) + 1, -2);
  const AS_IN = 'Working days as in the Regulations: any day but a Saturday.';

  test('with closure days as working days, those up to the date are said', () => {
    const by = made(definition(false));
    expect([by.due, by.rule.calendar]).toEqual(['2016-02-26', calendar.version]);
    expect(said(by)).toEqual([
      AS_IN,
      "The council's own closure days are counted as working days: Closed (Mon 22 February 2016), Training (Tue 23 February 2016).",
    ]);
    const early = milestoneFromRule(
      ruleOf(),
      { ...about, trigger: { ...about.trigger, date: '2016-04-04' }, workingDays: definition(false) },
      closed,
    );
    expect(said(early)).toEqual([AS_IN]);
  });

  test('with closure days as days off, and by nobody’s', () => {
    const by = made(definition(true));
    expect([by.due, by.rule.calendar]).toEqual(['2016-03-01', closed.version]);
    expect(said(by)).toEqual([AS_IN]);
    expect(made(undefined).due).toBe('2016-03-01');
    expect(said(made(undefined))).toEqual([]);
  });

  test('are not spoken of where days or months are counted', () => {
    expect(said(made(definition(false), { period: { n: 1, unit: 'month' } }))).toEqual([]);
  });
});

const NEXT_TWO: PlanOptions = { cycles: { today: '2016-02-22', ahead: 2 } };
const planned = (rules: Rule[], parts: Record<string, unknown> = {}, options = NEXT_TWO, change: Partial<Facts> = {}) =>
  milestonesFromRules('plan-submission', { ...factsOf(parts), rules, ...change }, calendar, options);
const received = { report: { received: '2016-02-19', published: '2016-03-01' } };
const ids = (...args: Parameters<typeof planned>) => planned(...args).map(({ id }) => id);

describe('a rule makes a milestone', () => {
  test('of its own strand, once its event is on file', () => {
    expect(ids([ruleOf()], received)).toEqual(['plan-submission/reply']);
    expect(ids([ruleOf({ strand: 'other-reporting' })], received)).toEqual([]);
    expect(ids([ruleOf()], { report: { published: '2016-03-01' } })).toEqual([]);
    expect(planned([ruleOf()], received)[0]?.owner).toBe('head-of-service');
  });

  test('by the event that stands in, where the rule names one', () => {
    const proxy = ruleOf({ trigger: { event: 'report-received', proxy: 'report-published' } });
    expect(planned([proxy], { report: { published: '2016-03-01' } })[0]?.explanation[0]).toContain('stands in for it');
  });

  test('only where what it requires is on file', () => {
    const needy = ruleOf({ requires: 'statement-required' });
    expect(ids([needy], received)).toEqual([]);
    expect(ids([needy], { ...received, events: { 'statement-required': '2016-02-19' } })).toHaveLength(1);
  });

  test.each([
    [{ grade: 'Inadequate' }, true],
    [{ grade: 'good' }, false],
    [{ grade: 'inadequate', area: 'Overall' }, true],
    [{ grade: 'inadequate', area: 'Care leavers' }, false],
    [{ grade: 'good', area: 'care leavers' }, false],
  ])('only where it is judged %j', (onlyWhere, applies) => {
    const judgements = [
      { area: 'overall', grade: 'inadequate' },
      { area: 'Care leavers', grade: 'requires improvement' },
    ];
    expect(ids([ruleOf({ onlyWhere })], { ...received, judgements })).toHaveLength(applies ? 1 : 0);
  });

  test('that is met by the event itself, on its day', () => {
    const met = ruleOf({ metBy: 'report-published' });
    expect(planned([met], received)[0]?.metOn).toBe('2016-03-01');
    expect(planned([met], { report: { received: '2016-02-19' } })[0]).not.toHaveProperty('metOn');
    expect(planned([ruleOf()], received)[0]).not.toHaveProperty('metOn');
  });

  test('by the definition of a working day that it names, where the facts have it', () => {
    const workingDays = { si: definition(false) };
    const asIn = (rule: Rule, facts: Partial<Facts>) =>
      planned([rule], received, NEXT_TWO, facts)[0]?.explanation.some((each) => each.startsWith('Working days as in'));
    expect(asIn(ruleOf({ workingDays: 'si' }), { workingDays })).toBe(true);
    expect(asIn(ruleOf({ workingDays: 'other' }), { workingDays })).toBe(false);
    expect(asIn(ruleOf({ workingDays: 'si' }), {})).toBe(false);
    expect(asIn(ruleOf(), { workingDays })).toBe(false);
  });
});

describe('a promise', () => {
  const promise = (parts: Record<string, unknown> = {}) => ({
    ...received,
    commitments: [{ rule: 'reply', ...parts }],
  });
  const commitment = ruleOf({ strength: 'commitment' });

  test('is owed where the council has made it; what the law asks for is owed anyway', () => {
    expect(ids([commitment], received)).toEqual([]);
    expect(ids([commitment], promise())).toEqual(['plan-submission/reply']);
    expect(ids([ruleOf()], promise())).toEqual(['plan-submission/reply']);
    expect(ids([commitment], { ...received, commitments: [{ rule: 'other' }] })).toEqual([]);
  });

  test('has what the council said of it', () => {
    const said = { title: 'Our reply', owner: 'team-manager', source: 'the minutes', from: '2016-03-07' };
    const [made] = planned([commitment], promise({ ...said, every: { n: 1, unit: 'working-day' } }));
    expect(made).toMatchObject({ title: 'Our reply', owner: 'team-manager', due: '2016-03-08' });
    expect(made?.explanation[0]).toBe('The council counts from a date of its own, Monday 7 March 2016.');
    expect(made?.explanation).toContain('Promised in: the minutes');
    const [bare] = planned([commitment], promise());
    expect(bare).toMatchObject({ title: 'Reply', owner: 'head-of-service', due: '2016-02-26' });
    expect(bare?.explanation.join()).not.toContain('Promised in');
    const ladder = { ...DEFAULT_LADDER, before: [9] };
    expect(planned([commitment], promise({ ladder }))[0]?.ladder.before).toEqual([9]);
  });

  test('made twice has a name for each', () => {
    const commitments = [{ rule: 'reply' }, { rule: 'reply', id: 'reply-to-cabinet', body: 'cabinet' }];
    expect(ids([commitment], { ...received, commitments })).toEqual([
      'plan-submission/reply',
      'plan-submission/reply-to-cabinet',
    ]);
  });

  test('to a body goes to its next meeting, with its papers where it has any', () => {
    const [made] = planned([commitment], promise({ body: 'cabinet' }));
    expect(made).toMatchObject({ body: 'cabinet', due: '2016-05-10' });
    const authority = (body: Record<string, unknown>) => {
      const given = factsOf().authority;
      return { ...given, bodies: [{ ...given.bodies[0], ...body }] } as Facts['authority'];
    };
    const without = planned([commitment], promise({ body: 'cabinet' }), NEXT_TWO, {
      authority: authority({ meetings: [] }),
    });
    expect(without).toMatchObject([{ body: 'cabinet', due: '2016-02-26' }]);
    expect(without[0]?.explanation.join()).not.toContain('No meeting');
    const papers = authority({ papers: { officer: 'democratic-services', reportDays: 8 } });
    const due = (key: boolean) => ids([commitment], promise({ body: 'cabinet', key }), NEXT_TWO, { authority: papers });
    expect(due(false)).toEqual([
      'plan-submission/reply',
      'plan-submission/reply-report',
      'plan-submission/reply-agenda',
    ]);
    expect(due(true)).toHaveLength(4);
    expect(planned([commitment], promise({ body: 'gone' }))[0]).not.toHaveProperty('body');
  });
});

describe('a cycle', () => {
  const monthly = ruleOf({ repeats: true, period: { n: 1, unit: 'month' } });
  const due = (options: PlanOptions, commitment: Record<string, unknown> = {}, rule = monthly) =>
    planned([rule], { ...received, commitments: [{ rule: 'reply', ...commitment }] }, options).map((each) => each.due);

  test('is numbered from 1, in name and title', () => {
    expect(planned([monthly], received)).toMatchObject([
      { id: 'plan-submission/reply-1', title: 'Reply, no. 1', occurrence: 1, due: '2016-03-19' },
      { id: 'plan-submission/reply-2', title: 'Reply, no. 2', occurrence: 2, due: '2016-04-19' },
    ]);
  });

  const today = (day: string, more: Partial<PlanOptions> = {}, ahead = 2): PlanOptions => ({
    cycles: { today: day, ahead },
    ...more,
  });
  const NAME = 'plan-submission/reply';
  test.each<[string, PlanOptions, string[]]>([
    ['the next two after a day', today('2016-04-18'), ['03-19', '04-19', '05-19']],
    [
      'those that are due on the day itself are not after it',
      today('2016-04-19'),
      ['03-19', '04-19', '05-19', '06-19'],
    ],
    ['none ahead', today('2016-04-19', {}, 0), ['03-19', '04-19']],
    ['from the first that is not finished', today('2016-04-18', { cyclesFrom: { [NAME]: 3 } }), ['05-19', '06-19']],
    [
      'as far as somebody knows them',
      today('2016-02-22', { cyclesTo: { [NAME]: 4 } }),
      ['03-19', '04-19', '05-19', '06-19'],
    ],
    ['of another cycle nothing', today('2016-02-22', { cyclesFrom: { x: 3 }, cyclesTo: { x: 4 } }), ['03-19', '04-19']],
    ['up to a date, which counts', { cycles: { until: '2016-05-19' } }, ['03-19', '04-19', '05-19']],
    ['up to the day before', { cycles: { until: '2016-05-18' } }, ['03-19', '04-19']],
  ])('%s', (_what, options, days) => {
    expect(due(options)).toEqual(days.map((day) => `2016-${day}`));
  });

  test('ends with the last date that the council names, which counts', () => {
    const until = (day: string) => due({ cycles: { until: '2016-12-31' } }, { until: day });
    expect(until('2016-04-19')).toHaveLength(2);
    expect(until('2016-04-18')).toHaveLength(1);
  });

  test('is never more than 600 at once', () => {
    const daily = ruleOf({ repeats: true, period: { n: 1, unit: 'calendar-day' } });
    expect(due({ cycles: { until: '2030-12-31' } }, {}, daily)).toHaveLength(600);
    expect(due({ cycles: { until: '2030-12-31' }, cyclesFrom: { [NAME]: 10 } }, {}, daily)).toHaveLength(600);
  });

  test('ends where holidays are no longer known; that not even the first finds any is said', () => {
    const short = createCalendar(trimCalendar(calendarData(), '2014-01-01', '2016-12-31'));
    const under = (parts: Record<string, unknown>) =>
      milestonesFromRules('plan-submission', { ...factsOf(parts), rules: [monthly] }, short, {
        cycles: { until: '2030-12-31' },
      });
    // 25 working days of notices and mail after each: there are 28 after 19 November, and 8 after 19 December.
    expect(under(received).map((each) => each.due)).toEqual(
      ['03', '04', '05', '06', '07', '08', '09', '10', '11'].map((month) => `2016-${month}-19`),
    );
    // Its first is planned whether or not there is room for its notices.
    expect(under({ report: { received: '2016-11-20' } }).map((each) => each.due)).toEqual(['2016-12-20']);
    const working = ruleOf({ repeats: true, period: { n: 20, unit: 'working-day' } });
    const byWorkingDays = { ...factsOf({ report: { received: '2016-11-20' } }), rules: [working] };
    const far: PlanOptions = { cycles: { until: '2030-12-31' } };
    expect(milestonesFromRules('plan-submission', byWorkingDays, short, far).map((each) => each.due)).toEqual([
      '2016-12-16',
    ]);
    const beyond = () =>
      milestonesFromRules(
        'plan-submission',
        { ...factsOf({ report: { received: '2016-12-20' } }), rules: [working] },
        short,
        {
          cycles: { until: '2030-12-31' },
        },
      );
    expect(beyond).toThrow(/leaves the years for which holidays are known/);
  });

  test('of meetings: the written route of a round ends where the next round begins', () => {
    const given = factsOf().authority;
    const meetings = [{ on: '2016-04-05', cancelled: 'no quorum' }, '2016-04-19', '2016-05-24'];
    const authority = { ...given, bodies: [{ ...given.bodies[0], meetings }] } as Facts['authority'];
    const writtenRoute = { title: 'By letter', act: 'Write.' };
    const made = (route: boolean) =>
      planned(
        [monthly],
        { ...received, commitments: [{ rule: 'reply', body: 'cabinet', ...(route ? { writtenRoute } : {}) }] },
        { cycles: { until: '2016-05-31' } },
        { authority },
      ).map((each) => `${each.due} ${each.title} ${each.act}`);
    // The first is counted to 19 March: its next meeting, on 19 April, is on the day of the second.
    expect(made(true)).toEqual([
      '2016-03-19 By letter, no. 1 Write.',
      '2016-04-19 Reply, no. 2 Send the reply.',
      '2016-05-24 Reply, no. 3 Send the reply.',
    ]);
    expect(made(false)[0]).toBe('2016-04-19 Reply, no. 1 Send the reply.');
  });
});
