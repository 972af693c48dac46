import type { Capacity } from '../../../domain/schemas/authority.ts';
import type { Membership, Person } from '../people.ts';
import { notYours } from '../problems.ts';

const STARTERS: readonly Capacity[] = ['manager', 'administrator'];

/** The authorities in which somebody may start an inspection, with the roles by which they may. */
function startableIn(person: Person): Membership[] {
  return person.memberships
    .map(({ authority, roles }) => ({ authority, roles: roles.filter((role) => STARTERS.includes(role.capacity)) }))
    .filter((each) => each.roles.length > 0);
}

/** The same for whoever asks. @throws PageProblem 403 where there is none */
export function mustBeStarter(person: Person): Membership[] {
  const mine = startableIn(person);
  if (mine.length === 0) throw notYours('Managers and administrators start inspections.');
  return mine;
}
