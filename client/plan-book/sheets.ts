import { DIRECTIONS } from '../../domain/measures/directions.ts';
import type { PlanItems } from '../../domain/revisions/plan-items.ts';
import { valueInWords } from '../../domain/revisions/change-words.ts';
import { ownerIn } from '../../domain/revisions/steps.ts';
import { textOf } from './choices.ts';
import { withoutShape } from './ratings.ts';
import { BY_THEME, type BookSheet, type BookSheets, columnsFor, day, listed, type Out } from './columns.ts';
import { peopleIn, themesIn } from './names.ts';
import { type Sent, stoodIn } from './sent.ts';

type Action = PlanItems['action'];

const ownerOf = (action: Action, sent: Sent): Out => {
  const officer = ownerIn(sent.plan, action);
  if (officer === undefined) return undefined;
  return `${textOf(peopleIn(sent), officer)}${action.owner === undefined ? BY_THEME : ''}`;
};

/** By when it is: as it stands, else as the plan says; a period that is counted from what is not on file, in words. */
function dueOf(action: Action, sent: Sent): Out {
  const { due } = action;
  const day = stoodIn(sent, action.id).due ?? (typeof due === 'string' ? due : 'by' in due ? due.by : undefined);
  return day === undefined ? valueInWords(due) : { date: day };
}

const ACTIONS: BookSheet<Action> = {
  name: 'Actions',
  spare: 100,
  printed: 11,
  blank: (id) => ({ id, title: '', recommendations: [], due: '' }),
  columns: columnsFor<Action>(({ plan, report, shown }) => [
    plan({
      field: 'theme',
      kind: 'theme',
      head: 'Theme',
      width: 22,
      out: ({ theme }, sent) => (theme === undefined ? undefined : textOf(themesIn(sent.plan), theme)),
    }),
    plan({
      field: 'recommendations',
      kind: 'recommendations',
      head: 'Answers',
      width: 10,
      out: ({ recommendations }) => listed(recommendations),
      empty: [],
    }),
    plan({
      field: 'title',
      kind: 'line',
      head: 'Action',
      width: 38,
      out: ({ title }) => title,
    }),
    plan({
      field: 'owner',
      kind: 'owner',
      head: 'Owner',
      width: 20,
      out: ownerOf,
      note: ({ id }, { actions: { [id]: shown } }) => {
        const lines = [
          ...(shown?.passedTo === undefined ? [] : [`It was passed on to: ${shown.passedTo}.`]),
          ...(shown?.acceptedBy === undefined ? [] : [`To be accepted by: ${shown.acceptedBy}.`]),
        ];
        return lines.length === 0 ? undefined : lines.join('\n');
      },
    }),
    plan({
      field: 'due',
      kind: 'date',
      head: 'Due',
      width: 12,
      out: dueOf,
      note: ({ id }, { actions: { [id]: shown } }) =>
        shown === undefined || shown.why.length === 0 ? undefined : shown.why.join('\n'),
    }),
    plan({
      field: 'measure',
      kind: 'line',
      head: 'What shows that it is done',
      width: 22,
      out: ({ measure }) => measure,
    }),
    shown({
      kind: 'line',
      head: 'Status',
      width: 11,
      out: ({ id }, { actions: { [id]: shown } }) => shown?.status,
    }),
    report({
      field: 'rating',
      kind: 'rating',
      head: ({ ratings }) => `Rating: ${ratings.map(({ text }) => withoutShape(text)).join(' / ')}`,
      width: 14,
      out: ({ id }, sent) => {
        const { rating } = stoodIn(sent, id);
        return rating === undefined ? undefined : textOf(sent.ratings, rating);
      },
    }),
    report({
      field: 'percent',
      kind: 'percent',
      head: 'Per cent done',
      width: 8,
      out: ({ id }, sent) => stoodIn(sent, id).percent,
    }),
    report({
      field: 'forecast',
      kind: 'date',
      head: 'Expected by',
      width: 12,
      out: ({ id }, sent) => day(stoodIn(sent, id).forecast),
    }),
    shown({
      kind: 'line',
      head: 'Last report',
      width: 26,
      out: ({ id }, { actions: { [id]: shown } }) => shown?.words,
    }),
    report({ field: 'text', kind: 'words', head: 'New report', width: 30, out: () => undefined }),
    shown({
      kind: 'date',
      head: 'First date',
      width: 12,
      out: ({ id }, { actions: { [id]: shown } }) => day(shown?.firstDue),
    }),
    plan({
      field: 'with',
      kind: 'people',
      head: 'With',
      width: 20,
      out: ({ with: beside = [] }, sent) =>
        beside.length === 0 ? undefined : beside.map((id) => textOf(peopleIn(sent), id)).join('; '),
    }),
  ]),
};

