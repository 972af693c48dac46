import { z } from 'zod';

export type SchemaNode = Exclude<z.core.JSONSchema._JSONSchema, boolean>;

/** A step from a value to what it holds: a key, any entry of a list, or any key of a closed set of names. */
const ANY_ENTRY = Symbol('any entry');
const ANY_NAME = Symbol('any name');
type Step = string | typeof ANY_ENTRY | typeof ANY_NAME;

/** A value that a file of a schema may hold: the way to it, and the JSON Schema of it there. */
export interface Place {
  path: readonly Step[];
  node: SchemaNode;
  /** The file is refused without it. */
  needed: boolean;
}

const known = new WeakMap<z.ZodType, Place[]>();

/** Every place of a file's schema, the file itself first; each option of what may be written in several ways. */
export function placesOf(schema: z.ZodType): readonly Place[] {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const places = within([], z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), true);
  known.set(schema, places);
  return places;
}

function within(path: readonly Step[], node: SchemaNode, needed: boolean): Place[] {
  return [{ path, node, needed }, ...optionsOf(node).flatMap((option) => below(path, option))];
}

/** What may be written there: the one thing, or each option of a union. */
export function optionsOf(node: SchemaNode): SchemaNode[] {
  return node.anyOf === undefined ? [node] : node.anyOf.flatMap(nodeOf).flatMap(optionsOf);
}

function below(path: readonly Step[], node: SchemaNode): Place[] {
  const required = new Set(node.required ?? []);
  const own = Object.entries(node.properties ?? {}).flatMap(([key, value]) =>
    nodeOf(value).flatMap((inner) => within([...path, key], inner, required.has(key))),
  );
  const entries = (Array.isArray(node.items) ? node.items : [node.items]).flatMap((item) =>
    nodeOf(item).flatMap((inner) => within([...path, ANY_ENTRY], inner, false)),
  );
  const named = nodeOf(node.additionalProperties).flatMap((inner) => within([...path, ANY_NAME], inner, false));
  return [...own, ...entries, ...named];
}

function nodeOf(value: z.core.JSONSchema._JSONSchema | undefined): SchemaNode[] {
  return typeof value === 'object' && Object.keys(value).length > 0 ? [value] : [];
}

/** The values that data has at a place, each with its own path. */
export function valuesAt(
  data: unknown,
  path: readonly Step[],
  at: readonly (string | number)[] = [],
): { path: (string | number)[]; value: unknown }[] {
  const [step, ...rest] = path;
  if (step === undefined) return data === undefined ? [] : [{ path: [...at], value: data }];
  if (typeof data !== 'object' || data === null) return [];
  if (step === ANY_ENTRY)
    return Array.isArray(data) ? data.flatMap((each: unknown, index) => valuesAt(each, rest, [...at, index])) : [];
  if (Array.isArray(data)) return [];
  if (step === ANY_NAME) return Object.entries(data).flatMap(([key, value]) => valuesAt(value, rest, [...at, key]));
  return Object.hasOwn(data, step) ? valuesAt((data as Record<string, unknown>)[step], rest, [...at, step]) : [];
}

/** A place as documentation writes it: `actions[].due`, `owners.<name>`. */
export function written(path: readonly Step[]): string {
  return path
    .map((step, index) =>
      step === ANY_ENTRY ? '[]' : `${index === 0 ? '' : '.'}${step === ANY_NAME ? '<name>' : step}`,
    )
    .join('');
}
