import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../platform/package-root.ts';
import { FILE_KINDS } from './file-kind.ts';

export function jsonSchemasFolder(): string {
  return join(packageRoot(), 'rules', 'schemas');
}

/** The text of each JSON Schema by the name of its file: what an editor checks the YAML files with. */
export function jsonSchemas(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(FILE_KINDS).map(([name, { schema }]) => [
      `${name}.schema.json`,
      `${JSON.stringify(jsonSchemaOf(schema), null, 2)}\n`,
    ]),
  );
}

function jsonSchemaOf(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      // For our own checks, which editors know nothing of.
      delete jsonSchema['refersTo'];
      delete jsonSchema['past'];
      delete jsonSchema['part'];
      // A short name may be typed as a number, `reference: 2016`: it is read as text.
      if (jsonSchema.type === 'string' && jsonSchema.maxLength === 80)
        (jsonSchema as { type: unknown }).type = ['string', 'integer'];
    },
  });
}
