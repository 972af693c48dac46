import type { KeyMeta } from '../../../domain/schemas/key-meta.ts';

/** What our files' schemas say to editors and to the pages that are made from them. */
const OURS: Record<keyof KeyMeta, true> = { refersTo: true, part: true, past: true, enumDescriptions: true };

/**
 * A description as OpenAPI 3.0 has it: its schemas know nothing but its own words, and one example, the first.
 *
 * @param isNames of a schema's properties the names are anything
 */
export function asOpenApi30(node: unknown, isNames = false): unknown {
  if (Array.isArray(node)) return node.map((each) => asOpenApi30(each));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, value]): [string, unknown][] => {
      if (isNames) return [[name, asOpenApi30(value)]];
      if (Object.hasOwn(OURS, name)) return [];
      if (name === 'examples' && Array.isArray(value)) return [['example', value[0]]];
      return [[name, asOpenApi30(value, name === 'properties')]];
    }),
  );
}
