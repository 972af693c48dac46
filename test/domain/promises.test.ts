import { calendarInWords } from '../../domain/calendar/calendar-in-words.ts';
import { describe, expect, test } from 'vitest';
import { loadRulePack, resolveRules } from '../../client/files/rules.ts';
import { citationSentence } from '../../domain/plan/citation.ts';
import { plan } from '../../domain/plan/plan.ts';
import { Story } from '../../domain/preview/story.ts';
import { fileWarnings } from '../../domain/preview/warnings.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { calendar, council, factsOf, startOf } from '../support/facts.ts';
import { refusalIn, refusalSentence } from '../support/refusals.ts';

// Promises in their own words, and dates that others have set.

const OWN = { title: 'Improvement Board', act: 'Bring the board its report.' };
const rules = resolveRules(loadRulePack('commitments'));
const planned = (commitments: object[], parts: Record<string, unknown> = {}, until = '2016-12-31') =>
  plan({ ...factsOf({ report: { received: '2016-02-19' }, commitments, ...parts }), rules }, calendar, {
    cycles: { until },
  }).toSorted((a, b) => (a.due < b.due ? -1 : 1));
const dues = (...given: Parameters<typeof planned>) => planned(...given).map(({ id, due }) => `${id} ${due}`);

describe('a promise in its own words', () => {
  test('stands alone: its title, what is to be done, its strand, to whom, its source and its owner', () => {
    const [made, next] = planned([
      {
        id: 'board',
        ...OWN,
        strand: 'cabinet-updates',
        to: 'the Department for Education',
        every: { n: 6, unit: 'week' },
        first: '2016-03-01',
        owner: 'director',
        source: 'Minutes of 22 February 2016, item 4',
      },
    ]);
    expect(made).toMatchObject({
      id: 'cabinet-updates/board-1',
      title: 'Improvement Board, no. 1',
      act: 'Bring the board its report.',
      due: '2016-03-01',
      owner: 'director',
      strength: 'commitment',
      extendable: true,
      occurrence: 1,
      rule: { id: 'board', citation: { cite: 'Minutes of 22 February 2016, item 4', confidence: 'file' } },
    });
    expect(made?.explanation).toEqual([
      'It comes round every 6 weeks, and is set to be on this day first: Tuesday 1 March 2016.',
      'It is late after midnight at the end of Tuesday 1 March 2016.',
      'Promised in: Minutes of 22 February 2016, item 4',
      'It goes to the Department for Education.',
      `Calendar: ${calendarInWords(calendar.version)}.`,
    ]);
    expect(next?.due).toBe('2016-04-12');
  });

  test('comes once: on a day, a period after an event, or no later than words can mean', () => {
    expect(
      dues([
        { id: 'day', ...OWN, due: '2016-03-05' },
        // Two months after 19 February; and after a decision, by its name.
        { id: 'period', ...OWN, due: { n: 2, unit: 'month' } },
        { id: 'words', ...OWN, due: { by: '2016-11-30', words: 'by November' }, source: 'Cabinet, 1 March 2016' },
      ]),
    ).toEqual([
      'other-reporting/day 2016-03-05',
      'other-reporting/period 2016-04-19',
      'other-reporting/words 2016-11-30',
    ]);
    const [, , words] = planned([
      { id: 'day', ...OWN, due: '2016-03-05' },
      { id: 'period', ...OWN, due: { n: 2, unit: 'month' } },
      { id: 'words', ...OWN, due: { by: '2016-11-30', words: 'by November' } },
    ]);
    expect(words?.explanation).toContain(
      'The words are "by November": Wednesday 30 November 2016 is the latest day that they can mean.',
    );
  });

  test('counts from a named decision, and says which; from none that is not on file', () => {
    const decisions = [
      { id: 'earlier', title: 'An earlier one', takenOn: '2016-02-22' },
      { id: 'plan', title: 'Approve the plan', takenOn: '2016-03-21', urgent: true, reasons: 'x' },
    ];
    const due = { n: 6, unit: 'month', from: 'decision-taken', decision: 'plan' };
    const [made] = planned([{ id: 'report', ...OWN, due }], { decisions });
    expect(made).toMatchObject({ due: '2016-09-21' });
    expect(made?.explanation[0]).toBe('The decision "Approve the plan" was taken on Monday 21 March 2016.');
    expect(planned([{ id: 'report', ...OWN, due: { ...due, decision: undefined } }])).toEqual([]);
  });

  test('goes by the meetings of its body, as they are on file', () => {
    const body = (meetings: unknown[]) => ({ ...council, bodies: [{ id: 'cabinet', name: 'Cabinet', meetings }] });
    const commitments = [{ id: 'report', ...OWN, body: 'cabinet', every: { meetings: 1 } }];
    const due = (meetings: unknown[]) =>
      plan({ ...factsOf({ commitments }), authority: body(meetings) as typeof council, rules }, calendar, {
        cycles: { until: '2016-12-31' },
      })
        .filter(({ id }) => !id.endsWith('-meetings'))
        .map(({ due: on }) => on);
    expect(due(['2016-05-10', '2016-06-14', '2016-01-12'])).toEqual(['2016-05-10', '2016-06-14']);
    expect(due(['2016-05-10', { on: '2016-06-14', movedTo: '2016-06-21' }])).toEqual(['2016-05-10', '2016-06-21']);
    expect(due(['2016-05-10', { on: '2016-06-14', cancelled: 'no quorum' }])).toEqual(['2016-05-10']);
  });

  test('that goes by meetings is never silent: the next ones are to be put on file by the last', () => {
    const commitments = [{ id: 'report', ...OWN, body: 'cabinet', every: { meetings: 1 } }];
    const story = new Story(startOf({ commitments }), '2016-02-22T10:00:00.000Z');
    const meetings = 'other-reporting/report-meetings';
    expect(story.milestone(meetings)).toMatchObject({
      title: 'Put the next meetings of Cabinet on file',
      due: '2016-06-14',
      owner: 'democratic-services',
    });
    expect(story.milestone(meetings)?.explanation).toEqual([
      'The date was set by the last meeting of Cabinet that is on file: Tuesday 14 June 2016.',
      'It is late after midnight at the end of Tuesday 14 June 2016.',
      '"Improvement Board" goes by the meetings of Cabinet, and no later one is on file.',
      `Calendar: ${calendarInWords(story.milestone(meetings)?.rule.calendar ?? '')}.`,
    ]);
    const { authority } = story.state.facts;
    const bodies = [{ id: 'cabinet', name: 'Cabinet', meetings: ['2016-05-10', '2016-06-14', '2016-09-13'] }];
    story
      .until('2016-06-15T10:00:00.000Z')
      .command(
        { name: 'changeAuthority', payload: { authority: { ...authority, bodies } } },
        { id: 'x', role: 'democratic-services' },
      );
    expect(story.milestone(meetings)?.due).toBe('2016-09-13');
    expect(story.milestone('other-reporting/report-3')?.due).toBe('2016-09-13');
    // Not where the cycle is over by then.
    expect(dues([{ ...commitments[0], until: '2016-06-14' }]).join(' ')).not.toContain('meetings');
  });

  test('and an action without the event that it counts from have no date, and that is said', () => {
    const due = { n: 6, unit: 'month', from: 'decision-taken' };
    const parts = {
      commitments: [{ id: 'report', ...OWN, due }],
      actions: [{ id: 'a', title: 'Send the data', owner: 'director', due: { ...due, from: 'notice-received' } }],
    };
    expect(fileWarnings(factsOf(parts), calendar).map(({ path, text }) => [path.join('.'), text])).toEqual([
      [
        'actions.0.due',
        '"Send the data" has no date yet: it counts from the day on which the notice was received, and that is not on file.',
      ],
      [
        'commitments.0.due',
        '"Improvement Board" has no date yet: it counts from the day on which the decision was taken, and that is not on file.',
      ],
    ]);
  });

  test('ends, is paused and is changed by the file, and keeps its numbers', () => {
    expect(
      dues([
        {
          id: 'board',
          ...OWN,
          every: { n: 1, unit: 'month' },
          first: '2016-03-01',
          until: '2016-09-30',
          changes: [
            { from: '2016-04-15', until: '2016-05-15', reason: 'an election' },
            { from: '2016-06-15', every: { n: 2, unit: 'month' } },
          ],
        },
      ]),
    ).toEqual([
      'other-reporting/board-1 2016-03-01',
      'other-reporting/board-2 2016-04-01',
      'other-reporting/board-3 2016-06-01',
      'other-reporting/board-4 2016-08-01',
    ]);
  });
});

