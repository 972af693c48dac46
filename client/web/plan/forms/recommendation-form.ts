import { standingInstruments } from '../../../../domain/facts/instruments.ts';
import { nameOfNumber } from '../../../../domain/revisions/fresh-id.ts';
import type { PlanItems } from '../../../../domain/revisions/plan-items.ts';
import { recommendation } from '../../../../domain/schemas/plan.ts';
import { instrumentOptions, themeTicks } from '../choices.ts';
import { type ItemForm, oneLine, said } from './item-form.ts';

export const RECOMMENDATION: ItemForm<PlanItems['recommendation']> = {
  schema: recommendation,
  asked: ({ plan, facts }, before) => ({
    fields: [
      ...(before === undefined
        ? [
            {
              ...({ name: 'id', kind: 'line', label: 'Number', missing: 'Enter its number' } as const),
              hint: 'As the report numbers it, for example 12 or xvii',
            },
          ]
        : []),
      { name: 'text', kind: 'text', label: 'Text', missing: 'Enter its text', hint: 'As the report has it' },
      ...(standingInstruments(facts.inspection).length === 0
        ? []
        : [
            {
              ...({ name: 'instrument', kind: 'choice', label: 'What makes it', optional: true } as const),
              choices: instrumentOptions(facts, 'The report of the inspection'),
            },
          ]),
    ],
    ticks: [themeTicks(plan, 'Themes that gather it')],
  }),
  typed: ({ text, instrument }) => ({ text, ...(instrument === undefined ? {} : { instrument }) }),
  ticked: ({ id }, { plan }) => ({
    themes: plan.themes.filter(({ recommendations }) => recommendations.includes(id)).map((each) => each.id),
  }),
  item: ({ values: { text, instrument, id: number }, id, before }) => {
    const { instrument: _instrument, ...rest }: Partial<PlanItems['recommendation']> = before ?? {
      id: typeof number === 'string' ? nameOfNumber(number) : id,
    };
    return { ...rest, text: oneLine(text), ...said(instrument, 'instrument') };
  },
};
