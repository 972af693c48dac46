import type { CommandName } from '../../../domain/schemas/commands.ts';
import type { Field, Values } from './form.ts';

/** A form behind which one command stands. */
export interface CommandForm {
  name: CommandName;
  /** What the button on the page before says. */
  title: string;
  /** What it means, before somebody fills it in. */
  explain: string;
  fields: Field[];
  /** @param about the milestone, decision or question */
  payload: (values: Values, about: string) => unknown;
  /** What is said once it is done. */
  done: string;
  /** What can't be taken back. */
  warning?: string;
}

/** The values of some fields, those that were filled in. */
export function only(values: Values, ...names: string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
