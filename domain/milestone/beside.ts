import type { Milestone, PlannedMilestone } from './milestone.ts';

/** Whose a duty is. */
type Owned = Pick<PlannedMilestone, 'owner' | 'beside'>;

/** Is a role beside the owner of a duty: named with them, and not the lead? */
export function isBeside({ owner, beside = [] }: Owned, role: string): boolean {
  return role !== owner && beside.includes(role);
}

/** A duty with these roles beside its owner: each once, and never the owner. */
export function withBeside<M extends PlannedMilestone>(milestone: M, roles: readonly string[]): M {
  const { beside: _before, ...rest } = milestone;
  const named = [...new Set(roles)].filter((role) => role !== milestone.owner);
  return (named.length === 0 ? rest : { ...rest, beside: named }) as M;
}

/** The same, set by a person: what the plan says of it does not count from then on. */
export function shareWith(milestone: Milestone, roles: readonly string[]): Milestone {
  return { ...withBeside(milestone, roles), sharedWith: [...roles] };
}
