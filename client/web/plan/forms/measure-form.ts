import { DIRECTIONS } from '../../../../domain/measures/directions.ts';
import { measure } from '../../../../domain/schemas/measures.ts';
import type { PlanItems } from '../../../../domain/revisions/plan-items.ts';
import { dateTyped } from '../../forms/form.ts';
import { actionsTyped, actionTicks, areTicked, recommendationTicks, themeTicks } from '../choices.ts';
import type { ItemForm } from './item-form.ts';

export const MEASURE: ItemForm<PlanItems['measure']> = {
  schema: measure,
  asked: ({ plan }) => ({
    fields: [
      {
        ...{ name: 'title', kind: 'line', label: 'What is measured', missing: 'Enter what is measured' },
        hint: 'For example: open cases with supervision recorded in the last month',
      },
      { name: 'unit', kind: 'line', label: 'Unit', hint: 'As it stands after a number, for example %, days or cases' },
      {
        ...{ name: 'direction', kind: 'choice', label: 'Which way is better', missing: 'Choose which way is better' },
        choices: { '': 'Choose', ...DIRECTIONS },
      },
      {
        name: 'target',
        kind: 'amount',
        label: 'Target',
        hint: 'A number, for example 95',
        missing: 'Enter the target',
      },
      {
        name: 'targetBy',
        kind: 'date',
        label: 'To be reached by',
        missing: 'Enter the day by which it is to be reached',
      },
      {
        name: 'baseline',
        kind: 'amount',
        label: 'Where it stands now',
        hint: 'A number, for example 54',
        optional: true,
      },
      { name: 'baselineOn', kind: 'date', label: 'On which day it stood there', optional: true, mostlyPast: true },
      {
        ...{ name: 'source', kind: 'line', label: 'Where the number comes from' },
        ...{ hint: 'For example: case system, monthly report 12', missing: 'Enter where the number comes from' },
      },
      ...(areTicked(plan)
        ? []
        : [
            {
              ...({ name: 'actionNames', kind: 'line', label: 'Actions of which it shows the effect' } as const),
              ...{
                optional: true,
                hint: 'By their short names, as the list of the plan has them, for example a12, a13',
              },
            },
          ]),
    ],
    ticks: [
      themeTicks(plan, 'Themes of which it shows the outcome'),
      ...(areTicked(plan) ? [actionTicks(plan, 'Actions of which it shows the effect')] : []),
      recommendationTicks(plan, 'Recommendations that it shows to be met'),
    ],
  }),
  typed: ({ title, unit, direction, target, baseline, source, actions }) => ({
    ...{ title, unit, direction, source, target: String(target.value), actionNames: actions.join(', ') },
    ...dateTyped('targetBy', target.by),
    ...(baseline === undefined ? {} : { baseline: String(baseline.value), ...dateTyped('baselineOn', baseline.on) }),
  }),
  ticked: ({ themes, actions, recommendations }) => ({ themes, actions, recommendations }),
  item: ({ values, ticks, id, before, choices: { plan } }) => {
    const { themes = [], actions: those = [], recommendations = [] } = ticks;
    const named = areTicked(plan) ? { ids: those } : actionsTyped(values['actionNames'], plan);
    const actions = 'ids' in named ? named.ids : [];
    const { title, unit, direction, target, targetBy, baseline, baselineOn, source } = values;
    const { baseline: _baseline, ...rest } = before ?? { id };
    return {
      ...rest,
      ...{ title, unit, direction, source, themes, actions, recommendations },
      target: { value: target, by: targetBy },
      ...(baseline === undefined && baselineOn === undefined ? {} : { baseline: { value: baseline, on: baselineOn } }),
      values: [],
    };
  },
  problems: ({ values, choices: { plan } }) => {
    const named = actionsTyped(values['actionNames'], plan);
    const { baseline, baselineOn } = values;
    return [
      ...('unknown' in named ? [['actionNames', named.unknown] as [string, string]] : []),
      ...(baseline === undefined && baselineOn !== undefined
        ? [['baseline', 'Enter where it stands now, or no day'] as [string, string]]
        : []),
      ...(baseline !== undefined && baselineOn === undefined
        ? [['baselineOn', 'Enter the day on which it stood there'] as [string, string]]
        : []),
    ];
  },
};
