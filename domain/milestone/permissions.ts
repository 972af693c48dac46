import type { Facts } from '../facts/facts.ts';
import { findRole, managerOf, requireRole } from '../authority/roles.ts';
import { Refusal } from '../refusal.ts';
import type { Actor, CommandName } from '../schemas/commands.ts';
import type { Milestone } from './milestone.ts';

/** Who may do what beside the owner and those above the owner in the chain: by the capacity of the actor's role. */
const CAPACITIES: Record<CommandName, { capacities: readonly string[]; owner: boolean; chain: boolean }> = {
  submit: { capacities: ['manager', 'administrator'], owner: true, chain: true },
  complete: { capacities: ['manager', 'administrator'], owner: true, chain: true },
  acknowledge: { capacities: [], owner: true, chain: true },
  extend: { capacities: ['manager', 'administrator'], owner: false, chain: true },
  requestExtension: { capacities: [], owner: true, chain: false },
  declineExtension: { capacities: ['manager', 'administrator'], owner: false, chain: true },
  hold: { capacities: ['manager', 'administrator'], owner: false, chain: true },
  release: { capacities: ['manager', 'administrator'], owner: false, chain: true },
  waive: { capacities: ['manager', 'administrator'], owner: false, chain: true },
  reassign: { capacities: ['manager', 'administrator'], owner: false, chain: true },
  decide: { capacities: ['manager', 'administrator'], owner: false, chain: false },
  callIn: { capacities: ['member', 'administrator'], owner: false, chain: false },
  publishDecision: { capacities: ['manager', 'administrator'], owner: false, chain: false },
  resolveCallIn: { capacities: ['member', 'manager', 'administrator'], owner: false, chain: false },
  reconsider: { capacities: ['manager', 'administrator'], owner: false, chain: false },
  implement: { capacities: ['manager', 'administrator'], owner: false, chain: false },
  close: { capacities: ['manager', 'administrator'], owner: false, chain: false },
  resend: { capacities: ['manager', 'administrator'], owner: false, chain: false },
  changeAuthority: { capacities: ['administrator'], owner: false, chain: false },
  changeCalendar: { capacities: ['administrator'], owner: false, chain: false },
  recordPlan: { capacities: ['manager', 'administrator'], owner: false, chain: false },
  recordAttendance: { capacities: ['manager', 'administrator'], owner: true, chain: true },
  ask: { capacities: ['member', 'manager', 'administrator'], owner: false, chain: false },
  answer: { capacities: ['manager', 'administrator'], owner: true, chain: true },
  correct: { capacities: ['manager', 'administrator'], owner: false, chain: false },
};

/**
 * Refuses what the actor's role may not do. An owner acts on what is theirs, everyone above the owner in the chain on
 * what is below them, managers and administrators on all of the inspection, members call decisions in.
 *
 * @throws Refusal 'unknown-role' | 'not-permitted'
 */
export function mustBePermitted(command: CommandName, actor: Actor, facts: Facts, milestone?: Milestone): void {
  const role = requireRole(facts.authority, actor.role);
  const rights = CAPACITIES[command];
  if (rights.capacities.includes(role.capacity)) return;
  if (milestone !== undefined && rights.owner && milestone.owner === role.id) return;
  if (milestone !== undefined && rights.chain && above(facts, milestone.owner).has(role.id)) return;
  const whose =
    milestone === undefined
      ? ''
      : ` "${milestone.id}"; its owner is ${findRole(facts.authority, milestone.owner)?.title ?? milestone.owner}`;
  throw new Refusal('not-permitted', `The role "${role.title}" may not ${VERBS[command]}${whose}.`);
}

const VERBS: Record<CommandName, string> = {
  submit: 'submit',
  complete: 'complete',
  acknowledge: 'acknowledge',
  extend: 'extend',
  requestExtension: 'ask for a later date for',
  declineExtension: 'decline a later date for',
  hold: 'put on hold',
  release: 'release',
  waive: 'waive',
  reassign: 'reassign',
  decide: 'record a decision',
  callIn: 'call a decision in',
  publishDecision: 'publish a decision',
  resolveCallIn: 'record what scrutiny resolved',
  reconsider: 'record what became of a referred decision',
  implement: 'record a decision as implemented',
  close: 'close the inspection',
  resend: 'have mail sent again',
  changeAuthority: "change the authority's file",
  changeCalendar: 'approve bank holidays',
  recordPlan: 'record a version of a plan',
  recordAttendance: 'record attendance',
  ask: 'ask a question as a member',
  answer: "answer a member's question",
  correct: 'correct the dates of the report',
};

/** The roles above an owner: up the reporting line, then director and chief executive. */
function above(facts: Facts, owner: string): Set<string> {
  const roles = new Set<string>();
  for (
    let next = managerOf(facts.authority, owner)?.id;
    next !== undefined && !roles.has(next);
    next = managerOf(facts.authority, next)?.id
  )
    roles.add(next);
  if (owner !== facts.authority.chain.chiefExecutive) {
    roles.add(facts.authority.chain.chiefExecutive);
    if (owner !== facts.authority.chain.director) roles.add(facts.authority.chain.director);
  }
  return roles;
}
