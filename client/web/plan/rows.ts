import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { freshId } from '../../../domain/revisions/fresh-id.ts';
import type { PlanPart } from '../../../domain/revisions/plan-items.ts';
import { type Action, action } from '../../../domain/schemas/plan.ts';
import { issueSentence } from '../../issue-sentence.ts';
import { dateTyped, type FilledForm, type FormField, hrefOf, readForm, type Values } from '../forms/form.ts';
import type { SentFields } from '../forms/sent.ts';
import { type Choices, recommendationsTyped, shownNumbers, themeOptions } from './choices.ts';
import { noOwner, ownerField } from './forms/action-form.ts';
import { dayOf } from './forms/item-form.ts';

/** Actions that one page takes at once. */
const ROWS = 6;

/** What stands in a row before anybody has typed in it. */
export type RowDefaults = Partial<Record<string, string>>;

function numbered(ids: readonly string[], plan: Pick<PlanPart, 'recommendations'>): string {
  const numbers = shownNumbers(plan);
  return ids.map((id) => numbers.get(id) ?? id).join(', ');
}

/**
 * The defaults of new actions beside one that is there: the same place, owner and day; what is to be done is their own.
 *
 * @param stands the day on which that is due, with later dates that were granted
 */
export const defaultsBeside = (
  { theme = '', owner = '', due, recommendations }: Action,
  stands: CivilDate | undefined,
  plan: Pick<PlanPart, 'recommendations'>,
): RowDefaults => ({
  ...{ theme, owner, recommendations: numbered(recommendations, plan) },
  ...dateTyped('due', dayOf(due) === undefined ? undefined : (stands ?? dayOf(due))),
});

function recommendationsHint({ plan }: Choices): { hint?: string } {
  const numbers = [...shownNumbers(plan).values()];
  return numbers.length === 0 ? {} : { hint: `That it answers, for example ${numbers.slice(0, 2).join(', ')}` };
}

const fieldsOf = (choices: Choices, n: number, isDated: boolean): FormField[] => [
  { name: `title-${n}`, kind: 'line', label: 'What is to be done', missing: 'Enter what is to be done' },
  {
    ...{ name: `theme-${n}`, kind: 'choice', label: 'Theme', optional: true },
    choices: themeOptions(choices.plan, 'None'),
  },
  ownerField(`owner-${n}`, choices),
  {
    ...{ name: `due-${n}`, kind: 'date', label: 'Due', missing: 'Enter the day on which it is due' },
    ...(isDated ? {} : { hint: 'Left empty: as it is now.' }),
    ...(isDated ? {} : { optional: true }),
  },
  {
    ...{ name: `recommendations-${n}`, kind: 'line', label: 'Recommendations', optional: true },
    ...recommendationsHint(choices),
  },
  {
    ...{ name: `measure-${n}`, kind: 'line', label: 'Measure of success', optional: true },
    hint: 'What shows that it is done',
  },
];

export interface Row {
  n: number;
  fields: FormField[];
}

/** @param isDated whether each must have a day of its own */
export const rowsOf = (choices: Choices, isDated = true): Row[] =>
  Array.from({ length: ROWS }, (_, index) => ({ n: index + 1, fields: fieldsOf(choices, index + 1, isDated) }));

/** What a row holds to begin with, by the names of its fields. */
export const typedRow = (n: number, defaults: RowDefaults): Record<string, string> =>
  Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name.replace(/^(\w+?)(-\w+)?$/, `$1-${n}$2`), value ?? '']),
  );

/** What was filled in of all rows. */
export interface FilledRows extends Omit<FilledForm, 'values'> {
  actions: Action[];
}

/** What rows are read beside. */
interface ReadingRows {
  defaults: RowDefaults;
  /** Names that no action can have. */
  taken: ReadonlySet<string>;
  /** What each has that the rows do not ask for, where they are parts of one. */
  like?: Action;
  /** Why it can't have its day in the plan; undefined where it can. */
  wrongDay: (action: Action) => string | undefined;
}

/** Reads the rows in which somebody has typed something. */
export function readRows(
  sent: SentFields,
  choices: Choices,
  { defaults, taken, like, wrongDay }: ReadingRows,
): FilledRows {
  const all: FilledRows = { actions: [], typed: {}, problems: [] };
  const names = new Set(taken);
  for (const { n, fields } of rowsOf(choices, like === undefined)) {
    const filled = readForm(fields, sent);
    Object.assign(all.typed, filled.typed);
    if (isUntouched(filled.typed, typedRow(n, defaults))) continue;
    const value = (name: string): unknown => filled.values[`${name}-${n}`];
    const field = (name: string) => fields.find((each) => each.name === `${name}-${n}`);
    const problem = (name: string, text: string): void => {
      const found = field(name);
      filled.problems.push(found === undefined ? { text } : { text, href: hrefOf(found), field: found.name });
    };
    const recommendations = recommendationsTyped(value('recommendations'), choices.plan);
    if ('unknown' in recommendations) problem('recommendations', recommendations.unknown);
    const unowned = noOwner(choices, { owner: value('owner'), theme: value('theme') });
    if (unowned !== undefined) problem('owner', unowned);
    for (const name of ['theme', 'owner']) {
      const chosen = value(name);
      if (typeof chosen === 'string' && !Object.hasOwn(field(name)?.choices ?? {}, chosen))
        problem(name, 'Choose one from the list');
    }
    // What can't be used in one field hides nothing of the others.
    const made = actionOf(value, 'ids' in recommendations ? recommendations.ids : [], names, like);
    const told = new Set(filled.problems.map((each) => each.field));
    const read = action.safeParse({ ...made, ...(value('title') === undefined ? { title: '…' } : {}) });
    for (const issue of read.error?.issues ?? []) {
      const name = String(issue.path[0] ?? '');
      if (!told.has(field(name)?.name)) problem(name, issueSentence(issue, field(name)?.label ?? ''));
    }
    const day = read.data === undefined ? undefined : wrongDay(read.data);
    if (day !== undefined) problem('due', day);
    if (filled.problems.length === 0 && read.data !== undefined) {
      all.actions.push(read.data);
      names.add(read.data.id);
    }
    all.problems.push(...filled.problems.map((each) => ({ ...each, text: `Action ${n}: ${lowerFirst(each.text)}` })));
  }
  return all;
}

function actionOf(
  value: (name: string) => unknown,
  recommendations: string[],
  taken: ReadonlySet<string>,
  like: Action | undefined,
): object {
  const said = (name: string) => (value(name) === undefined ? {} : { [name]: value(name) });
  const { theme: _theme, owner: _owner, measure: _measure, ...rest }: Partial<Action> = like ?? {};
  return {
    ...rest,
    id: freshId(String(value('title')), taken),
    ...{ title: value('title'), recommendations },
    ...said('theme'),
    ...said('owner'),
    ...said('measure'),
    ...said('due'),
  };
}

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

/** Is nothing in a row but what stood there? */
const isUntouched = (typed: Values, defaults: Record<string, string>): boolean =>
  Object.entries(typed).every(([name, value]) => value === (defaults[name] ?? ''));
