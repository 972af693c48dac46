import { COMMAND_NAMES, type CommandName, definitionOf } from '../../../domain/commands/commands.ts';
import type { Subject } from '../../../domain/commands/definition.ts';
import { type FormField, inputOf, type Values } from './form.ts';

/** A form behind which one command stands. */
export interface CommandForm {
  name: CommandName;
  subject: Subject;
  /** What the button on the page before says. */
  title: string;
  /** What it means, before somebody fills it in. */
  explain: string;
  fields: FormField[];
  /** What is said once it is done. */
  done: string;
  /** What can't be taken back. */
  warning?: string | undefined;
}

/** The form of every command that does not set its form aside. */
export const COMMAND_FORMS: readonly CommandForm[] = COMMAND_NAMES.flatMap((name) => {
  const { form, subject, title, help, fields, done, warning } = definitionOf(name);
  if (form !== 'offered') return [];
  const shown = Object.entries(fields).map(([field, each]) => ({ name: field, ...each }));
  const untyped = shown.find((each) => inputOf(each) === 'none');
  if (untyped !== undefined)
    throw new Error(`nobody can type ${untyped.name} of ${name}: set the form aside, or give it a kind that is typed`);
  return [{ name, subject, title, explain: help, fields: shown, done, warning }];
});

export const formNamed = (name: string | undefined): CommandForm | undefined =>
  COMMAND_FORMS.find((form) => form.name === name);

/** What was filled in, as the command's payload. @param about the id of the form's subject */
export function payloadIn({ subject }: CommandForm, values: Values, about: string): unknown {
  return subject === 'inspection' ? values : { ...values, [subject]: about };
}
