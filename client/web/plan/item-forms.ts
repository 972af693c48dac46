import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import { entryOf } from '../../../domain/closed-table.ts';
import { type PlanItems, planItems } from '../../../domain/revisions/plan-items.ts';
import { issueSentence } from '../../issue-sentence.ts';
import type { Issue } from '../../../domain/schemas/expected.ts';
import { inOrderAsked, othersWrong } from '../forms/others-wrong.ts';
import {
  type FilledForm,
  type FormField,
  type FormProblem,
  hrefOf,
  problemOf as problemAs,
  readForm,
  type Values,
} from '../forms/form.ts';
import type { SentFields } from '../forms/sent.ts';
import { type Choices, ticked } from './choices.ts';
import { ACTION } from './forms/action-form.ts';
import { APPROVAL } from './forms/approval-form.ts';
import { type ItemForm, problemAt, type Ticked } from './forms/item-form.ts';
import { MEASURE } from './forms/measure-form.ts';
import { PROMISE } from './forms/promise-form.ts';
import { RECOMMENDATION } from './forms/recommendation-form.ts';
import { THEME } from './forms/theme-form.ts';
import type { Written } from './kinds.ts';

const FORMS: { [K in Written]: ItemForm<PlanItems[K]> } = {
  action: ACTION,
  theme: THEME,
  recommendation: RECOMMENDATION,
  measure: MEASURE,
  promise: PROMISE,
  approval: APPROVAL,
};

/** A kind's form, whichever it is: it is given what its own kind holds. */
export function itemForm(what: Written): ItemForm<PlanItems[Written]> {
  return FORMS[what];
}

/** What somebody has filled in of one thing. */
export interface FilledItem extends FilledForm {
  item: PlanItems[Written] | undefined;
  ticks: Ticked;
}

/** Reads a form: the thing that comes of it, or all that is wrong with it, each beside its field. */
export async function readItem(
  what: Written,
  sent: SentFields,
  choices: Choices,
  { id, before, today, judge }: Reading,
): Promise<FilledItem> {
  const form = itemForm(what);
  const { fields: first, more = [], ticks: lists } = form.asked(choices, before);
  const fields = [...first, ...more];
  const filled = readForm(fields, sent);
  const { problems, values } = filled;
  const ticks = Object.fromEntries(lists.map((each) => [each.name, ticked(each, sent)]));
  const name = before === undefined ? id(textOf(values['title'])) : planItems(what).idOf(before);
  const whole = { values, ticks, id: name, before, choices };
  const told = (found: [string, string][] = []) => found.map(([field, text]) => problemAt(fields, field, text));
  problems.push(...notAmongChoices(fields, values), ...told(form.problems?.(whole)));
  const madeOf = (other: Values): { item?: PlanItems[Written]; problems: FormProblem[] } => {
    const of = { ...whole, values: other };
    const wrong = told(form.ofWhole?.(of));
    if (wrong.length > 0) return { problems: wrong };
    const read = form.schema.safeParse(form.item(of));
    if (read.data === undefined) return { problems: read.error.issues.map((issue) => problemOf(issue, fields)) };
    const judged = told(judge(read.data));
    return judged.length > 0 ? { problems: judged } : { item: read.data, problems: [] };
  };
  const made = problems.length > 0 ? undefined : madeOf(values);
  problems.push(...(made?.problems ?? []));
  if (problems.length === 0) return { ...filled, ticks, item: made?.item };
  const { authority, inspection } = choices.facts;
  const beside = { today, authority, inspection };
  const others = await othersWrong(fields, filled, beside, (other) => madeOf(other).problems);
  return { ...filled, problems: inOrderAsked(fields, [...problems, ...others]), ticks, item: undefined };
}

/** What a form is read beside. */
interface Reading {
  /** A name for what is new, by its title. */
  id: (title: string) => string;
  before: PlanItems[Written] | undefined;
  today: CivilDate;
  /** What is wrong with it in the plan: a sentence, and the field's name. */
  judge: (item: PlanItems[Written]) => [field: string, text: string][];
}

function problemOf(issue: Issue, fields: readonly FormField[]): FormProblem {
  const [key = '', inside = ''] = issue.path.map(String);
  const field = fields.find((each) => each.name === (entryOf(INSIDE, `${key} ${inside}`) ?? key));
  return problemAt(fields, field?.name ?? '', issueSentence(issue, field?.label ?? ''));
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Fields that make a part of something together. */
const INSIDE = {
  'due by': 'due',
  'due words': 'words',
  'target by': 'targetBy',
  'target value': 'target',
  'baseline value': 'baseline',
  'baseline on': 'baselineOn',
  'acceptedBy within': 'acceptedWithin',
  'sustained after': 'sustained',
  'writtenRoute title': 'routeTitle',
  'writtenRoute act': 'routeAct',
};

/** A choice that nobody was given. */
export function notAmongChoices(fields: readonly FormField[], values: Values): FormProblem[] {
  return fields.flatMap((field) => {
    const value = values[field.name];
    if (field.kind !== 'choice' || typeof value !== 'string' || entryOf(field.choices ?? {}, value) !== undefined)
      return [];
    return [{ text: problemAs(field, 'choose one from the list'), href: hrefOf(field), field: field.name }];
  });
}
