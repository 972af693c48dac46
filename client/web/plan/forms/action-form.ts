import { valueInWords } from '../../../../domain/revisions/change-words.ts';
import type { PlanItems } from '../../../../domain/revisions/plan-items.ts';
import { action } from '../../../../domain/schemas/plan.ts';
import { dateTyped, type FormField } from '../../forms/form.ts';
import {
  besideTicks,
  type Choices,
  officersOnly,
  ownerUnlessTheme,
  recommendationTicks,
  themeOptions,
} from '../choices.ts';
import {
  accepterIn,
  accepterOptions,
  accepterTyped,
  dayOf,
  dueOf,
  type ItemForm,
  said,
  WITHIN,
  wordsField,
  wordsOf,
} from './item-form.ts';

type Due = PlanItems['action']['due'];

const dueField = (due: Due | undefined): FormField =>
  due !== undefined && dayOf(due) === undefined
    ? {
        ...{ name: 'due', kind: 'date', label: 'Due', optional: true },
        hint: `It is counted: ${valueInWords(due)}. Leave this empty to leave it so, or give a day.`,
      }
    : { name: 'due', kind: 'date', label: 'Due', missing: 'Enter the day on which it is due' };

/** Where an action stands, and whose it is: what moving it asks for. */
export const PLACE: readonly string[] = ['theme', 'owner'];

/** Who owns an action: the officer of its theme too, where there are themes. */
export const ownerField = (name: string, choices: Choices, present?: string): FormField => ({
  ...{ name, kind: 'choice', label: 'Owner' },
  ...ownerUnlessTheme(choices, present),
});

/** What is said where an action has neither an owner nor a theme, though there are themes; where there are none its field says it. */
export const noOwner = ({ plan }: Choices, { owner, theme }: { owner: unknown; theme: unknown }): string | undefined =>
  plan.themes.length === 0 || owner !== undefined || theme !== undefined
    ? undefined
    : 'Choose who owns it, or a theme: its accountable officer owns it then';
const MONTHS_AFTER = /^\d+(?:[\s,]+\d+)*$/;

export const ACTION: ItemForm<PlanItems['action']> = {
  schema: action,
  asked: (choices, before) => ({
    fields: [
      { name: 'title', kind: 'line', label: 'What is to be done', missing: 'Enter what is to be done' },
      { name: 'theme', kind: 'choice', label: 'Theme', optional: true, choices: themeOptions(choices.plan, 'None') },
      ownerField('owner', choices, before?.owner),
      dueField(before?.due),
      {
        ...{ name: 'measure', kind: 'line', label: 'What shows that it is done', optional: true },
        hint: 'For example: share of open cases with supervision recorded in the last month',
      },
    ],
    more: [
      wordsField(),
      {
        ...{ name: 'setBy', kind: 'line', label: 'Who has set the date, where it was not the council', optional: true },
        hint: 'For example: the improvement notice of 6 January 2022. The council can’t grant a later date then.',
      },
      {
        ...{ name: 'acceptedBy', kind: 'choice', label: 'Who must accept it before it counts as done', optional: true },
        choices: accepterOptions(
          choices,
          choices.plan.themes.length === 0 ? 'Nobody' : 'As its theme says',
          officersOnly(choices),
        ),
      },
      WITHIN,
      {
        ...{ name: 'sustained', kind: 'line', label: 'Asked whether it still holds', optional: true },
        hint: 'So many months after it was done, for example 3, 6. Left empty: as the council’s file says.',
      },
    ],
    ticks: [
      recommendationTicks(choices.plan, 'Recommendations that it answers'),
      besideTicks(choices, 'Who works on it beside the owner'),
    ],
  }),
  typed: ({ title, theme: of, owner, due, measure: shows, setBy, acceptedBy, sustained }) => ({
    ...{ title, theme: of ?? '', owner: owner ?? '', measure: shows ?? '', setBy: setBy ?? '' },
    ...dateTyped('due', dayOf(due)),
    ...wordsOf(due),
    ...accepterTyped(acceptedBy),
    ...(sustained === undefined ? {} : { sustained: sustained.after.join(', ') || '0' }),
  }),
  ticked: ({ recommendations, with: beside = [] }) => ({ recommendations, with: beside }),
  item: ({ values, ticks: { recommendations = [], with: beside = [] }, id, before }) => {
    const { acceptedBy, sustained: was, ...others }: Partial<PlanItems['action']> = before ?? { id };
    const { theme: _theme, owner: _owner, measure: _measure, with: _with, setBy: _setBy, ...rest } = others;
    const { title, theme: of, owner, measure: shows, setBy, sustained } = values;
    const months = typeof sustained === 'string' ? sustained.split(/[\s,]+/).map(Number) : undefined;
    return {
      ...rest,
      ...{ title, recommendations },
      ...said(of, 'theme'),
      ...said(owner, 'owner'),
      ...said(shows, 'measure'),
      ...said(setBy, 'setBy'),
      ...accepterIn(values, acceptedBy),
      ...(months === undefined ? {} : { sustained: { ...was, after: months.filter((each) => each > 0) } }),
      ...(beside.length === 0 ? {} : { with: beside }),
      due: dueOf(values) ?? before?.due,
    };
  },
  problems: ({ values: { owner, theme, sustained }, choices }) => [
    ...[noOwner(choices, { owner, theme }) ?? []].flat().map((text): [string, string] => ['owner', text]),
    ...(typeof sustained === 'string' && !MONTHS_AFTER.test(sustained)
      ? [['sustained', 'Asked whether it still holds: enter months, like 3, 6; 0 for never'] as [string, string]]
      : []),
  ],
};
