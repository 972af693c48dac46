import type { ZodType } from 'zod';
import type { PlanItems } from '../../../../domain/revisions/plan-items.ts';
import type { FormField, FormProblem, Values } from '../../forms/form.ts';
import { hrefOf } from '../../forms/form.ts';
import type { Choices, Options, Ticks } from '../choices.ts';

/** What a form asks of one thing of a plan. */
export interface Asked {
  fields: FormField[];
  /** What few need: behind a link to more, open where something stands in it. */
  more?: FormField[];
  ticks: Ticks[];
}

export type Ticked = Partial<Record<string, string[]>>;

/** What somebody has filled in, in what it is made into a thing of the plan. */
export interface Filled<Item> {
  values: Values;
  ticks: Ticked;
  /** Its name, where it is not the form that asks for it. */
  id: string;
  before: Item | undefined;
  choices: Choices;
}

/** The form of a kind of thing: what it asks, what stands in it, and what comes of it. */
export interface ItemForm<Item> {
  asked(choices: Choices, before: Item | undefined): Asked;
  /** What stands in its fields of something that is there already. */
  typed(item: Item, choices: Choices): Record<string, string>;
  ticked(item: Item, choices: Choices): Ticked;
  item(filled: Filled<Item>): unknown;
  /** What must be right of several fields together: a sentence, and the field's name. */
  problems?(filled: Filled<Item>): [field: string, text: string][];
  /** The same, asked only where each field by itself is right. */
  ofWhole?(filled: Filled<Item>): [field: string, text: string][];
  schema: ZodType<Item>;
}

/** One key of what is made, where something was said. */
export const said = (value: unknown, name: string): object =>
  value === undefined || value === '' ? {} : { [name]: value };
export const oneLine = (value: unknown): unknown => (typeof value === 'string' ? value.replaceAll(/\s+/g, ' ') : value);

/** A problem at one of a form's fields. */
export function problemAt(fields: readonly FormField[], name: string, text: string): FormProblem {
  const field = fields.find((each) => each.name === name);
  return field === undefined ? { text } : { text, href: hrefOf(field), field: name };
}

/** The day that something names by which it is due, where it names one. */
export const dayOf = (due: PlanItems['action']['due'] | undefined): string | undefined =>
  typeof due === 'string' ? due : due !== undefined && 'by' in due ? due.by : undefined;

/** The words of a paper that names no day. */
const WORDS: FormField = {
  ...{ name: 'words', kind: 'line', label: 'What the paper says of the date', optional: true },
  hint: 'Where it names no day, for example by November. The day above is the latest that it can mean.',
};
export const wordsField = (): FormField => WORDS;

export const wordsOf = (due: PlanItems['action']['due'] | undefined): Record<string, string> =>
  typeof due === 'object' && 'words' in due ? { words: due.words } : {};

/** By when, of a day and the paper's words. */
export const dueOf = ({ due, words }: Values): unknown =>
  due !== undefined && typeof words === 'string' && words !== '' ? { by: due, words } : due;

/** Who must accept something: a role, or a body. */
export const accepterOptions = ({ facts: { authority } }: Choices, first: string, officers: Options): Options => ({
  '': first,
  ...Object.fromEntries(Object.entries(officers).map(([id, title]) => [`role:${id}`, title])),
  ...Object.fromEntries(authority.bodies.map(({ id, name }) => [`body:${id}`, name])),
});

export const accepterTyped = (by: PlanItems['action']['acceptedBy']): Record<string, string> => {
  if (by === undefined) return {};
  return {
    acceptedBy: by.role === undefined ? `body:${by.body ?? ''}` : `role:${by.role}`,
    acceptedWithin: String(by.within),
  };
};

/** @param before of whom the time stays where none is said */
export function accepterIn(
  { acceptedBy: by, acceptedWithin: within }: Values,
  before: PlanItems['action']['acceptedBy'],
): object {
  if (typeof by !== 'string' || by === '') return {};
  const [kind = '', id = ''] = by.split(':');
  return { acceptedBy: { [kind]: id, within: within ?? before?.within ?? 10 } };
}

export const WITHIN: FormField = {
  ...{
    name: 'acceptedWithin',
    kind: 'number',
    label: 'Within how many working days',
    optional: true,
    min: 1,
    max: 250,
  },
  hint: 'After it was submitted; 10 where nothing is said',
};
