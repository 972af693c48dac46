import type { CommandName } from '../../../domain/commands/commands.ts';
import { type CommandForm, formNamed } from '../forms/command-form.ts';

/** What can be done to several duties at once. */
export type TaskName = 'reassign' | 'extend' | 'openRound';

export interface Task {
  command: CommandName;
  /** What the button of the list says. */
  button: string;
  title: string;
  explain: string;
  /** What is asked once for all of them, of the command's fields; those that one duty alone may leave out are asked too. */
  fields: readonly string[];
  mustBeSaid: readonly string[];
  /** Is it done to each duty, or once to each inspection that they belong to? */
  of: 'duty' | 'inspection';
}

export const TASKS: Record<TaskName, Task> = {
  reassign: {
    command: 'reassign',
    button: 'Give to somebody else',
    title: 'Give these to somebody else',
    explain: 'The new owner is told of each in their next mail, and gets the reminders from now on.',
    fields: ['to', 'reason'],
    mustBeSaid: ['to'],
    of: 'duty',
  },
  extend: {
    command: 'extend',
    button: 'Grant a later date',
    title: 'Grant these a later date',
    explain:
      'All of them get the same date, and their owners are told. Of a date set by law no later one can be granted.',
    fields: ['to', 'body', 'reason'],
    mustBeSaid: [],
    of: 'duty',
  },
  openRound: {
    command: 'openRound',
    button: 'Ask for progress',
    title: 'Ask for progress on these',
    explain:
      'In each inspection that these belong to, every owner of open actions is asked how they stand, not only the owners of what you chose.',
    fields: ['by', 'title'],
    mustBeSaid: [],
    of: 'inspection',
  },
};

export const taskNamed = (name: string): Task | undefined =>
  Object.hasOwn(TASKS, name) ? TASKS[name as TaskName] : undefined;

/** The command's form as it is asked for several at once. */
export function formOf({ command, fields, mustBeSaid }: Task): CommandForm {
  const form = formNamed(command);
  if (form === undefined) throw new Error(`nobody can fill in ${command}`);
  return {
    ...form,
    fields: form.fields
      .filter(({ name }) => fields.includes(name))
      .map(({ optional, ...field }) => ({
        ...field,
        ...(optional !== undefined && !mustBeSaid.includes(field.name) ? { optional } : {}),
        ...(mustBeSaid.includes(field.name) ? { hint: '' } : {}),
      })),
  };
}
