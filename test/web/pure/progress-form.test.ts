import { expect, test } from 'vitest';
import { MAX_FIELDS } from '../../../client/web/forms/sent.ts';
import { runningFrom } from '../../../client/web/inspections.ts';
import { isSaidAlready, saidSince } from '../../../client/web/progress-form/as-of.ts';
import { fieldsOf } from '../../../client/web/progress-form/fields.ts';
import { MAX_ACTIONS, MAX_MEASURES } from '../../../client/web/progress-form/one-page.ts';
import { workOf } from '../../../client/web/progress-form/own-actions.ts';
import { formOf } from '../../../client/web/progress-form/shown-form.ts';
import { straysIn, typedBut } from '../../../client/web/progress-form/strays.ts';
import { exampleDaysOn } from '../../../client/web/forms/example-days.ts';
import { renderTemplate } from '../../../client/web/render.ts';
import { viewOf } from '../../../domain/lifecycle/view.ts';
import { Story } from '../../../domain/preview/story.ts';
import { council, startOf } from '../../support/facts.ts';

const OWNER = { id: 'team-manager@anyborough.example.org', role: 'team-manager' };
const NAMES = Array.from({ length: MAX_ACTIONS + 5 }, (_, n) => `action-${String(n + 1).padStart(2, '0')}`);
const MEASURES = Array.from({ length: MAX_MEASURES + 5 }, (_, n) => `measure-${n + 1}`);

/** A plan with more actions and measures of one owner than one page shows. */
const begun = () =>
  new Story(
    startOf({
      actions: NAMES.map((id) => ({ id, title: id, owner: OWNER.role, due: '2016-09-30' })),
      measures: MEASURES.map((id) => ({
        ...{ id, title: id, unit: '%', direction: 'up', source: 'an audit', actions: ['action-01'] },
        target: { value: 95, by: '2016-09-30' },
      })),
    }),
    '2016-03-01T09:00:00.000Z',
  );

function report(story: Story, names: readonly string[]): Story {
  for (const [n, name] of names.entries()) {
    story.now = new Date(Date.parse(story.now) + 60_000 * (n + 1)).toISOString();
    story.command({ name: 'progress', payload: { milestone: `improvement-actions/${name}`, percent: 10 } }, OWNER);
  }
  return story;
}

function workIn(story: Story) {
  const roles = council.roles.filter(({ id }) => id === OWNER.role);
  return workOf('anyborough/test', runningFrom(story.state, viewOf(story.state, story.now)), {
    authority: council,
    roles,
  });
}

function shown(story: Story, typed: Record<string, string> = {}) {
  const { actions, more, answered } = formOf(workIn(story), typed, [], new Map());
  return { names: actions.map(({ name }) => name), more, answered: answered.map(({ name }) => name) };
}

test('the fullest form that is shown has fewer fields than a form that is refused', () => {
  const full = formOf(workIn(report(begun(), NAMES)), {}, [], new Map());
  expect([full.actions.length, full.measures.length, full.unchanged.length]).toEqual([
    MAX_ACTIONS,
    MAX_MEASURES,
    MAX_ACTIONS,
  ]);
  const html = renderTemplate('progress-form.html', {
    ...full,
    title: 'x',
    version: 'x',
    links: [],
    action: '',
    problems: [],
    exampleDays: exampleDaysOn('2026-11-28'),
  });
  const [, form = ''] = html.split('<form method="post" action=""');
  const fields = [...form.matchAll(/<(input|textarea)\b[^>]*>/g)].map(([field, tag]) => ({ field, tag }));
  const nameOf = (field: string) => /name="([^"]*)"/.exec(field)?.[1] ?? '';
  const radios = fields.filter(({ field }) => field.includes('type="radio"'));
  // Of each group of radio buttons one is sent, and of the buttons the one that was pressed.
  const sent = fields.length - radios.length + new Set(radios.map(({ field }) => nameOf(field))).size + 1;
  expect(sent).toBeGreaterThan(MAX_ACTIONS * 6 + MAX_MEASURES * 4);
  expect(sent).toBeLessThanOrEqual(MAX_FIELDS);
});

