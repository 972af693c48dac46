import { describe, expect, test } from 'vitest';
import { measureValueIn, readForm } from '../../client/web/forms/form.ts';
import type { Actor } from '../../domain/commands/actor.ts';
import type { CommandPayload } from '../../domain/commands/commands.ts';
import { asFile } from '../../domain/lifecycle/as-file.ts';
import { lifecycleFrom } from '../../domain/lifecycle/from-register.ts';
import { viewOf } from '../../domain/lifecycle/view.ts';
import { measureLines } from '../../domain/measures/measure-lines.ts';
import { measureStands, type ShownMeasure, valuesIn } from '../../domain/measures/measures.ts';
import { Story } from '../../domain/preview/story.ts';
import { inspection as inspectionSchema } from '../../domain/schemas/inspection.ts';
import { factsOf, startOf } from '../support/facts.ts';
import { refusalSentence } from '../support/refusals.ts';

const NOW = '2016-02-22T10:00:00.000Z';
const owner: Actor = { id: 'y', role: 'team-manager' };
const cases = {
  ...{ id: 'cases', title: 'Open cases', unit: 'cases', direction: 'down', source: 'the case system' },
  baseline: { value: 1260, on: '2015-12-31' },
  target: { value: 1000, by: '2016-06-30' },
};
const supervision = {
  ...{ id: 'supervision', title: 'Supervision recorded', unit: '%', direction: 'up', source: 'an audit' },
  target: { value: 95, by: '2016-03-31' },
  actions: ['audit'],
  values: [
    { on: '2016-02-15', value: 61.5, by: 'head-of-service' },
    { on: '2016-01-31', value: 58, source: 'a sample of 40' },
  ],
};
const begun = (measures: object[] = [cases, supervision]) =>
  new Story(
    startOf({
      actions: [{ id: 'audit', title: 'Audit of case files', owner: 'team-manager', due: '2016-04-29' }],
      measures,
    }),
    NOW,
  );
const give = (story: Story, payload: CommandPayload<'recordMeasure'>, actor = owner) =>
  story.command({ name: 'recordMeasure', payload }, actor);
const refusal = (payload: CommandPayload<'recordMeasure'>, actor = owner, story = begun()) =>
  refusalSentence(() => give(story, payload, actor));
const series = ({ entries }: Story) =>
  valuesIn(entries).map(({ measure, on, value, by, source }) => [measure, on, value, by, source]);

