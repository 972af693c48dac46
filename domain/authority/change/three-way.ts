import { sameValue } from '../../revisions/same-value.ts';

/** What two changes of the same thing come to, and where both changed the same place otherwise. */
export interface Merged<T> {
  merged: T;
  /** Places at which both differ: each by its keys, `roles, head-of-service, email`. There `theirs` stands. */
  conflicts: string[];
}

/**
 * Brings one change of something that both knew as `base` onto another: what only one of them changed is as that one has it.
 * Entries of lists are told apart by what names them, not by where they stand.
 *
 * Taking a change back is the same: the base is what it made, `mine` what was before it, `theirs` what there is now.
 */
export function mergeThree<T>(base: T, mine: T, theirs: T): Merged<T> {
  const conflicts: string[] = [];
  const merged = mergeAt(base, mine, theirs, [], conflicts) as T;
  return { merged, conflicts };
}

function mergeAt(base: unknown, mine: unknown, theirs: unknown, at: readonly string[], conflicts: string[]): unknown {
  if (sameValue(theirs, base) || sameValue(mine, theirs)) return mine;
  if (sameValue(mine, base)) return theirs;
  if (isPlain(base) && isPlain(mine) && isPlain(theirs)) {
    const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])];
    const entries = keys.map((key) => [key, mergeAt(base[key], mine[key], theirs[key], [...at, key], conflicts)]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  const lists = [base ?? [], mine ?? [], theirs ?? []].map(byName);
  const [ofBase, ofMine, ofTheirs] = lists;
  if (ofBase !== undefined && ofMine !== undefined && ofTheirs !== undefined)
    return mergeLists(ofBase, ofMine, ofTheirs, at, conflicts);
  conflicts.push(at.join(', '));
  return theirs;
}

type Named = Map<string, unknown>;

function mergeLists(base: Named, mine: Named, theirs: Named, at: readonly string[], conflicts: string[]): unknown[] {
  const merged = new Map<string, unknown>();
  for (const [name, value] of theirs) {
    const kept = mergeAt(base.get(name), mine.get(name), value, [...at, name], conflicts);
    if (kept !== undefined) merged.set(name, kept);
  }
  let names = [...merged.keys()];
  let previous: string | undefined;
  for (const [name, value] of mine) {
    if (!theirs.has(name)) {
      const kept = mergeAt(base.get(name), value, undefined, [...at, name], conflicts);
      if (kept !== undefined) {
        merged.set(name, kept);
        const place = previous === undefined ? 0 : names.indexOf(previous) + 1;
        names = [...names.slice(0, place), name, ...names.slice(place)];
      }
    }
    if (merged.has(name)) previous = name;
  }
  return names.map((name) => merged.get(name));
}

/** What names an entry of a list of an authority's file, the first that it has. */
const NAMES = ['id', 'email', 'date', 'on', 'from'] as const;

/** A list's entries by their names; undefined where it is none, or where two have the same. */
function byName(list: unknown): Named | undefined {
  if (!Array.isArray(list)) return undefined;
  const named: Named = new Map(list.map((each: unknown) => [nameOf(each), each] as const));
  return named.size === list.length ? named : undefined;
}

function nameOf(entry: unknown): string {
  if (!isPlain(entry)) return String(entry);
  const key = NAMES.find((each) => typeof entry[each] === 'string');
  return key === undefined ? JSON.stringify(entry) : String(entry[key]).toLowerCase();
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
