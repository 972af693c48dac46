import { roleTitle } from '../authority/roles.ts';
import type { Facts } from '../facts/facts.ts';
import { instrumentOf, instrumentOfDuty } from '../facts/instruments.ts';
import type { Milestone, PlannedMilestone, SignOff } from '../milestone/milestone.ts';
import { roleAtStep } from '../plan/ladder.ts';
import type { AcceptedBy } from '../schemas/accepted-by.ts';
import type { Authority } from '../schemas/authority.ts';

/** Who accepts what an owner submits, as the file says: a body's acceptance is recorded by whoever sees to its papers. */
export function signOffBy({ role, body: id }: AcceptedBy, authority: Authority): SignOff {
  const body = authority.bodies.find((each) => each.id === id);
  if (body !== undefined) return { role: body.papers?.officer ?? authority.chain.administrator, by: body.name };
  const named = role ?? authority.chain.director;
  return { role: named, by: roleTitle(authority, named) };
}

/** Who accepts a duty now; undefined where nobody of the council has to. Nobody accepts their own work: then it is the next above. */
export function accepterOf(
  { signOff, owner }: Pick<Milestone, 'signOff' | 'owner'>,
  authority: Authority,
): SignOff | undefined {
  if (signOff === undefined || signOff.role !== owner) return signOff;
  const role = roleAtStep(authority, owner, 'manager');
  const isRole = signOff.by === roleTitle(authority, signOff.role);
  return { role, by: isRole ? roleTitle(authority, role) : signOff.by };
}

/**
 * Who outside the council accepts a duty, or sends it back: a plan, a statement or whatever else is owed to the inspectorate;
 * undefined where it goes to nobody who does.
 */
export function takerOf(
  { strand, id }: Pick<PlannedMilestone, 'strand' | 'id'>,
  { inspection }: Pick<Facts, 'inspection'>,
): string | undefined {
  if (strand !== 'plan-submission') return undefined;
  return instrumentOf(inspection, instrumentOfDuty(id))?.issuedBy ?? inspection.inspectorate;
}