const THEMES: BookSheet<PlanItems['theme']> = {
  name: 'Themes',
  spare: 20,
  blank: (id) => ({ id, title: '', officer: '', recommendations: [] }),
  columns: columnsFor<PlanItems['theme']>(({ plan, shown }) => [
    plan({
      field: 'title',
      kind: 'line',
      head: 'Theme',
      width: 60,
      out: ({ title }) => title,
    }),
    plan({
      field: 'officer',
      kind: 'officer',
      head: 'Accountable officer',
      width: 36,
      out: ({ officer }, sent) => textOf(peopleIn(sent), officer),
    }),
    plan({
      field: 'until',
      kind: 'date',
      head: 'To be reached by',
      width: 14,
      out: ({ until }) => day(until),
    }),
    plan({
      field: 'recommendations',
      kind: 'recommendations',
      head: 'Recommendations',
      width: 24,
      out: ({ recommendations }) => listed(recommendations),
      empty: [],
    }),
    shown({
      kind: 'line',
      head: 'How far it is',
      width: 34,
      out: ({ id }, { themes: { [id]: far } }) => far,
    }),
  ]),
};

const RECOMMENDATIONS: BookSheet<PlanItems['recommendation']> = {
  name: 'Recommendations',
  spare: 40,
  blank: (id) => ({ id, text: '' }),
  columns: columnsFor<PlanItems['recommendation']>(({ plan, shown }) => [
    plan({
      field: 'text',
      kind: 'line',
      head: 'Recommendation',
      width: 90,
      out: ({ text }) => text,
    }),
    shown({
      kind: 'line',
      head: 'Themes that gather it',
      width: 40,
      out: ({ id }, { answers: { [id]: by } }) => by?.themes.join('; '),
    }),
    shown({
      kind: 'line',
      head: 'Actions that answer it',
      width: 40,
      out: ({ id }, { answers: { [id]: by } }) => by?.actions.join(', '),
    }),
  ]),
};

const MEASURES: BookSheet<PlanItems['measure']> = {
  name: 'Measures',
  spare: 20,
  printed: 13,
  blank: (id) => ({
    ...{ id, title: '', unit: '', direction: 'up', source: '', themes: [], actions: [], recommendations: [] },
    ...{ target: { value: Number.NaN, by: '' }, values: [] },
  }),
  columns: columnsFor<PlanItems['measure']>(({ plan, report, shown }) => [
    plan({
      field: 'title',
      kind: 'line',
      head: 'What is measured',
      width: 42,
      out: ({ title }) => title,
    }),
    plan({
      field: 'unit',
      kind: 'line',
      head: 'Unit',
      width: 12,
      out: ({ unit }) => unit,
    }),
    plan({
      field: 'direction',
      kind: 'direction',
      head: 'Which way is better',
      width: 18,
      out: ({ direction }) => DIRECTIONS[direction],
    }),
    plan({
      field: 'baseline.value',
      kind: 'amount',
      head: 'Set out from',
      width: 12,
      out: ({ baseline }) => baseline?.value,
    }),
    plan({
      field: 'baseline.on',
      kind: 'date',
      head: 'On',
      width: 12,
      out: ({ baseline }) => day(baseline?.on),
    }),
    plan({
      field: 'target.value',
      kind: 'amount',
      head: 'Target',
      width: 12,
      out: ({ target }) => target.value,
    }),
    plan({
      field: 'target.by',
      kind: 'date',
      head: 'To be reached by',
      width: 12,
      out: ({ target }) => day(target.by),
    }),
    plan({
      field: 'source',
      kind: 'line',
      head: 'Where the number comes from',
      width: 28,
      out: ({ source }) => source,
    }),
    plan({
      field: 'themes',
      kind: 'themes',
      head: 'Themes',
      width: 14,
      out: ({ themes }) => listed(themes),
      empty: [],
    }),
    plan({
      field: 'actions',
      kind: 'actions',
      head: 'Actions',
      width: 14,
      out: ({ actions }) => listed(actions),
      empty: [],
    }),
    plan({
      field: 'recommendations',
      kind: 'recommendations',
      head: 'Recommendations',
      width: 16,
      out: ({ recommendations }) => listed(recommendations),
      empty: [],
    }),
    shown({
      kind: 'amount',
      head: 'Newest value',
      width: 12,
      out: ({ id }, { values: { [id]: newest } }) => newest?.value,
    }),
    shown({
      kind: 'date',
      head: 'Of',
      width: 12,
      out: ({ id }, { values: { [id]: newest } }) => day(newest?.on),
    }),
    report({ field: 'value', kind: 'amount', head: 'New value', width: 12, out: () => undefined }),
    report({ field: 'on', kind: 'date', head: 'Of the day', width: 12, out: () => undefined }),
    report({
      field: 'source',
      kind: 'line',
      head: 'From elsewhere than usual',
      width: 20,
      out: () => undefined,
    }),
  ]),
};

/** What each sheet of the plan holds, in the order in which they stand. */
export const BOOK_SHEETS: BookSheets = {
  action: ACTIONS,
  theme: THEMES,
  recommendation: RECOMMENDATIONS,
  measure: MEASURES,
};