describe('no sentence of another council’s paper', () => {
  const said = (commitments: object[], parts: Record<string, unknown> = {}) =>
    planned(commitments, parts).flatMap((each) => [...each.explanation, citationSentence(each.rule.citation)]);

  test('stands under a promise, with or without a source, nor under a question', () => {
    const all = [
      ...said([{ rule: 'cabinet-update' }, { rule: 'member-briefing', source: 'Cabinet, 1 March 2016' }]),
      ...said([], { questions: [{ id: 'q1', askedOn: '2016-03-01', by: 'ward 1', text: 'Why?' }] }),
      ...said([{ rule: 'member-question', every: { n: 5, unit: 'working-day' } }], {
        questions: [{ id: 'q1', askedOn: '2016-03-01', by: 'ward 1', text: 'Why?' }],
      }),
    ];
    expect(all.filter((each) => /Worcestershire|Middlesbrough|statement/.test(each))).toEqual([]);
  });

  test('whose number it is, is said', () => {
    expect(said([{ rule: 'cabinet-update' }])).toEqual(
      expect.arrayContaining([
        'It follows the rule "Update on the improvement plan to Cabinet", version 1.',
        'The council has not said how often: 3 months is what is taken where it says nothing.',
        "The council's own promise, of which no paper is named.",
      ]),
    );
    const own = said([{ rule: 'cabinet-update', every: { n: 2, unit: 'month' }, source: 'Cabinet, 1 March 2016' }]);
    expect(own.join(' ')).not.toContain('rule pack takes');
    expect(own).toContain('Cabinet, 1 March 2016 (as the inspection’s file says)');
    expect(said([], { questions: [{ id: 'q1', askedOn: '2016-03-01', by: 'ward 1', text: 'Why?' }] })).toContain(
      'The rule, version 1: The usual number; the council has promised none (not verified).',
    );
  });
});

