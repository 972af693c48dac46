import { z } from 'zod';

/** As much of a JSON Schema as leads from a schema to the keys it knows. */
interface Known {
  properties?: Record<string, Known>;
  items?: Known;
  anyOf?: Known[];
  additionalProperties?: Known | boolean;
  propertyNames?: { enum?: string[] };
}

/** The keys a schema knows in the mapping at a path. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[], value: unknown): string[] {
  let reached: Known[] = [z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Known];
  for (const step of path) reached = reached.flatMap(options).flatMap((each) => below(each, step));
  const keys = reached
    .flatMap(options)
    .flatMap((each) => [...Object.keys(each.properties ?? {}), ...(each.propertyNames?.enum ?? [])]);
  // A key that is there already is not the one that was meant.
  const taken = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const free = keys.filter((key) => !taken.includes(key));
  return free.length > 0 ? free : keys;
}

function options(known: Known): Known[] {
  return known.anyOf === undefined ? [known] : known.anyOf.flatMap(options);
}

function below(known: Known, step: PropertyKey): Known[] {
  const next =
    typeof step === 'number' ? known.items : (known.properties?.[String(step)] ?? known.additionalProperties);
  return typeof next === 'object' ? [next] : [];
}
