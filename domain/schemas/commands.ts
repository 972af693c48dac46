import { z } from 'zod';
import { COMMAND_NAMES, type CommandName, type CommandPayload, definitionOf } from '../commands/commands.ts';
import type { Fields } from '../commands/fields.ts';
import type { Subject } from '../commands/definition.ts';
import { personName, slug } from './common.ts';
import { fieldSchema, shapeOf } from './fields.ts';

/** Who asks: an id for the record, and the authority's role in which they act. */
export const actor = z.strictObject({ id: personName, role: slug });

const SUBJECT_LABELS: Record<Exclude<Subject, 'inspection'>, string> = {
  milestone: 'Which milestone: its id, or the last part of it',
  decision: 'Which decision: its short name',
  question: 'Which question: its short name',
  session: 'Which training session: its short name',
};

function schemaOf(subject: Subject, fields: Fields): z.ZodType {
  const about =
    subject === 'inspection' ? {} : { [subject]: fieldSchema({ kind: subject, label: SUBJECT_LABELS[subject] }) };
  return z.strictObject({ ...about, ...shapeOf(fields) });
}

/** What whoever asks says of each command: its payload, without what is added from the files of this installation. */
export function askedSchema(name: CommandName): z.ZodType {
  const { subject, fields } = definitionOf(name);
  const asked = Object.fromEntries(
    Object.entries(fields).filter(([, { kind }]) => kind !== 'framework' && kind !== 'constitution'),
  );
  return schemaOf(subject, asked);
}

/** What each command's payload must be, made from its fields. */
export const commands = Object.fromEntries(
  COMMAND_NAMES.map((name) => {
    const { subject, fields } = definitionOf(name);
    return [name, schemaOf(subject, fields)];
  }),
) as {
  [N in CommandName]: z.ZodType<CommandPayload<N>>;
};