describe('a date that somebody else has set', () => {
  const NOTICE = 'the notice of 3 November 2015';
  const director = { id: 'x', role: 'director' };
  const chief = { id: 'x', role: 'chief-executive' };
  const story = (parts: Record<string, unknown>) => new Story(startOf(parts), '2016-02-22T10:00:00.000Z');
  const action = (parts: object) => ({ id: 'a', title: 'Send the data', owner: 'director', ...parts });

  test('says who, stays on its day, and is nobody’s promise', () => {
    // Sunday 3 April, and a month after Friday 19 February: Saturday 19 March.
    const made = planned([{ id: 'data', ...OWN, due: '2016-04-03', setBy: NOTICE }], {
      actions: [
        action({ due: { n: 1, unit: 'month' }, setBy: NOTICE }),
        action({ id: 'b', due: { n: 1, unit: 'month' } }),
      ],
    });
    expect(made.map(({ id, due, strength, extendable }) => [id, due, strength, extendable])).toEqual([
      ['improvement-actions/a', '2016-03-19', 'imposed', false],
      ['improvement-actions/b', '2016-03-21', 'commitment', true],
      ['other-reporting/data', '2016-04-03', 'imposed', false],
    ]);
    expect(made[0]?.explanation).toContain(`It was set by ${NOTICE}, so that the council can't grant a later date.`);
    expect(made[2]?.explanation[0]).toBe(`The date was set by ${NOTICE}: Sunday 3 April 2016.`);
    expect(made.map(({ rule }) => rule.citation.cite)).toEqual([NOTICE, "The council's own improvement plan", NOTICE]);
    expect(made[2]?.explanation.join(' ')).not.toContain('council set the date itself');
  });

  test('does not move to a later meeting', () => {
    const set = {
      id: 'board',
      ...OWN,
      body: 'cabinet',
      every: { n: 1, unit: 'month' },
      until: '2016-03-31',
      setBy: NOTICE,
    };
    expect(dues([set])).toEqual(['other-reporting/board-1 2016-03-19']);
    expect(dues([{ ...set, until: '2016-05-31', setBy: undefined }])[0]).toBe('other-reporting/board-1 2016-05-10');
  });

  test('is refused to whoever grants or asks for a later one, and says by what', () => {
    const told = story({ actions: [action({ due: '2016-04-01', setBy: NOTICE })] });
    const payload = { milestone: 'a', to: '2016-05-02', reason: 'more time' };
    const sentence = `"Send the data" is due on Friday 1 April 2016 by ${NOTICE}; no later date can be granted. If a fact behind it is wrong, correct the fact.`;
    for (const name of ['extend', 'requestExtension'] as const)
      expect(refusalSentence(() => told.command({ name, payload }, name === 'extend' ? chief : director))).toBe(
        sentence,
      );
  });

  test('does not move with a hold, is late on hold, and must be met before the inspection is closed', () => {
    const told = story({ actions: [action({ due: '2016-03-01', setBy: NOTICE })] });
    const held = { milestone: 'a', reviewOn: '2016-04-01', reason: 'a new system' };
    told.command({ name: 'hold', payload: held }, chief).until('2016-03-10T12:00:00.000Z');
    expect(told.milestone('improvement-actions/a')).toMatchObject({ status: 'held', missed: true, due: '2016-03-01' });
    expect(told.to('chief-executive@anyborough.example.org').flatMap((mail) => mail.notices)).not.toEqual([]);
    expect(
      refusalIn(() => told.command({ name: 'release', payload: { milestone: 'a', workingDays: 20 } }, chief))?.message,
    ).toContain('is set by somebody outside the council: its due date, Tuesday 1 March 2016, never moves with a hold');
    told.command({ name: 'release', payload: { milestone: 'a' } }, chief);
    expect(told.milestone('improvement-actions/a')?.due).toBe('2016-03-01');
    expect(
      refusalIn(() =>
        told.command(
          {
            name: 'close',
            payload: { reason: 'over', homes: [{ action: 'rest', to: 'dropped', said: 'no longer needed' }] },
          },
          { id: 'x', role: 'democratic-services' },
        ),
      )?.code,
    ).toBe('duties-open');
  });
});

