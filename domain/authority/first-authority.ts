import type { Division } from '../calendar/calendar-data.ts';
import { type Authority, authority, type Role } from '../schemas/authority.ts';
import { shortName } from './change/short-name.ts';

/** What a council is set up from; everything else is filled in later. */
export interface FirstAuthority {
  name: string;
  division: Division;
  /** Who runs duecourse for the council: what their role is called, and their address. */
  administrator: { title: string; email: string };
  /** Addresses of whoever holds the two roles at the head of the chain; left out while they are not known. */
  director?: string | undefined;
  chiefExecutive?: string | undefined;
}

export const FIRST_ADMINISTRATOR = 'Democratic Services Manager';

/** The roles that a council begins with, from the top; its administrator's comes after them. */
export const FIRST_ROLES: readonly Role[] = [
  { id: 'chief-executive', title: 'Chief Executive', capacity: 'manager' },
  {
    id: 'director',
    title: 'Director of Children’s Services',
    reportsTo: 'chief-executive',
    capacity: 'manager',
  },
  { id: 'assistant-director', title: 'Assistant Director', reportsTo: 'director', capacity: 'manager' },
  { id: 'head-of-service', title: 'Head of Service', reportsTo: 'assistant-director', capacity: 'owner' },
];

/** Words that most councils' names have, and that say nothing of which it is. */
const COMMON_WORDS = /\b(council|city|county|district|borough|metropolitan|royal|london|of|the)\b/g;

/**
 * A council's short name from its name; '' where there is no letter or digit in it.
 *
 * @example
 * councilShortName('Middlesbrough Council') // 'middlesbrough'
 */
export function councilShortName(council: string): string {
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replaceAll(/[\u0300-\u036f'’]/g, '')
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '');
  const words = council.toLowerCase();
  return (plain(words.replaceAll(COMMON_WORDS, ' ')) || plain(words)).slice(0, 80);
}

/** A council as it begins: its chain, the Cabinet without meetings, and who runs duecourse there. */
export function firstAuthority({ name, division, administrator, director, chiefExecutive }: FirstAuthority): Authority {
  const id = shortName(
    administrator.title,
    FIRST_ROLES.map((role) => role.id),
  );
  const holders = new Map([
    ['director', director],
    ['chief-executive', chiefExecutive],
  ]);
  return authority.parse({
    id: councilShortName(name),
    name,
    division,
    roles: [
      ...FIRST_ROLES.map((role) => ({ ...role, email: holders.get(role.id) })),
      { id, ...administrator, reportsTo: 'chief-executive', capacity: 'administrator' },
    ],
    chain: { director: 'director', chiefExecutive: 'chief-executive', administrator: id },
    bodies: [{ id: 'cabinet', name: 'Cabinet' }],
  });
}
