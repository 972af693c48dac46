import { dateAt, listAt, textAt } from './part.ts';

/** A time away as a file has it, with who stands in; addresses are in small letters. */
export interface Absence {
  email: string;
  from: string;
  until: string;
  /** The address of whoever holds the delegate's role. */
  standIn: string;
  /** Where the delegate is named. */
  path: (string | number)[];
}

/** The absences of a file that are whole; what is wrong with others is said of them. */
export function absences(file: unknown, addresses: ReadonlyMap<string, string | undefined>): Absence[] {
  return listAt(file, 'people').flatMap((person, index) => {
    const email = textAt(person, 'email')?.toLowerCase();
    return listAt(person, 'away').flatMap((away, at): Absence[] => {
      const [from, until] = [dateAt(away, 'from'), dateAt(away, 'until')];
      const standIn = addresses.get(textAt(away, 'delegate') ?? '');
      if (email === undefined || from === undefined || until === undefined || standIn === undefined) return [];
      return standIn === email
        ? []
        : [{ email, from, until, standIn, path: ['people', index, 'away', at, 'delegate'] }];
    });
  });
}

/**
 * Stand-ins that lead back to whoever is away, on the same days: each circle once, with its first day. People in one
 * are all away, so that nobody would read what comes.
 */
export function circlesOfStandIns(all: readonly Absence[]): { on: string; circle: Absence[] }[] {
  const found = new Map<string, { on: string; circle: Absence[] }>();
  // Days on which all of a circle are away begin on a day on which one of them goes.
  for (const on of [...new Set(all.map((each) => each.from))].sort()) {
    const away = new Map<string, Absence>();
    for (const each of all)
      if (each.from <= on && on <= each.until && !away.has(each.email)) away.set(each.email, each);
    const done = new Set<Absence>();
    for (const start of away.values()) {
      const path: Absence[] = [];
      let at: Absence | undefined = start;
      while (at !== undefined && !done.has(at) && !path.includes(at)) {
        path.push(at);
        at = away.get(at.standIn);
      }
      if (at !== undefined && path.includes(at)) {
        const circle = path.slice(path.indexOf(at));
        const key = circle
          .map((each) => each.path.join('.'))
          .sort()
          .join();
        if (!found.has(key)) found.set(key, { on, circle });
      }
      for (const each of path) done.add(each);
    }
  }
  return [...found.values()];
}
