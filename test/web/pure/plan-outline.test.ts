import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_THEME, planLines, planSections } from '../../../client/web/inspection/plan-outline.ts';
import type { Action, Recommendation, Theme } from '../../../domain/schemas/plan.ts';

const recommendation = (id: string): Recommendation => ({ id, text: `Do ${id}` });
const theme = (id: string, recommendations: string[]): Theme => ({
  id,
  title: id,
  officer: 'director',
  recommendations,
});
const action = (id: string, of: Partial<Action>): Action => ({
  id,
  title: id,
  recommendations: [],
  due: '2027-01-29',
  ...of,
});

const PLAN = {
  themes: [theme('t1', ['i', 'ii']), theme('t2', ['iii'])],
  recommendations: ['i', 'ii', 'iii', 'iv'].map(recommendation),
  actions: [
    action('a1', { theme: 't1', recommendations: ['ii', 'i'] }),
    action('a2', { theme: 't1' }),
    action('a3', { recommendations: ['iii'] }),
  ],
};
const shown = (only?: string) =>
  planLines(PLAN, only).map((each) => [each.theme?.id, each.recommendation?.id, each.action?.id]);

test('an action stands under the first of its recommendations that its theme gathers; what has no theme comes last', () => {
  expect(shown()).toEqual([
    ['t1', 'i', undefined],
    ['t1', 'ii', 'a1'],
    ['t1', undefined, 'a2'],
    ['t2', 'iii', undefined],
    [undefined, 'iv', undefined],
    [undefined, 'iii', 'a3'],
  ]);
  expect(shown('t2')).toEqual([['t2', 'iii', undefined]]);
  expect(shown(NO_THEME)).toHaveLength(2);
});

test('a recommendation without an action of its own names those that answer it elsewhere', () => {
  const groups = planSections(planLines(PLAN), { offset: 0, limit: 100 }, PLAN).flatMap((each) => each.groups);
  const of = (id: string) => groups.find((each) => each.recommendation?.id === id && each.actions.length === 0);
  expect(of('i')?.answeredBy).toEqual(['a1', 'a2']);
  expect(of('iii')?.answeredBy).toEqual(['a3']);
  expect(of('iv')?.answeredBy).toEqual([]);
});

test('the pages of a plan hold each action once and each recommendation, whatever the plan', () => {
  const ids = fc.uniqueArray(fc.constantFrom('i', 'ii', 'iii', 'iv', 'v'), { maxLength: 5 });
  const plan = fc.record({
    themes: fc
      .uniqueArray(fc.record({ id: fc.constantFrom('t1', 't2', 't3'), recommendations: ids }), {
        selector: (t) => t.id,
      })
      .map((all) => all.map((each) => theme(each.id, each.recommendations))),
    recommendations: ids.map((all) => all.map(recommendation)),
    actions: fc
      .uniqueArray(
        fc.record({
          id: fc.integer({ min: 1, max: 40 }).map((n) => `a${n}`),
          theme: fc.option(fc.constantFrom('t1', 't2', 't3'), { nil: undefined }),
          recommendations: ids,
        }),
        { selector: (each) => each.id },
      )
      .map((all) =>
        all.map(({ id, theme: of, recommendations }) =>
          action(id, { recommendations, ...(of === undefined ? {} : { theme: of }) }),
        ),
      ),
  });
  fc.assert(
    fc.property(plan, fc.integer({ min: 1, max: 7 }), (improvement, limit) => {
      const lines = planLines(improvement);
      const pages = Array.from({ length: Math.ceil(lines.length / limit) }, (_, n) =>
        planSections(lines, { offset: n * limit, limit }, improvement),
      );
      const groups = pages.flatMap((sections) => sections.flatMap((each) => each.groups));
      const actions = groups.flatMap((group) => group.actions.map(({ id }) => id));
      expect(actions.toSorted()).toEqual(improvement.actions.map(({ id }) => id).toSorted());
      const named = new Set(groups.flatMap((group) => group.recommendation?.id ?? []));
      for (const { id } of improvement.recommendations) expect(named).toContain(id);
    }),
  );
});
