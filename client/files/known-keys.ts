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

/** The word most like another, where one is like it: at most a third of its letters differ. */
export function nearest(word: string, among: readonly string[]): string | undefined {
  const near = among
    .map((other) => ({ other, apart: distance(word.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, apart }) => apart <= Math.max(1, Math.floor(Math.max(word.length, other.length) / 3)))
    .sort((a, b) => a.apart - b.apart);
  return near[0]?.other;
}

/** How many letters to put in, take out, change or swap with the next. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 20) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
