import { describe, expect, test } from 'vitest';
import { loadStart } from '../../../client/files/load-start.ts';
import { shownFields } from '../../../client/web/forms/form.ts';
import { recommendationsTyped, recommendationTicks } from '../../../client/web/plan/choices.ts';
import { readItem } from '../../../client/web/plan/item-forms.ts';
import { defaultsBeside, readRows, rowsOf } from '../../../client/web/plan/rows.ts';

const { facts } = loadStart('examples/middlesbrough-2016.yaml');
const planOf = (...ids: string[]) => ({
  ...facts.inspection,
  recommendations: ids.map((id) => ({ id, text: `Words of ${id}` })),
});
const WITHOUT_THEMES = { facts, plan: { ...facts.inspection, themes: [] } };
const WITH_THEMES = { facts, plan: facts.inspection };

describe('recommendations are typed as they are shown', () => {
  test.each([
    [['r1', 'r2'], '1', ['r1']],
    [['r1', 'r2'], 'R2, r1.', ['r2', 'r1']],
    [['r1', 'r2'], '2; 2', ['r2']],
    [['i', 'iv', 'xvii'], 'IV, i', ['iv', 'i']],
    [['3a', 'r3'], '3A, 3', ['3a', 'r3']],
    [['supervision', 'r1'], 'supervision, 1', ['supervision', 'r1']],
    // Two that would be shown alike are shown by their names.
    [['1', 'r1'], '1, r1', ['1', 'r1']],
    [['r1'], '', []],
  ])('of %o, "%s" names %o', (known, typed, ids) => {
    expect(recommendationsTyped(typed, planOf(...known))).toEqual({ ids });
  });

  test.each([
    [['r1', 'r2'], 'r9', 'There is no recommendation r9 in the plan. It has 1, 2'],
    [[], '1', 'The plan has no recommendations yet: leave this empty'],
  ])('of %o, "%s" is none, and it is said which there are', (known, typed, unknown) => {
    expect(recommendationsTyped(typed, planOf(...known))).toEqual({ unknown });
  });

  test('each is typed by what a box shows before its words, and by what stands there beside another action', () => {
    const plan = planOf('r1', 'r2', 'xvii', 'supervision', '3', 'r3');
    for (const [id, shown] of Object.entries(recommendationTicks(plan, 'R').options)) {
      const number = shown.slice(0, shown.indexOf(':'));
      expect(recommendationsTyped(number, plan)).toEqual({ ids: [id] });
      const action = { ...facts.inspection.actions[0], recommendations: [id] } as (typeof plan.actions)[number];
      expect(defaultsBeside(action, undefined, plan)['recommendations']).toBe(number);
    }
  });

  test('the hint names some that there are', () => {
    const [row] = rowsOf({ facts, plan: planOf('r1', 'r2', 'r3') });
    expect(row?.fields.find(({ name }) => name === 'recommendations-1')?.hint).toContain('for example 1, 2');
    expect(JSON.stringify(rowsOf({ facts, plan: planOf() }))).not.toContain('for example i');
  });
});

describe('an action’s owner: label and rule agree', () => {
  const labelOf = (choices: typeof WITH_THEMES) => {
    const fields = rowsOf(choices)[0]?.fields ?? [];
    const all = shownFields(fields, { typed: {}, problems: [] }, facts.authority) as { name: string; label: string }[];
    return all.find(({ name }) => name === 'owner-1')?.label;
  };
  const rowProblems = (choices: typeof WITH_THEMES) =>
    readRows({ 'title-1': 'Audit', 'due-1-day': '1', 'due-1-month': '6', 'due-1-year': '2016' }, choices, {
      defaults: {},
      taken: new Set(),
      wrongDay: () => undefined,
    }).problems.map(({ text }) => text);
  const formProblems = async (choices: typeof WITH_THEMES) => {
    const sent = { title: 'Audit', 'due-day': '1', 'due-month': '6', 'due-year': '2016' };
    const beside = { id: () => 'audit', before: undefined, today: '2016-05-01', judge: () => [] };
    const { problems } = await readItem('action', sent, choices, beside);
    return problems.map(({ text }) => text);
  };

  test('without a theme to choose it is needed, and not called optional', async () => {
    expect(labelOf(WITHOUT_THEMES)).toBe('Owner');
    expect(rowProblems(WITHOUT_THEMES)).toEqual(['Action 1: choose who owns it']);
    expect(await formProblems(WITHOUT_THEMES)).toEqual(['Choose who owns it']);
  });

  test('with themes the label says when it is needed', async () => {
    expect(labelOf(WITH_THEMES)).toBe('Owner (needed where no theme is chosen)');
    const said = 'hoose who owns it, or a theme: its accountable officer owns it then';
    expect(rowProblems(WITH_THEMES)).toEqual([`Action 1: c${said}`]);
    expect(await formProblems(WITH_THEMES)).toEqual([`C${said}`]);
  });
});