describe('values of measures', () => {
  test('of the file begin the series, in the order of their days, and leave the facts', () => {
    const story = begun();
    expect(series(story)).toEqual([
      ['supervision', '2016-01-31', 58, null, 'a sample of 40'],
      ['supervision', '2016-02-15', 61.5, 'head-of-service', 'an audit'],
    ]);
    expect(story.state.measured).toEqual({
      supervision: {
        ...{ value: 61.5, on: '2016-02-15', by: 'head-of-service', values: 2 },
        earlier: [{ value: 58, on: '2016-01-31', source: 'a sample of 40' }],
      },
    });
    expect(JSON.stringify(story.state.facts)).not.toContain('61.5');
  });

  test('are given by themselves, or with a report on an action, and none takes another’s place', () => {
    const story = give(begun(), { measure: 'cases', value: 1240 }).until('2016-03-07T10:00:00.000Z');
    const measures = [
      { measure: 'cases', value: 1190.5 },
      { measure: 'supervision', value: 70 },
    ];
    story.command(
      { name: 'progress', payload: { milestone: 'audit', percent: 10, measures, source: 'report 12' } },
      owner,
    );
    give(story, { measure: 'cases', value: 1200, on: '2016-03-01' });
    expect(series(story).filter(([measure]) => measure === 'cases')).toEqual([
      ['cases', '2016-02-22', 1240, 'team-manager', 'the case system'],
      ['cases', '2016-03-01', 1200, 'team-manager', 'the case system'],
      ['cases', '2016-03-07', 1190.5, 'team-manager', 'report 12'],
    ]);
    expect(story.state.measured?.['cases']).toEqual({
      ...{ value: 1190.5, on: '2016-03-07', by: 'team-manager', source: 'report 12', values: 3 },
      earlier: [
        { value: 1240, on: '2016-02-22', by: 'team-manager' },
        { value: 1200, on: '2016-03-01', by: 'team-manager' },
      ],
    });
    expect(story.entries.find(({ kind, data }) => kind === 'measure-recorded' && data['value'] === 1190.5)?.text).toBe(
      'Open cases: 1,190.5 cases on Monday 7 March 2016; target 1,000 cases by Thursday 30 June 2016. Source: report 12.',
    );
  });

  test('alone are a report too', () => {
    const story = begun();
    const measures = [{ measure: 'cases', value: 5 }];
    story.command({ name: 'progress', payload: { milestone: 'audit', measures } }, owner);
    expect(story.milestone('improvement-actions/audit')?.progress?.reports).toBe(1);
    const twice = [...measures, { measure: 'cases', value: 6 }];
    expect(
      refusalSentence(() =>
        story.command({ name: 'progress', payload: { milestone: 'audit', measures: twice } }, owner),
      ),
    ).toBe('"cases" is given twice; on one day a measure has one value.');
  });

  test('go into a file and come out of it the same', () => {
    const story = give(begun(), { measure: 'cases', value: 1240, source: 'report 12' });
    const filed = asFile(story.state, viewOf(story.state, NOW), story.entries, NOW).inspection;
    const again = new Story({ ...startOf({}), facts: { ...story.state.facts, inspection: filed } }, NOW);
    expect(series(again)).toEqual(series(story));
    expect(again.state.measured).toEqual(story.state.measured);
  });

  test('are brought back from the register where the clock was lost', () => {
    const before = begun();
    const story = give(begun(), { measure: 'cases', value: 1240 });
    const later = story.entries.filter(({ seq }) => seq > before.state.seq);
    const state = { ...before.state, unrecorded: [] };
    expect(lifecycleFrom({ state, seq: story.state.seq, later, mails: [] }).measured).toEqual(story.state.measured);
  });
});

test.each<[string, string]>([
  [
    refusal({ measure: 'case', value: 1 }),
    'This inspection has no measure "case"; did you mean "cases"? It has: cases, supervision.',
  ],
  [
    refusal({ measure: 'cases', value: 1, on: '2016-02-23' }),
    "It can't have been so on Tuesday 23 February 2016, in the future: today is Monday 22 February 2016.",
  ],
  [
    refusal({ measure: 'cases', value: 1 }, { id: 'x', role: 'scrutiny-chair' }),
    'Chair of Scrutiny may not record values of measures. Owners of duties, managers and administrators may.',
  ],
  [refusal({ measure: 'cases', value: 1 }, owner, begun([])), 'The plan of this inspection has no measures.'],
])('what makes no sense is refused: %s', (said, sentence) => {
  expect(said).toBe(sentence);
});

describe('where a measure stands is said in figures', () => {
  const shown = (parts: Partial<ShownMeasure>, value?: number): ShownMeasure => ({
    ...{ id: 'm', title: 'M', unit: '%', direction: 'up', source: 's', themes: [], actions: [], recommendations: [] },
    ...{ target: { value: 95, by: '2016-03-31' }, baseline: { value: 54, on: '2015-12-31' } },
    newest: value === undefined ? null : { value, on: '2016-03-01', values: 1 },
    ...parts,
  });
  test.each<[string, ShownMeasure, string]>([
    ['2016-03-31', shown({}), 'no value yet'],
    ['2016-03-31', shown({}, 95), 'target reached'],
    ['2016-03-31', shown({}, 94.9), 'target not reached yet, better than the baseline'],
    ['2016-04-01', shown({}, 50), 'target not reached by its date, worse than the baseline'],
    ['2016-03-31', shown({}, 54), 'target not reached yet, as at the baseline'],
    ['2016-03-31', shown({ baseline: undefined }, 54), 'target not reached yet'],
    ['2016-03-31', shown({ direction: 'down' }, 94), 'target reached'],
    ['2016-03-31', shown({ direction: 'down' }, 96), 'target not reached yet, worse than the baseline'],
    ['2016-03-31', shown({ direction: 'steady' }, 95), 'target reached'],
    ['2016-03-31', shown({ direction: 'steady' }, 130), 'target not reached yet, better than the baseline'],
  ])('on %s', (today, measure, words) => {
    expect(measureStands(measure, today)).toBe(words);
  });

  test('with baseline, target, all values and where they come from, in the update', () => {
    const story = give(begun(), { measure: 'cases', value: 1240 });
    const { measures } = viewOf(story.state, NOW);
    expect(measureLines(measures, valuesIn(story.entries), '2016-02-22')).toEqual([
      {
        ...{ title: 'Open cases', baseline: '1,260 cases on Thu 31 December 2015' },
        ...{ target: '1,000 cases by Thu 30 June 2016', newest: '1,240 cases on Mon 22 February 2016' },
        stands: 'target not reached yet, better than the baseline',
        ...{ values: '1,240 cases on Mon 22 February 2016', source: 'the case system' },
      },
      {
        ...{ title: 'Supervision recorded', baseline: '', target: '95 % by Thu 31 March 2016' },
        ...{ newest: '61.5 % on Mon 15 February 2016', stands: 'target not reached yet' },
        ...{ values: '58 % on Sun 31 January 2016; 61.5 % on Mon 15 February 2016', source: 'an audit' },
      },
    ]);
  });
});

