import type { Context } from 'hono';
import type { InspectionSummary } from '../../register/reads.ts';
import type { LifecycleStart } from '../../domain/lifecycle/state.ts';
import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import { slug } from '../../domain/schemas/common.ts';
import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';
import { EngineProblem } from '../engine-problem.ts';
import type { Env, WebParts } from './parts.ts';
import { type Membership, membershipIn } from './people.ts';
import { notFound } from './problems.ts';

/** One inspection that somebody may see. */
export interface SeenInspection {
  membership: Membership;
  id: InspectionRef;
  summary: InspectionSummary;
}

/** An inspection as it runs: its state and what it rests on. */
export interface RunningInspection extends Pick<LifecycleStart, 'facts' | 'calendar'> {
  view: LifecycleView;
}

/**
 * The inspection that an address names.
 *
 * @throws PageProblem 404 where there is none, or where it is another council's: nobody learns which
 */
export async function seenInspection(
  context: Context<Env>,
  { register }: Pick<WebParts, 'register'>,
): Promise<SeenInspection> {
  const { authority = '', reference = '' } = context.req.param() as Record<string, string>;
  const membership = membershipIn(context.get('session').person, authority);
  if (membership === undefined || !slug.safeParse(reference).success) throw notFound();
  const page = { offset: 0, limit: 1 };
  const { rows } = await register.board.inspections(context.get('now'), { authorities: [authority], reference }, page);
  const [summary] = rows;
  if (summary === undefined) throw notFound();
  return { membership, id: inspectionRef(authority, reference), summary };
}

/** The same as it runs; null where it has ended so long ago that only the record of it is left. */
export async function runningInspection(
  { engine }: Pick<WebParts, 'engine'>,
  id: InspectionRef,
): Promise<RunningInspection | null> {
  try {
    const [view, rests] = await Promise.all([engine.view(id), engine.facts(id)]);
    return { view, ...rests };
  } catch (error) {
    if (error instanceof EngineProblem && error.code === 'unknown-reference') return null;
    throw error;
  }
}
