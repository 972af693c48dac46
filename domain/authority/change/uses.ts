import type { Authority } from '../../schemas/authority.ts';
import { allRoles, partnerOf } from '../partners.ts';
import { roleTitle } from '../roles.ts';

/** What of an authority's file names a role, so that it can't be removed: each in words, with what to do first. */
export function usesOf(authority: Authority, role: string): string[] {
  const { chain, bodies, partners = [], people = [], laterDates, sustained } = authority;
  const partner = partnerOf(authority, role);
  return [
    ...(Object.values(chain).includes(role) || partner?.chain.head === role
      ? ['it stands at an upper step of escalation: put another role there first']
      : []),
    ...allRoles(authority)
      .filter(({ reportsTo }) => reportsTo === role)
      .map(({ id }) => `${roleTitle(authority, id)} answers to it: let them answer to another first`),
    ...bodies
      .filter(({ papers }) => papers?.officer === role)
      .map(({ name }) => `it publishes the agendas of ${name}: choose another role first`),
    ...partners
      .filter(({ lead }) => lead === role)
      .map(({ name }) => `it is the council’s lead for ${name}: choose another first`),
    ...(people.some(({ away }) => away.some(({ delegate }) => delegate === role))
      ? ['it stands in for somebody: end that first']
      : []),
    ...(laterDates?.beyond === role ? ['it alone may grant more later dates: choose another first'] : []),
    ...(sustained?.askedOf === role ? ['it is asked whether what was done still holds: choose another first'] : []),
    ...(partner?.roles.length === 1 ? [`it is the only role of ${partner.name}: remove the partner instead`] : []),
  ];
}
