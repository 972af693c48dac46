import { dateTyped } from '../../forms/form.ts';
import type { PlanItems } from '../../../../domain/revisions/plan-items.ts';
import { theme } from '../../../../domain/schemas/plan.ts';
import { besideTicks, officerOptions, officersOnly, recommendationTicks } from '../choices.ts';
import { accepterIn, accepterOptions, accepterTyped, type ItemForm, said, WITHIN } from './item-form.ts';

export const THEME: ItemForm<PlanItems['theme']> = {
  schema: theme,
  asked: (choices, before) => ({
    fields: [
      {
        ...{ name: 'title', kind: 'line', label: 'Title', missing: 'Enter what the theme is' },
        hint: 'The outcome that it stands for, for example: timely assessments and plans',
      },
      {
        ...{ name: 'officer', kind: 'choice', label: 'Accountable officer', missing: 'Choose the accountable officer' },
        choices: officerOptions(choices.facts.authority, 'Choose an officer', before?.officer),
      },
      { name: 'until', kind: 'date', label: 'To be reached by', optional: true },
    ],
    more: [
      {
        ...{ name: 'acceptedBy', kind: 'choice', label: 'Who must accept its actions', optional: true },
        hint: 'Before they count as done, where an action names nobody itself',
        choices: accepterOptions(choices, 'Nobody', officersOnly(choices)),
      },
      WITHIN,
    ],
    ticks: [
      recommendationTicks(choices.plan, 'Recommendations that it gathers'),
      besideTicks(choices, 'Who works on its actions beside their owners'),
    ],
  }),
  typed: ({ title, officer, until, acceptedBy }) => ({
    ...{ title, officer, ...dateTyped('until', until) },
    ...accepterTyped(acceptedBy),
  }),
  ticked: ({ recommendations, with: beside = [] }) => ({ recommendations, with: beside }),
  item: ({ values, ticks: { recommendations = [], with: beside = [] }, id, before }) => {
    const { title, officer, until } = values;
    const { until: _until, acceptedBy, with: _with, ...rest } = (before ?? { id }) as Partial<PlanItems['theme']>;
    return {
      ...rest,
      title,
      officer,
      recommendations,
      ...said(until, 'until'),
      ...accepterIn(values, acceptedBy),
      ...(beside.length === 0 ? {} : { with: beside }),
    };
  },
};
