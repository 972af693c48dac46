import type { Field, Fields } from '../../domain/commands/fields.ts';

/** In place of a flag: the field has an argument of its own. */
export const ARGUMENT = '<argument>';

/** 'publish-decision' of publishDecision. */
export const kebab = (camel: string): string => camel.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The name of a field's option, without its dashes. */
export const flagOf = (name: string, { flag }: Pick<Field, 'flag'>): string => flag ?? kebab(name);

/** A field's name as it is typed: `--percent`, or `<kind>` for an argument, as what a command is about is. */
export function typedName(name: string, fields: Fields): string {
  const field = fields[name];
  return field === undefined || field.flag === ARGUMENT ? `<${name}>` : `--${flagOf(name, field)}`;
}