test('with no round open, those on which nobody has reported come first, then the oldest reports: each has its turn', () => {
  const story = begun();
  const first = shown(story);
  expect([first.names, first.more]).toEqual([NAMES.slice(0, MAX_ACTIONS), 5]);
  report(story, first.names);
  const second = shown(story);
  // In the plan's order: the five that were not shown before, and those that were reported on first.
  expect(second.names).toEqual([...NAMES.slice(0, MAX_ACTIONS - 5), ...NAMES.slice(MAX_ACTIONS)]);
  report(story, second.names);
  expect(shown(story).names).toEqual(expect.arrayContaining(NAMES.slice(MAX_ACTIONS - 5, MAX_ACTIONS)));
});

test('of many measures too those of which no value was given longest come first, and one that is typed into stays', () => {
  const story = begun();
  const measuresOf = (typed: Record<string, string> = {}) =>
    formOf(workIn(story), typed, [], new Map()).measures.map(({ id }) => id);
  const first = measuresOf();
  for (const measure of first) story.command({ name: 'recordMeasure', payload: { measure, value: 50 } }, OWNER);
  expect(first).toHaveLength(MAX_MEASURES);
  expect(measuresOf()).toEqual(expect.arrayContaining(MEASURES.filter((each) => !first.includes(each))));
  const left = first.filter((each) => !measuresOf().includes(each));
  expect(left).toHaveLength(5);
  expect(measuresOf({ [`measure-value--${left[0] ?? ''}`]: '7' })).toContain(left[0]);
});

test('an action with typed words stands on the form, though it was answered elsewhere since, or is past the cut', () => {
  const story = begun();
  story.command(
    { name: 'openRound', payload: { by: '2016-03-31', title: 'the board' } },
    {
      ...{ id: 'democratic-services@anyborough.example.org', role: 'democratic-services' },
    },
  );
  report(story, ['action-01', 'action-02']);
  expect(shown(story).answered).toEqual(['action-01', 'action-02']);
  const typed = { 'text--action-01': 'Typed before it was answered.', 'forecast--action-45-day': '3' };
  const { names, answered } = shown(story, typed);
  expect([names.length, names[0], names.at(-1), answered]).toEqual([
    MAX_ACTIONS,
    'action-01',
    'action-45',
    ['action-02'],
  ]);
});

const THEIRS = { actions: [{ name: 'audit' }, { name: 'open-day' }], measures: [{ id: 'visits' }] };

test.each<[string, Record<string, string>, string[]]>([
  ['what is theirs is none', { 'text--audit': 'a', 'rating--open-day': 'b', 'forecast--open-day-day': '3' }, []],
  ['nor a measure of theirs', { 'measure-value--visits': '7', 'measure-on--visits-day': '3' }, []],
  ['nor what is left empty, or carried by the form', { 'text--gone': ' ', press: 'send', unchanged: 'gone' }, []],
  ['words', { 'text--gone': 'Half of it is done.' }, ['“gone” is not among your open actions', 'Half of it is done.']],
  [
    'a forecast alone',
    { 'forecast--gone-day': '27', 'forecast--gone-month': '3', 'forecast--gone-year': '2027' },
    ['“gone” is not among your open actions', '27; 3; 2027'],
  ],
  [
    'a measure’s value, called as an action is',
    { 'measure-value--audit': '61.5' },
    ['“audit” is not among your measures', '61.5'],
  ],
  ['that nothing has changed', { 'rating--gone': ':no-change' }, ['“gone”', 'no change']],
])('what was typed of something that is theirs no more is told: %s', (_what, typed, parts) => {
  const strays = straysIn(THEIRS, typed);
  expect(strays).toHaveLength(parts.length === 0 ? 0 : 1);
  for (const part of parts) expect(strays[0]?.text).toContain(part);
});