describe('what a file may not say', () => {
  const mistakes = (commitments: object[], parts: object = {}) => {
    const given = inspectionSchema.safeParse({
      reference: 'test',
      title: 'A test',
      framework: 'sif-2013',
      fieldwork: { from: '2015-11-23', until: '2015-12-17' },
      report: { published: '2016-02-19' },
      commitments,
      ...parts,
    });
    return given.success ? [] : given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };
  const every = { n: 1, unit: 'month' };

  test.each<[string, object[], string[]]>([
    [
      'two of one name',
      [{ rule: 'cabinet-update' }, { rule: 'cabinet-update' }],
      ['commitments.1.rule: there is another promise called "cabinet-update": give this one an `id` of its own'],
    ],
    [
      'two of one id',
      [
        { id: 'a', ...OWN, every },
        { id: 'a', ...OWN, every },
      ],
      ['commitments.1.id: "a" is defined twice'],
    ],
    [
      'the name of a round',
      [
        { id: 'a', ...OWN, every },
        { id: 'a-1', ...OWN, every },
      ],
      ['commitments.1.id: "a-1" is what a round of "a", or what it needs, is called: give it another name'],
    ],
    ['nothing to go by', [{ ...OWN, every }], ['commitments.0: expected an `id`, or the `rule` that it follows']],
    [
      'no words',
      [{ id: 'a', every }],
      ['commitments.0: a promise that follows no rule says itself what is to be done: `title` and `act` is missing'],
    ],
    [
      'no date',
      [{ id: 'a', ...OWN }],
      ['commitments.0: expected either `due`, for what comes once, or `every`, for a cycle'],
    ],
    [
      'both',
      [{ id: 'a', ...OWN, every, due: '2016-03-01' }],
      ['commitments.0: expected either `due`, for what comes once, or `every`, for a cycle'],
    ],
    [
      'a date beside a rule',
      [{ rule: 'cabinet-update', due: '2016-03-01', strand: 'other-reporting' }],
      [
        'commitments.0.due: a promise that follows a rule has its date from it: leave out `due` or `rule`',
        'commitments.0.strand: the rule says which line of duties it belongs to',
      ],
    ],
    [
      'a cycle of what comes once',
      [{ id: 'a', ...OWN, due: '2016-03-01', until: '2016-05-01' }],
      ['commitments.0.until: "until" belongs to a cycle: this comes once'],
    ],
    [
      'a body and somebody else',
      [{ id: 'a', ...OWN, every, body: 'cabinet', to: 'Ofsted' }],
      ['commitments.0.to: it goes to a body of the council, or to somebody outside, not both'],
    ],
    [
      'meetings of nobody',
      [{ id: 'a', ...OWN, every: { meetings: 1 } }],
      ['commitments.0.every: whose meetings? Name the `body`'],
    ],
    [
      'a first one of a list',
      [{ id: 'a', ...OWN, every: { dates: ['2016-03-01'] }, first: '2016-03-01' }],
      ['commitments.0.first: the first one is the first of the dates'],
    ],
    [
      'a first one too early',
      [{ id: 'a', ...OWN, every, from: '2016-03-01', first: '2016-02-01' }],
      ["commitments.0.first: the first one (2016-02-01) can't be before the clock starts (2016-03-01)"],
    ],
    [
      'hostile text',
      [{ id: 'a', title: 'a\u202Eb', act: 'x', every }],
      [expect.stringContaining('commitments.0.title: expected text whose every character can be seen')],
    ],
  ])('%s', (_name, commitments, sentences) => {
    expect(mistakes(commitments)).toEqual(sentences);
  });

  test('counted from one of several decisions, without saying which', () => {
    const decisions = [
      { id: 'one', title: 'One', takenOn: '2016-03-01' },
      { id: 'two', title: 'Two', takenOn: '2016-03-02' },
    ];
    const due = { n: 6, unit: 'month', from: 'decision-taken' };
    const said = (more: object) => mistakes([{ id: 'a', ...OWN, due: { ...due, ...more } }], { decisions });
    expect(said({})).toEqual(['commitments.0.due: counted from which decision? Name one as `decision`: one, two']);
    expect(said({ decision: 'three' })).toEqual([
      expect.stringContaining('commitments.0.due.decision: there is no decision "three" in this file'),
    ]);
    expect(said({ decision: 'two' })).toEqual([]);
    expect(said({ from: 'report-received', decision: 'two' })).toEqual([
      'commitments.0.due.decision: a decision is counted from with `from: decision-taken` or `decision-published`',
    ]);
  });
});
