import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { planAsYaml } from '../../client/plan/plan-text.ts';
import type { PlanPart } from '../../domain/revisions/plan-items.ts';

const action = (id: string, more: object = {}) => ({
  ...{ id, title: id, theme: 't', recommendations: [], due: '2027-01-29', ...more },
});
const PLAN: PlanPart = {
  recommendations: [],
  themes: [{ id: 't', title: 'T', officer: 'head-of-service', recommendations: [] }],
  actions: [action('a'), action('b'), action('c', { due: '2027-03-31' }), action('d', { owner: 'team-manager' })],
  owners: {},
  commitments: [],
};
const duty = (id: string, more: object = {}) => ({
  ...{ id: `improvement-actions/${id}`, owner: 'head-of-service', due: '2027-01-29', firstDue: '2027-01-29', ...more },
});

test('a plan’s file says beside the plan which dates were granted since, and to whom actions were given', () => {
  const text = planAsYaml(
    PLAN,
    { head: 'H', revision: 2 },
    [],
    [
      duty('a', { due: '2027-02-26', owner: 'director' }),
      duty('b'),
      // The plan itself has the later date since a revision, and the owner.
      duty('c', { due: '2027-03-31' }),
      duty('d', { owner: 'team-manager' }),
    ],
  );
  expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
    '# H',
    "# What holds beside the plan, and stays unless the action's own due or owner is changed above:",
    '#   a: due 2027-02-26 by a date granted since (first 2027-01-29); given to director since',
  ]);
  expect(parse(text)).toEqual({ revision: 2, ...PLAN });
});