test('a measure is read as people write it', () => {
  expect(measureValueIn('cases=1,240')).toEqual({ measure: 'cases', value: 1240 });
  expect(measureValueIn(' supervision-recorded = 61.5 % ')).toEqual({ measure: 'supervision-recorded', value: 61.5 });
  expect(measureValueIn('spend=£-3')).toEqual({ measure: 'spend', value: -3 });
  for (const wrong of ['cases', 'cases=', 'cases=many', 'Cases=1', 'cases=1e9', 'cases=Infinity', 'a=1=2'])
    expect(measureValueIn(wrong)).toBeUndefined();
  const field = { name: 'measures', kind: 'measures' as const, label: 'Values of measures' };
  expect(readForm([field], { measures: 'cases = 5\n\nspend=6\n' })).toMatchObject({
    values: {
      measures: [
        { measure: 'cases', value: 5 },
        { measure: 'spend', value: 6 },
      ],
    },
    problems: [],
  });
  expect(readForm([field], { measures: 'cases 5' }).problems.map(({ text }) => text)).toEqual([
    'Values of measures: “cases 5” is no measure with a value; write it like open-cases = 21.5',
  ]);
});

test('in a file measures are there once, name what is there, and aim at a later day', () => {
  const messages = (measures: object[]) =>
    inspectionSchema
      .safeParse({ ...factsOf().inspection, measures })
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  expect(messages([cases])).toBeUndefined();
  expect(messages([cases, cases])).toEqual(['measures.1.id: "cases" is defined twice']);
  expect(messages([{ ...cases, actions: ['a'], themes: ['t'], recommendations: ['r'] }])).toEqual([
    'measures.0.actions.0: there is no action "a" in this file',
    'measures.0.themes.0: there is no theme "t" in this file',
    'measures.0.recommendations.0: there is no recommendation "r" in this file',
  ]);
  expect(messages([{ ...cases, target: { value: 1, by: '2015-12-30' } }])).toEqual([
    'measures.0.target.by: the target (2015-12-30) is before the baseline (2015-12-31)',
  ]);
  expect(messages([{ ...cases, target: { value: Number.NaN, by: '2016-12-30' } }])).toHaveLength(1);
});

