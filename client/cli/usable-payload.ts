import { type CommandName, definitionOf } from '../../domain/commands/commands.ts';
import { commands } from '../../domain/schemas/commands.ts';
import { issueSentences } from '../issue-sentence.ts';
import { UsageError } from './usage-error.ts';
import { typedName } from './flags.ts';

/**
 * What was typed can be asked of a lifecycle at all; before any server is asked.
 *
 * @throws UsageError naming each value as it is typed, and what was expected
 */
export function mustBeUsable(command: CommandName, payload: unknown): void {
  const { fields } = definitionOf(command);
  const read = commands[command].safeParse(payload);
  if (!read.success) throw new UsageError(issueSentences(read.error.issues, (name) => typedName(name, fields)));
}
