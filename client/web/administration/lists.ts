import { untilInWords } from '../../../domain/authority/absence.ts';
import { personOf } from '../../../domain/authority/addressee.ts';
import { authorityDifferences } from '../../../domain/authority/change/differences.ts';
import { constitutionTitle } from '../../files/rules.ts';
import { usesOf } from '../../../domain/authority/change/uses.ts';
import { CAPACITIES } from '../../../domain/authority/change/words.ts';
import { formatShortDate } from '../../../domain/calendar/civil-date.ts';
import { roleTitle } from '../../../domain/authority/roles.ts';
import type { Authority, Role } from '../../../domain/schemas/authority.ts';
import type { AuthorityChange } from '../../../register/authority-files.ts';
import type { Load } from '../../../register/waiting-reads.ts';
import type { Council } from './council.ts';
import { standInsFor } from './people-forms.ts';

/** A change of one role, or of one of its holder's absences, as a list links to it. */
interface RoleLink {
  path: string;
  text: string;
}

const STEPS: Readonly<Record<keyof Authority['chain'], string>> = {
  director: 'second step of escalation',
  chiefExecutive: 'third step of escalation',
  administrator: 'runs duecourse here',
  leadMember: 'lead member',
};

/** The council's roles and each partner's, with who holds them, who is away, and how much is theirs to do. */
export function peopleList({ authority, today }: Council, loads: readonly Load[]) {
  const byOwner = new Map(loads.map((load) => [load.owner, load]));
  const shown = (role: Role) => {
    const away = (personOf(authority, role.email?.toLowerCase() ?? '')?.away ?? [])
      .filter(({ until }) => until >= today)
      .map(({ from, until, delegate }) => ({
        days: `${from <= today ? '' : `from ${formatShortDate(from)} `}${untilInWords(until, formatShortDate)}`,
        standIn: roleTitle(authority, delegate),
      }));
    const { open = 0, submitted = 0 } = byOwner.get(role.id) ?? {};
    return {
      ...role,
      may: CAPACITIES[role.capacity],
      steps: stepsOf(authority, role.id),
      emailParts: role.email?.split(/(?<=[@.-])/) ?? [],
      answersTo: role.reportsTo === undefined ? undefined : roleTitle(authority, role.reportsTo),
      ...{ open, submitted },
      away,
      links: linksOf(authority, role, { isAway: away.length > 0, duties: open + submitted }),
    };
  };
  return [
    { name: authority.name, roles: authority.roles.map(shown) },
    ...(authority.partners ?? []).map((partner) => ({ name: partner.name, roles: partner.roles.map(shown) })),
  ];
}

function stepsOf({ chain }: Authority, role: string): string {
  const steps = Object.entries(STEPS).filter(([key]) => chain[key as keyof typeof STEPS] === role);
  return steps.map(([, words]) => words).join(', ');
}

function linksOf(
  authority: Authority,
  role: Role,
  { isAway, duties }: { isAway: boolean; duties: number },
): RoleLink[] {
  const canBeAway = role.email !== undefined && standInsFor(authority, role.id).length > 0;
  return [
    { path: 'do/change-role', text: 'Change' },
    ...(role.email === undefined ? [] : [{ path: 'do/channel', text: 'Change how mail reaches them' }]),
    ...(canBeAway
      ? [
          { path: 'do/away', text: 'Mark away' },
          { path: 'do/stand-in', text: 'Name a permanent stand-in' },
        ]
      : []),
    ...(isAway ? [{ path: 'do/end-away', text: 'End time away' }] : []),
    ...(duties > 0 ? [{ path: 'pass-on', text: 'Pass on work' }] : []),
    ...(duties === 0 && usesOf(authority, role.id).length === 0 ? [{ path: 'do/remove-role', text: 'Remove' }] : []),
  ];
}

/** So many differences of one change are listed. */
const MAX_LISTED = 30;

/** Changes as the history shows them. */
export function historyList(changes: readonly AuthorityChange[]) {
  return changes.map(({ number, at, by, before, after }) => {
    const differences = before === null ? [] : authorityDifferences(before, after, constitutionTitle);
    return {
      ...{ number, at, by, first: before === null },
      differences: differences.slice(0, MAX_LISTED),
      more: Math.max(0, differences.length - MAX_LISTED),
    };
  });
}
