import fc from 'fast-check';
import type { Edit } from '../../domain/revisions/edits.ts';
import type { PlanPart } from '../../domain/revisions/plan-items.ts';
import {
  edited,
  putting,
  splitting,
  type Step,
  withdrawing,
  withdrawingAction,
  withdrawingTheme,
} from '../../domain/revisions/steps.ts';

export const action = (id: string, theme: string, recommendations: string[] = []) => ({
  ...{ id, title: `Action ${id}`, theme, recommendations, due: '2027-03-26' },
});
export const theme = (id: string, recommendations: string[] = []) => ({
  ...{ id, title: `Theme ${id}`, officer: `officer-of-${id}`, recommendations },
});
/** A plan with one of everything. */
export const base: PlanPart = {
  recommendations: ['i', 'ii', 'iii'].map((id) => ({ id, text: `Recommendation ${id}` })),
  themes: [theme('t1', ['i', 'ii']), theme('t2', ['iii']), theme('t3')],
  actions: [
    action('a1', 't1', ['i', 'ii']),
    { ...action('a2', 't1', ['ii']), owner: 'head', with: ['clerk'], measure: 'Shares' },
    action('a3', 't2', ['iii']),
    { ...action('a4', 't2', ['iii', 'i']), due: { n: 3, unit: 'month', from: 'report-received', convention: 'after' } },
  ],
  measures: [
    {
      ...{ id: 'm1', title: 'Visits', unit: '%', direction: 'up', source: 'System', values: [] },
      ...{ themes: ['t1', 't2'], actions: ['a1', 'a2'], recommendations: ['ii', 'i'] },
      target: { value: 95, by: '2027-03-31' },
    },
  ],
  owners: {},
  commitments: [],
  approvals: [],
};

const ids = { theme: ['t1', 't2', 't3', 'n1'], action: ['a1', 'a2', 'a3', 'a4', 'n1', 'n2'] };
const one = fc.constantFrom;

/** A step that somebody takes, of whatever is in the plan by then; what is not there is left. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ id: one(...ids.action), theme: one(...ids.theme), title: one('New words', 'Other words') })
    .map(({ id, ...rest }) => putting('action', { ...action(id, rest.theme, ['i']), ...rest })),
  one(...ids.theme).map((id) => putting('theme', { ...theme(id), officer: 'another' })),
  one('i', 'ii', 'iii').map((id) => withdrawing('recommendation', id)),
  one('m1').map((id) => withdrawing('measure', id)),
  fc
    .tuple(one(...ids.action), fc.option(one(...ids.action), { nil: undefined }))
    .map(([id, into]) => withdrawingAction(id, into === id ? undefined : into)),
  fc
    .tuple(one(...ids.theme), one(...ids.theme))
    .map(([id, to]) => withdrawingTheme(id, id === to ? 'withdrawn' : { to })),
  one(...ids.action).map((id) =>
    splitting(id, [
      { id: `${id}-x`, title: 'X', due: '2027-01-29', recommendations: ['i'] },
      { id: `${id}-y`, title: 'Y', due: '2027-02-26', recommendations: ['ii'] },
    ]),
  ),
);
/** What somebody's steps make of it. */
export const draft = (steps: readonly Step[], of = base): Edit[] =>
  steps.reduce<Edit[]>((edits, each) => edited(of, edits, each), []);
