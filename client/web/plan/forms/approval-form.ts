import type { PlanItems } from '../../../../domain/revisions/plan-items.ts';
import { approval } from '../../../../domain/schemas/plan.ts';
import { bodyOptions, ruleOptions } from '../choices.ts';
import type { ItemForm } from './item-form.ts';

export const APPROVAL: ItemForm<PlanItems['approval']> = {
  schema: approval,
  asked: ({ facts, plan }, before) => ({
    fields: [
      ...(before === undefined
        ? [
            {
              ...({ name: 'rule', kind: 'choice', label: 'What has to be approved' } as const),
              missing: 'Choose what has to be approved',
              choices: {
                '': 'Choose',
                ...ruleOptions(facts.rules, ({ id }) => plan.approvals?.some(({ rule }) => rule === id) !== true),
              },
            },
          ]
        : []),
      {
        ...{ name: 'body', kind: 'choice', label: 'Which body approves it first', missing: 'Choose the body' },
        choices: { '': 'Choose', ...bodyOptions(facts.authority) },
      },
      { name: 'key', kind: 'yes', label: 'It is a key decision: notice of it is given 28 clear days before' },
    ],
    ticks: [],
  }),
  typed: ({ body, key }) => ({ body, ...(key ? { key: 'yes' } : {}) }),
  ticked: () => ({}),
  item: ({ values: { rule, body, key }, before }) => ({ rule: before?.rule ?? rule, body, key: key === true }),
};
