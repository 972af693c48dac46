import type { Context } from 'hono';
import { localDate } from '../../../domain/calendar/london.ts';
import type { CivilDate } from '../../../domain/calendar/civil-date.ts';
import type { Actor } from '../../../domain/commands/actor.ts';
import { allRoles } from '../../../domain/authority/partners.ts';
import { findRole } from '../../../domain/authority/roles.ts';
import type { Authority, Role } from '../../../domain/schemas/authority.ts';
import type { SignedIn } from '../../../register/sign-ins.ts';
import type { Env, WebParts } from '../parts.ts';
import { type Membership, membershipIn, type Person, personOf } from '../people.ts';
import { notFound, notYours } from '../problems.ts';

/** A council that somebody administers, with its file in force. */
export interface Council {
  authority: Authority;
  /** Which change of the file made it what it is. */
  number: number;
  keptAt: string;
  /** Whoever looks, in their role that may change it. */
  actor: Actor;
  today: CivilDate;
  /** Where its pages begin. */
  home: string;
}

const isAdministrator = ({ roles }: Membership): boolean => roles.some(({ capacity }) => capacity === 'administrator');

/** Where a council's pages of administration begin. */
const homeOf = ({ id }: Pick<Authority, 'id'>): string => `/administration/${id}`;

/** Where whoever administers a council says who is away there, each of theirs; none for all others. */
export const peoplePagesOf = (person: Person): { council: string; href: string }[] =>
  person.memberships
    .filter(isAdministrator)
    .map(({ authority }) => ({ council: authority.name, href: `${homeOf(authority)}/people` }));

/** The councils that somebody administers. @throws PageProblem 403 where there is none */
export function administeredBy(person: Person): Membership[] {
  const mine = person.memberships.filter(isAdministrator);
  if (mine.length === 0) throw notYours('Administrators change the council’s people, meetings and settings.');
  return mine;
}

/**
 * The council that the address names, with its file as it is now: what the session knows may be a second old.
 *
 * @throws PageProblem 404 where it is none of theirs; 403 where they do not administer it
 */
export async function administered(context: Context<Env>, { register }: Pick<WebParts, 'register'>): Promise<Council> {
  const { person } = context.get('session');
  const membership = membershipIn(person, context.req.param('authority') ?? '');
  if (membership === undefined) throw notFound();
  if (!isAdministrator(membership)) administeredBy({ ...person, memberships: [membership] });
  const { id } = membership.authority;
  const kept = await register.board.keptAuthority(id);
  if (kept === null) throw notFound();
  const role = membership.roles.find(({ capacity }) => capacity === 'administrator')?.id ?? '';
  return {
    ...kept,
    actor: { id: person.email, role },
    today: localDate(context.get('now')),
    home: homeOf(kept.authority),
  };
}

/** The roles of a council's, and of its partners', that somebody holds by its file. */
export function rolesHeld(signedIn: SignedIn, authority: Authority): Role[] {
  const { memberships, guests } = personOf(signedIn, [authority]);
  return [...memberships, ...guests].flatMap(({ roles }) => roles);
}

/**
 * Is the address of a role somebody's alone? What is said of an address is said of whoever reads it: every role that has it
 * must be one of theirs, by the file that is in force. Where roles are claimed, or a mailbox is shared, it may be another's too.
 */
export function isTheirsAlone(signedIn: SignedIn, authority: Authority, role: string): boolean {
  const held = new Set(rolesHeld(signedIn, authority).map(({ id }) => id));
  const email = findRole(authority, role)?.email?.toLowerCase();
  if (email === undefined || !held.has(role)) return false;
  return allRoles(authority).every((each) => each.email?.toLowerCase() !== email || held.has(each.id));
}

/**
 * The council of one of somebody's own roles, which the address names: of themselves they say how they get their mail. Who
 * they are is worked out anew by the file that is in force: what the session knows may be a second old.
 *
 * @throws PageProblem 404 where it is none of theirs, or a partner's; 403 where its address is another's as well
 */
export async function ofOneself(context: Context<Env>, { register }: Pick<WebParts, 'register'>): Promise<Council> {
  const { person } = context.get('session');
  const { authority: id = '', about = '' } = context.req.param() as Partial<Record<string, string>>;
  const kept = membershipIn(person, id) === undefined ? null : await register.board.keptAuthority(id);
  if (kept === null) throw notFound();
  const held = rolesHeld(person, kept.authority).some((each) => each.id === about);
  const role = kept.authority.roles.find((each) => each.id === about);
  if (!held || role?.email === undefined) throw notFound();
  if (!isTheirsAlone(person, kept.authority, about))
    throw notYours('Others have the same address: the council’s administrator says how its mail comes.');
  return {
    ...kept,
    actor: { id: person.email, role: role.id },
    today: localDate(context.get('now')),
    home: '/settings',
  };
}