describe('a value that was entered wrongly', () => {
  const reason = 'a slip of the keyboard';
  const correct = (story: Story, payload: Omit<CommandPayload<'correctMeasure'>, 'measure' | 'reason'>) =>
    story.command({ name: 'correctMeasure', payload: { measure: 'supervision', reason, ...payload } }, owner);
  const newestIn = (story: Story) => viewOf(story.state, NOW).measures.find(({ id }) => id === 'supervision')?.newest;
  const days = (story: Story) =>
    series(story)
      .filter(([measure]) => measure === 'supervision')
      .map(([, on, value, by, source]) => [on, value, by, source]);

  test('is taken back: the one before it is the newest again, and the record says what it was, who took it back, and why', () => {
    const story = correct(begun(), { of: '2016-02-15', takeBack: true });
    expect(days(story)).toEqual([['2016-01-31', 58, null, 'a sample of 40']]);
    expect(newestIn(story)).toEqual({ value: 58, on: '2016-01-31', source: 'a sample of 40', values: 1 });
    expect(story.entries.at(-1)).toMatchObject({
      kind: 'measure-taken-back',
      text: 'Supervision recorded: the value 61.5 % for Monday 15 February 2016 was taken back by Team Manager: a slip of the keyboard.',
    });
    // What was entered stays on record.
    expect(story.entries.some(({ kind, data }) => kind === 'measure-recorded' && data['value'] === 61.5)).toBe(true);
  });

  test('for a wrong day stands for the right one, with where it came from', () => {
    const story = correct(begun(), { of: '2016-01-31', on: '2016-02-20' });
    expect(days(story)).toEqual([
      ['2016-02-15', 61.5, 'head-of-service', 'an audit'],
      ['2016-02-20', 58, 'team-manager', 'a sample of 40'],
    ]);
    expect(newestIn(story)).toMatchObject({ value: 58, on: '2016-02-20', values: 2 });
  });

  test('is put right for the day that it has, whichever it is', () => {
    const story = correct(correct(begun(), { of: '2016-01-31', value: 55 }), { of: '2016-02-15', value: 60 });
    expect(days(story).map(([on, value]) => [on, value])).toEqual([
      ['2016-01-31', 55],
      ['2016-02-15', 60],
    ]);
    expect(newestIn(story)).toMatchObject({ value: 60, on: '2016-02-15', values: 2 });
  });

  test('may be the only one: there is none then, and the next is the first', () => {
    const story = give(begun([cases]), { measure: 'cases', value: 1240 });
    const back = { measure: 'cases', of: '2016-02-22', takeBack: true, reason } as const;
    story.command({ name: 'correctMeasure', payload: back }, owner);
    expect(viewOf(story.state, NOW).measures[0]?.newest).toBeNull();
    give(story, { measure: 'cases', value: 1204 });
    expect(viewOf(story.state, NOW).measures[0]?.newest).toMatchObject({ value: 1204, values: 1 });
    expect(series(story)).toHaveLength(1);
  });

  test('is brought back as corrected from the register, and from a file', () => {
    const before = begun();
    const story = correct(begun(), { of: '2016-02-15', on: '2016-02-14' });
    const later = story.entries.filter(({ seq }) => seq > before.state.seq);
    const state = { ...before.state, unrecorded: [] };
    expect(lifecycleFrom({ state, seq: story.state.seq, later, mails: [] }).measured).toEqual(story.state.measured);
    const filed = asFile(story.state, viewOf(story.state, NOW), story.entries, NOW).inspection;
    const again = new Story({ ...startOf({}), facts: { ...story.state.facts, inspection: filed } }, NOW);
    expect(series(again)).toEqual(series(story));
  });

  test('is kept for three years of months, and no longer: what a lifecycle keeps has a bound', () => {
    const story = begun([cases]);
    const at = (n: number) => new Date(Date.UTC(2015, 11, 1 + n)).toISOString().slice(0, 10);
    for (let n = 0; n < 60; n++) give(story, { measure: 'cases', value: n, on: at(n) });
    expect(story.state.measured?.['cases']?.values).toBe(60);
    expect(story.state.measured?.['cases']?.earlier).toHaveLength(36);
  });

  test.each([
    [
      { of: '2016-02-14', takeBack: true },
      /^"Supervision recorded" has no value for Sunday 14 February 2016 .* There are values for Monday 15 February 2016/,
    ],
    [{ of: '2016-02-15' }, /^Enter the right value, or the right day, or say that it is taken back\.$/],
    [{ of: '2016-02-15', value: 60, takeBack: true }, /^Enter what is right, or take it back, not both\.$/],
    [{ of: '2016-02-15', value: 61.5 }, /^That is the value that is on file for that day: nothing changes\.$/],
    [{ of: '2016-02-15', on: '2016-03-01' }, /in the future/],
  ] as const)('%j is refused', (payload, sentence) => {
    expect(refusalSentence(() => correct(begun(), payload))).toMatch(sentence);
  });
});
