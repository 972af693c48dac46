import { type CommandName, definitionOf } from '../../domain/commands/commands.ts';
import type { Fields } from '../../domain/commands/fields.ts';
import { commands } from '../../domain/schemas/commands.ts';
import { issueSentences } from '../issue-sentence.ts';
import { UsageError } from './failures.ts';
import { ARGUMENT, flagOf } from './flags.ts';

/**
 * What was typed can be asked of a lifecycle at all; before any server is asked.
 *
 * @throws UsageError naming each value as it is typed, and what was expected
 */
export function mustBeUsable(command: CommandName, payload: unknown): void {
  const read = commands[command].safeParse(payload);
  if (!read.success) throw new UsageError(issueSentences(read.error.issues, typed(definitionOf(command).fields)));
}

/** A value's name as it is typed: `--percent`, or `<kind>` for an argument. */
const typed =
  (fields: Fields) =>
  (name: string): string => {
    const field = fields[name];
    return field === undefined || field.flag === ARGUMENT ? `<${name}>` : `--${flagOf(name, field)}`;
  };
