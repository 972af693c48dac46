import type { Authority } from '../../../domain/schemas/authority.ts';
import type { Outside } from '../../../platform/outside/outside.ts';
import type { Typed } from '../../../register/form-drafts.ts';
import type { Register } from '../../../register/register.ts';
import type { FormField, FormProblem, Values } from '../forms/form.ts';
import { hrefOf } from '../forms/form.ts';
import type { Council } from './council.ts';

/** What a form is about: the council, and something of it by its short name, day or number; '' where there is none. */
export interface FormSubject extends Council {
  about: string;
}

/** A form that changes something of a council's file. Each makes of the file another one; none has an effect of its own. */
export interface CouncilForm {
  title: string;
  explain: string;
  /** What is asked; undefined where the council has nothing that the address names. No field: it is shown to be confirmed at once. */
  fields(subject: FormSubject): FormField[] | undefined;
  /** What stands in the fields before somebody types. */
  present?(subject: FormSubject): Record<string, string>;
  /** What each choice of the form means, beside it: its name, and a sentence. */
  choices?(subject: FormSubject): { name: string; text: string }[];
  /** What the choice that was made means, a sentence each, before it counts. */
  means?(values: Values, subject: FormSubject): string[];
  /** What is wrong with what was typed, beyond what its fields and the file's own rules say. */
  wrong?(values: Values, subject: FormSubject, beside: { outside: Pick<Outside, 'barred'> }): FormProblem[];
  /** The file with the change; `typed` is what was sent with the form, by whatever page. @throws Refusal */
  edited(
    subject: FormSubject,
    values: Values,
    from: { register: Pick<Register, 'board' | 'approvedHolidays'>; typed: Typed },
  ): Authority | Promise<Authority>;
  /** What somebody should look at before it counts, a sentence each, beside what every changed file is looked at for. */
  doubts?(typed: Typed): string[];
  /** The page that one comes from and goes back to, under the council's own. */
  back(subject: FormSubject): string;
  /** What is said once it is done. */
  done: string;
}

/** A value that was typed as one text; undefined where the field was left empty. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const numberOf = (values: Values, name: string): number | undefined => {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
};

/** What is wrong with one field. */
export const wrongIn = (field: FormField, text: string): FormProblem => ({
  text,
  href: hrefOf(field),
  field: field.name,
});

/** Choices, and what it says where none of them is wanted. */
export const orNone = (choices: readonly (readonly [string, string])[], none: string): Record<string, string> =>
  Object.fromEntries([['', none], ...choices]);
