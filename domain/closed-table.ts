/**
 * Closed tables: a record over a closed set of names, so that a name without its entry does not compile. These read one
 * without losing what its names are.
 */

/** The names of a closed table, in its order. */
export function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(table) as Name[];
}

/** The same names, each with something made of its entry; none is forgotten. */
export function mapTable<Name extends string, Entry, Made>(
  table: Readonly<Record<Name, Entry>>,
  make: (entry: Entry, name: Name) => Made,
): Record<Name, Made> {
  return Object.fromEntries(namesOf(table).map((name) => [name, make(table[name], name)])) as Record<Name, Made>;
}

/** The entry of a name that came from outside, from a template or a row; undefined where the table has no such name. */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
