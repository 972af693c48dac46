import { capitalised } from '../words.ts';
import { partnerOf } from '../authority/partners.ts';
import { findRole, requireRole, managerOf, roleTitle } from '../authority/roles.ts';
import type { Facts } from '../facts/facts.ts';
import { isBeside } from '../milestone/beside.ts';
import type { PlannedMilestone } from '../milestone/milestone.ts';
import { Refusal } from '../refusal.ts';
import type { Actor } from './actor.ts';
import type { Capacity, Role } from '../schemas/authority.ts';
import type { Partner } from '../schemas/partner.ts';

/** Who may give a command, beside nobody: by the capacity of the actor's role, or by where it stands to the owner. */
export interface May {
  capacities: readonly Capacity[];
  /** The owner of the duty that it is about. */
  owner?: true;
  /** Those beside that owner. */
  beside?: true;
  /** Everyone above that owner: up the reporting line, then director and chief executive. */
  above?: true;
  /** Not that owner, though a manager: nobody grants themselves what those above them are there to grant. */
  notOwner?: true;
  /** Whoever must accept it. */
  accepter?: true;
  /** The role that the council has named for more later dates than its cap. */
  laterDates?: true;
}

/** A duty, as far as it matters whose it is. */
type Owned = Pick<PlannedMilestone, 'owner' | 'beside'>;

/** Whose roles they are. */
type Council = Pick<Facts, 'authority'>;

export const MANAGERS = ['manager', 'administrator'] as const;

/** What the owner says, and anybody above them or responsible for all. */
export const OWNER_AND_ABOVE: May = { capacities: MANAGERS, owner: true, above: true };
/** The same, and whoever must accept it. */
export const OWNER_ABOVE_AND_ACCEPTER: May = { ...OWNER_AND_ABOVE, accepter: true };
/** What those beside the owner say as well: how it goes, and what shows it. To end it is the lead's, or of those above. */
export const WHOEVER_WORKS_ON_IT: May = { ...OWNER_AND_ABOVE, beside: true };
/** The same, and whoever must accept it. */
export const WHOEVER_WORKS_ON_OR_ACCEPTS_IT: May = { ...WHOEVER_WORKS_ON_IT, accepter: true };
/** What those above the owner do. */
export const ABOVE_OWNER: May = { capacities: MANAGERS, above: true };
/** The same, where it lets the owner off: not the owner, whatever their capacity. */
export const NOT_FOR_ONESELF: May = { ...ABOVE_OWNER, notOwner: true };
/** What those above, and the role that grants later dates beyond the council's cap, say of one that was asked for. */
export const ON_LATER_DATES: May = { ...ABOVE_OWNER, laterDates: true };
/** The same of who grants it: nobody to themselves. */
export const LATER_DATES: May = { ...ON_LATER_DATES, notOwner: true };
/** What managers and administrators record of the whole inspection. */
export const MANAGERS_ONLY: May = { capacities: MANAGERS };
/** What those alone do who run duecourse for the council. */
export const ADMINISTRATORS_ONLY: May = { capacities: ['administrator'] };

/**
 * Refuses what the actor's role may not do, and says who may.
 *
 * @param verb what is asked for, after "may not": "extend it", "record a decision"
 * @param duty the duty that it is about, where it is about one
 * @param accepter the role that must accept that duty, where one must
 * @throws Refusal 'unknown-role' | 'not-permitted'
 */
export function mustBePermitted(
  may: May,
  verb: string,
  actor: Actor,
  facts: Council,
  duty?: Owned,
  accepter?: string,
): void {
  const owner = duty?.owner;
  const role = requireRole(facts.authority, actor.role, undefined);
  const title = roleTitle(facts.authority, role.id);
  const partner = partnerOf(facts.authority, role.id);
  if (partner !== undefined) {
    if (duty !== undefined && mayAtPartner(may, role, partner, duty)) return;
    throw new Refusal('not-permitted', `${title} may not ${verb}. ${whoMay(may, facts, duty)} may.`);
  }
  if (may.notOwner === true && owner === role.id && role.capacity === 'manager' && above(facts, owner).size > 0)
    throw new Refusal(
      'not-permitted',
      `${title} owns it, and may not ${verb} for themselves. Those above them and administrators may.`,
    );
  if (may.capacities.includes(role.capacity)) return;
  if (owner !== undefined && may.owner === true && owner === role.id) return;
  if (duty !== undefined && may.beside === true && isBeside(duty, role.id)) return;
  if (owner !== undefined && may.above === true && above(facts, owner).has(role.id)) return;
  if (accepter !== undefined && may.accepter === true && accepter === role.id) return;
  if (may.laterDates === true && facts.authority.laterDates?.beyond === role.id) return;
  throw new Refusal('not-permitted', `${title} may not ${verb}. ${whoMay(may, facts, duty)} may.`);
}

/** The same as an answer. */
export function isPermitted(may: May, actor: Actor, facts: Council, duty: Owned): boolean {
  try {
    mustBePermitted(may, '', actor, facts, duty);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return false;
  }
}

/** A partner's role does what an owner may, to its own duties; its managers to all that are the partner's. Nothing else. */
function mayAtPartner(may: May, role: Role, { roles }: Partner, duty: Owned): boolean {
  if (may.beside === true && isBeside(duty, role.id)) return true;
  if (may.owner !== true) return false;
  return duty.owner === role.id || (role.capacity === 'manager' && roles.some(({ id }) => id === duty.owner));
}

const CAPACITY_WORDS: Record<Capacity, string> = {
  owner: 'owners of duties',
  manager: 'managers',
  administrator: 'administrators',
  member: 'members',
};

/** Who may give it, as a sentence begins: 'Its owner (Head of Service), those above them, managers and administrators'. */
function whoMay(may: May, facts: Council, { owner, beside = [] }: Partial<Owned> = {}): string {
  const beyond = facts.authority.laterDates?.beyond;
  const title = owner === undefined ? undefined : roleTitle(facts.authority, owner);
  const named = title === undefined ? 'the owner of the duty' : `its owner (${title})`;
  const people = [
    ...(may.owner === true ? [named] : []),
    ...(may.beside === true && (owner === undefined || beside.length > 0) ? ['those beside them'] : []),
    ...(may.above === true ? [may.owner === true ? 'those above them' : `those above ${named}`] : []),
    ...(may.accepter === true ? ['who must accept it'] : []),
    ...may.capacities.map((capacity) => CAPACITY_WORDS[capacity]),
    ...(may.laterDates === true && beyond !== undefined ? [findRole(facts.authority, beyond)?.title ?? beyond] : []),
  ];
  const last = people.pop() ?? 'nobody';
  const sentence = people.length === 0 ? last : `${people.join(', ')} and ${last}`;
  return capitalised(sentence);
}

/**
 * The roles above an owner: up the reporting line, then director and chief executive. Above a partner's officer, the
 * council's lead for the partner, and those above that.
 */
function above({ authority }: Council, owner: string): Set<string> {
  const { director, chiefExecutive } = authority.chain;
  const partner = partnerOf(authority, owner);
  if (partner !== undefined) return above({ authority }, partner.lead).add(partner.lead);
  const roles = new Set<string>();
  for (
    let next = managerOf(authority, owner)?.id;
    next !== undefined && !roles.has(next);
    next = managerOf(authority, next)?.id
  )
    roles.add(next);
  if (owner !== chiefExecutive) {
    roles.add(chiefExecutive);
    if (owner !== director) roles.add(director);
  }
  return roles;
}
