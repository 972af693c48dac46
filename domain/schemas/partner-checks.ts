import { nearestHint } from '../nearest.ts';
import { listAt, type Say, textAt } from './part.ts';

/** A role of an authority's file: the council's own, or a partner's. */
export interface RoleOnFile {
  id: string;
  title: string;
  email: string | undefined;
  reportsTo: string | undefined;
  capacity: string | undefined;
  /** Where it stands in the file. */
  path: (string | number)[];
}

/** The roles of a list that have an id. @param path where the list stands */
export function rolesAt(file: unknown, path: readonly (string | number)[]): RoleOnFile[] {
  return listAt(file, ...path).flatMap((each, index) => {
    const id = textAt(each, 'id');
    if (id === undefined) return [];
    const email = textAt(each, 'email')?.toLowerCase();
    const title = textAt(each, 'title') ?? id;
    const [reportsTo, capacity] = [textAt(each, 'reportsTo'), textAt(each, 'capacity')];
    return [{ id, title, email, reportsTo, capacity, path: [...path, index] }];
  });
}

/** A partner of an authority's file, with its roles. */
export interface PartnerOnFile {
  name: string;
  roles: RoleOnFile[];
}

export function partnersOf(file: unknown): PartnerOnFile[] {
  return listAt(file, 'partners').map((each, index) => ({
    name: textAt(each, 'name') ?? '',
    roles: rolesAt(file, ['partners', index, 'roles']),
  }));
}

/** Partners are there once, and name their own roles and the council's as they should; what is told of circles is said elsewhere. */
export function checkPartners(file: unknown, council: readonly RoleOnFile[], say: Say): void {
  const taken = new Map(council.map(({ id }) => [id, 'the council']));
  const seen = new Set<string>();
  listAt(file, 'partners').forEach((each, index) => {
    const at = ['partners', index];
    const id = textAt(each, 'id');
    if (id !== undefined && seen.has(id)) say([...at, 'id'], `the partner "${id}" is defined twice`);
    if (id !== undefined) seen.add(id);
    const name = textAt(each, 'name') ?? 'this partner';
    const roles = rolesAt(file, [...at, 'roles']);
    for (const role of roles) {
      const other = taken.get(role.id);
      if (other !== undefined)
        say([...role.path, 'id'], `the role "${role.id}" is one of ${other}’s already: name it otherwise`);
      taken.set(role.id, name);
    }
    const mustBeOf = (named: string | undefined, path: (string | number)[], among: string[], whose: string) => {
      if (named !== undefined && among.length > 0 && !among.includes(named))
        say(path, `expected one of ${whose} roles (${among.join(', ')})${nearestHint(named, among)}, found "${named}"`);
    };
    const own = roles.map((role) => role.id);
    for (const role of roles) mustBeOf(role.reportsTo, [...role.path, 'reportsTo'], own, `${name}’s`);
    mustBeOf(textAt(each, 'chain', 'head'), [...at, 'chain', 'head'], own, `${name}’s`);
    const ids = council.map((role) => role.id);
    mustBeOf(textAt(each, 'lead'), [...at, 'lead'], ids, 'the council’s own');
  });
}
