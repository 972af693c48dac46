import type { Authority, Role } from '../schemas/authority.ts';
import { roleTitle } from './roles.ts';

/** A role to choose, with its title. */
export interface Officer {
  id: string;
  title: string;
}

/** Councillors decide and ask; they own no duty. */
export const isOfficer = ({ capacity }: Role): boolean => capacity !== 'member';

/** The council's own roles that an officer holds. */
export const councilOfficers = (authority: Authority): Officer[] =>
  authority.roles.filter(isOfficer).map(({ id }) => ({ id, title: roleTitle(authority, id) }));

/** Who may own a duty: the council's officers, and partners' after them. */
export const officers = (authority: Authority): Officer[] => [
  ...councilOfficers(authority),
  ...(authority.partners ?? []).flatMap(({ roles }) =>
    roles.filter(isOfficer).map(({ id }) => ({ id, title: roleTitle(authority, id) })),
  ),
];

/** The roles that councillors hold. */
export const councillors = (authority: Authority): Officer[] =>
  authority.roles.filter((role) => !isOfficer(role)).map(({ id }) => ({ id, title: roleTitle(authority, id) }));

/** Those to choose from, by their ids: whoever has it now may keep it, whatever they are. */
export function choicesOf(all: readonly Officer[], authority: Authority, present?: string): Record<string, string> {
  const choices = Object.fromEntries(all.map(({ id, title }) => [id, title]));
  return present === undefined || present in choices
    ? choices
    : { ...choices, [present]: roleTitle(authority, present) };
}