test('what has been taken is not kept among what is still to be sent', () => {
  const typed = { 'text--audit': 'a', 'forecast--audit-day': '3', 'measure-value--audit': '7', press: 'send' };
  expect(typedBut(typed, [{ command: 'progress', name: 'audit' }])).toEqual({
    'measure-value--audit': '7',
    press: 'send',
  });
  expect(fieldsOf(typedBut(typed, [{ command: 'recordMeasure', name: 'audit' }])).map(({ field }) => field)).toEqual([
    'text--audit',
    'forecast--audit-day',
  ]);
});

const ACTION = { command: 'progress', name: 'action-01' } as const;
const MEASURE = { command: 'recordMeasure', name: 'measure-1' } as const;
const give = (story: Story, said: object) =>
  story.command({ name: 'progress', payload: { milestone: 'improvement-actions/action-01', ...said } }, OWNER);
const value = (story: Story, given: number) =>
  story.command({ name: 'recordMeasure', payload: { measure: 'measure-1', value: given } }, OWNER);
const AMBER = { rating: 'amber', percent: 40, text: 'One team is ill.' };
const seenBy = (story: Story) => ({ seen: formOf(workIn(story), {}, [], new Map()).seen });

test('a form knows what had been said when it was shown, and says what was said since and by whom', () => {
  const story = begun();
  const first = seenBy(story);
  const since = (typed: object) => [ACTION, MEASURE].map((each) => saidSince(workIn(story), each, { ...typed }));
  expect(since(first)).toEqual([undefined, undefined]);
  value(give(story, AMBER), 81);
  expect(since(first)).toEqual([
    'There is a newer report since you opened this page, by Team Manager, of Tuesday 1 March 2016: Amber; 40 per cent done.',
    'There is a newer value since you opened this page, of Tuesday 1 March 2016: 81 %.',
  ]);
  expect(since(seenBy(story))).toEqual([undefined, undefined]);
  value(give(story, { rating: 'green' }), 82);
  expect(since(first)).toEqual([
    'There are 2 newer reports since you opened this page; the last of them by Team Manager, of Tuesday 1 March 2016: Green; 40 per cent done.',
    'There are 2 newer values since you opened this page; the last of them of Tuesday 1 March 2016: 82 %.',
  ]);
  // Whoever sends what no form carries is told nothing.
  for (const typed of [{}, { seen: 'progress/action-01:-1 x' }, { seen: ['progress/action-01:0'] }])
    expect(since(typed)).toEqual([undefined, undefined]);
});

test.each<[string, object, boolean]>([
  ['the same once more', AMBER, true],
  ['a part of it', { rating: 'amber' }, true],
  ['that nothing has changed', { noChange: true }, true],
  ['another per cent', { ...AMBER, percent: 41 }, false],
  ['other words', { ...AMBER, text: 'Two teams are ill.' }, false],
  ['a forecast', { forecast: '2016-09-01' }, false],
])('who says %s on the same day: is it on record already?', (_what, said, isSame) => {
  const story = give(begun(), AMBER);
  const answer = { ...ACTION, payload: { milestone: 'improvement-actions/action-01', ...said } };
  const isSaid = () => isSaidAlready(workIn(story), answer);
  expect(isSaid()).toBe(isSame);
  // Another day, or where a round asks, it is something new.
  story.until('2016-03-02T09:00:00.000Z');
  expect(isSaid()).toBe(false);
  story.command({ name: 'progress', payload: { milestone: 'improvement-actions/action-01', ...AMBER } }, OWNER);
  expect(isSaid()).toBe(isSame);
  story.until('2016-03-02T10:00:00.000Z');
  story.command(
    { name: 'openRound', payload: { by: '2016-03-11', title: 'the board' } },
    { id: 'x', role: 'democratic-services' },
  );
  expect(isSaid()).toBe(false);
});

test('a value that is on record for its day is', () => {
  const story = value(begun(), 81);
  const said = (payload: object) =>
    isSaidAlready(workIn(story), { ...MEASURE, payload: { measure: 'measure-1', value: 81, ...payload } });
  expect([said({}), said({ on: '2016-03-01' }), said({ value: 82 }), said({ on: '2016-02-29' })]).toEqual([
    ...[true, true, false, false],
  ]);
});
