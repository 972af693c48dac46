import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  linesIn,
  lookedFor,
  outlineOf,
  type OutlineSection,
  placeIn,
  sectionsOnPage,
} from '../../../client/web/plan/outline.ts';
import { planWith, withdrawing, withdrawingAction } from '../../../domain/revisions/steps.ts';
import type { PlanPart } from '../../../domain/revisions/plan-items.ts';
import { council } from '../../support/facts.ts';

const PLAN: PlanPart = {
  recommendations: [{ id: 'i', text: 'Review the progress of assessments' }],
  themes: [
    { id: 't1', title: 'Timely assessments', officer: 'director', recommendations: ['i'] },
    { id: 't2', title: 'Practice leadership', officer: 'head-of-service', recommendations: [] },
  ],
  actions: [
    { id: 'a1', title: 'Put a standard in place', theme: 't1', recommendations: ['i'], due: '2027-01-29' },
    { id: 'a2', title: 'Audit the assessments', theme: 't1', recommendations: [], due: '2027-01-29' },
    { id: 'a3', title: 'Of no theme', owner: 'head-of-service', recommendations: [], due: '2027-01-29' },
  ],
  owners: {},
  commitments: [],
};
const shown = (sections: readonly OutlineSection[]) =>
  sections.map(({ key, theme, lines }) => [
    key,
    ...(theme === undefined ? [] : [theme.id]),
    ...lines.map(({ id }) => id),
  ]);
const find = (words: string, only?: string, plan = PLAN) =>
  shown(lookedFor(outlineOf({ base: plan, plan }), { only, words }, { authority: council, themes: plan.themes }));

describe('the editor’s list', () => {
  test('theme by theme, then what stands under none, then kind by kind', () => {
    expect(find('').slice(0, 4)).toEqual([
      ['theme=t1', 't1', 'a1', 'a2'],
      ['theme=t2', 't2'],
      ['theme=none', 'a3'],
      ['kind=recommendation', 'i'],
    ]);
    expect(find('', 'theme=t2')).toEqual([['theme=t2', 't2']]);
  });

  test('what the draft withdraws stands where it stood', () => {
    const plan = withdrawing('recommendation', 'i')(withdrawingAction('a1')(PLAN, PLAN), PLAN);
    expect(shown(outlineOf({ base: PLAN, plan })).slice(0, 4)).toEqual([
      ['theme=t1', 't1', 'a1', 'a2'],
      ['theme=t2', 't2'],
      ['theme=none', 'a3'],
      ['kind=recommendation', 'i'],
    ]);
  });

  test('words are found at the beginning of words of a title, a short name or of whose it is; all of them must be there', () => {
    expect(find('assess')).toEqual([
      ['theme=t1', 't1', 'a2'],
      ['kind=recommendation', 'i'],
    ]);
    expect(find('assess audit')).toEqual([['theme=t1', 't1', 'a2']]);
    expect(find('A3')).toEqual([['theme=none', 'a3']]);
    // Whoever owns it by its theme owns it.
    expect(find('standard director')).toEqual([['theme=t1', 't1', 'a1']]);
    expect(find('ssess')).toEqual([]);
    expect(find('assess', 'kind=recommendation')).toEqual([['kind=recommendation', 'i']]);
  });

  test('an empty plan says where to begin', () => {
    const plan = { ...PLAN, themes: [], actions: [] };
    const [first] = sectionsOnPage(outlineOf({ base: plan, plan }), { offset: 0, limit: 100 });
    expect(first).toMatchObject({
      key: 'theme=none',
      empty: expect.stringContaining('Begin with its themes') as string,
    });
  });
});

test('whatever the size of a page, each line is on one page, where its place says, and no page holds more', () => {
  const sizes = fc.array(fc.nat(7), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(sizes, fc.nat(4), fc.nat(3), fc.integer({ min: 1, max: 9 }), (under, loose, recommendations, limit) => {
      const themes = under.map((_, n) => ({ id: `t${n}`, title: `T${n}`, officer: 'director', recommendations: [] }));
      const ids = [
        ...under.flatMap((n, theme) => Array.from({ length: n }, () => `t${theme}`)),
        ...Array.from({ length: loose }, () => ''),
      ];
      const actions = ids.map((theme: string, n) => ({
        ...{ id: `a${n}`, title: `A${n}`, recommendations: [], due: '2027-01-29', owner: 'director' },
        ...(theme === '' ? {} : { theme }),
      }));
      const plan = planWith({ ...PLAN, themes, actions, recommendations: [] }, []);
      for (let n = 0; n < recommendations; n++) plan.recommendations.push({ id: `r${n}`, text: `R${n}` });
      const all = outlineOf({ base: plan, plan });
      const total = linesIn(all);
      const pages = Array.from({ length: Math.ceil(total / limit) }, (_, page) =>
        sectionsOnPage(all, { offset: page * limit, limit }),
      );
      const seen = pages.flatMap((sections, page) =>
        sections.flatMap((section) => [
          ...(section.theme === undefined || section.continued ? [] : [{ page, line: section.theme }]),
          ...section.lines.map((line) => ({ page, line })),
        ]),
      );
      expect(seen).toHaveLength(themes.length + actions.length + recommendations);
      for (const { page, line } of seen)
        expect(Math.floor((placeIn(all, line.what, line.id)?.inAll ?? -1) / limit)).toBe(page);
      for (const sections of pages)
        expect(sections.reduce((n, { lines }) => n + lines.length, 0)).toBeLessThanOrEqual(limit);
      expect(placeIn(all, 'action', 'no-such')).toBeUndefined();
    }),
  );
});
