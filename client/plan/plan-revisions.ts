import { type PlanChange, undone } from '../../domain/revisions/changes.ts';
import type { Facts } from '../../domain/facts/facts.ts';
import type { LifecycleState } from '../../domain/lifecycle/state.ts';
import { revisionOf } from '../../domain/revisions/revision.ts';
import type { PlanPart } from '../../domain/revisions/plan-items.ts';
import { type InspectionRef, partsOf } from '../../domain/inspection-ref.ts';
import type { Register } from '../../register/register.ts';
import { BadRequest } from '../bad-request.ts';

/** One revision of a plan, as it is on record. */
export interface PlanRevision {
  revision: number;
  /** An instant, UTC. */
  at: string;
  /** The role that revised it. */
  role: string;
  by: string;
  reason: string;
  minute?: string;
  changes: PlanChange[];
}

/** More than any plan has; a board that meets weekly for a century. */
const MAX_REVISIONS = 5000;

/** How long a revision that was carried out a moment ago may take to the record, in milliseconds. */
const RECORDED_WITHIN_MS = 5000;

/**
 * Every revision of a plan after the first, which is that of the start, in their order.
 *
 * @param running the inspection as the engine has it: a revision that it has carried out a moment ago, and that is not on record yet,
 *   is waited for. Left out: what is on record is all that is asked for
 */
export async function planRevisions(
  register: Pick<Register, 'entriesOfKind' | 'reached'>,
  inspection: InspectionRef,
  running?: Pick<LifecycleState, 'facts' | 'seq'>,
): Promise<PlanRevision[]> {
  const { authority, reference } = partsOf(inspection);
  const of = { authority, reference, kind: 'plan-revised' as const };
  const read = async () => (await register.entriesOfKind(of, { offset: 0, limit: MAX_REVISIONS })).entries;
  let entries = await read();
  if (running !== undefined && entries.length < revisionOf(running.facts) - 1) {
    await register.reached(authority, reference, running.seq, RECORDED_WITHIN_MS);
    entries = await read();
  }
  return entries.flatMap(({ at, actor, data }): PlanRevision[] => {
    const { revision, reason, minute, changes } = data;
    if (typeof revision !== 'number' || !Array.isArray(changes)) return [];
    return [
      {
        ...{ revision, at, role: actor?.role ?? '', by: actor?.id ?? '' },
        reason: typeof reason === 'string' ? reason : '',
        ...(typeof minute === 'string' ? { minute } : {}),
        changes: changes as PlanChange[],
      },
    ];
  });
}

/**
 * A plan as it was at a revision: the present one with everything taken back that came after.
 *
 * @param facts with the plan as it runs
 * @throws BadRequest where there is no such revision, or what came after it was erased
 */
export function planAt(
  facts: Pick<Facts, 'inspection' | 'revision'>,
  revisions: readonly PlanRevision[],
  revision: number,
): PlanPart {
  const present = revisionOf(facts);
  if (revision < 1 || revision > present)
    throw new BadRequest(
      `There is no revision ${revision}: the plan is at revision ${present}${present === 1 ? ', that of its start' : ', and begins with 1'}.`,
    );
  const later = Array.from({ length: present - revision }, (_, index) => present - index);
  return later.reduce<PlanPart>((plan, number) => {
    const found = revisions.find((each) => each.revision === number);
    if (found === undefined)
      throw new BadRequest(
        `What revision ${number} changed is not in the register (any more), so the plan before it can't be shown.`,
      );
    return undone(plan, found.changes);
  }, facts.inspection);
}
