import type { Context } from 'hono';
import type { InspectionSummary } from '../../register/reads.ts';
import type { CalendarData } from '../../domain/calendar/calendar-data.ts';
import { calendarDataOf, type LifecycleStart, type LifecycleState } from '../../domain/lifecycle/state.ts';
import type { LifecycleView } from '../../domain/lifecycle/view.ts';
import { slug } from '../../domain/schemas/common.ts';
import { EngineProblem } from '../engine-problem.ts';
import type { Env, WebParts } from './parts.ts';
import { type Membership, mayLookAt, membershipIn } from './people.ts';
import { notFound } from './problems.ts';
import { inspectionRef, type InspectionRef } from '../../domain/inspection-ref.ts';

/** One inspection that somebody may see. */
export interface SeenInspection {
  membership: Membership;
  id: InspectionRef;
  summary: InspectionSummary;
}

/** An inspection as it runs: what it keeps, and what follows from that. */
export interface RunningInspection extends Pick<LifecycleStart, 'facts'> {
  calendar: CalendarData;
  state: LifecycleState;
  view: LifecycleView;
}

/**
 * The inspection that an address names.
 *
 * @throws PageProblem 404 where there is none, or where it is another council's: nobody learns which. A partner's officer
 *   sees the pages of their own duties alone
 */
export async function seenInspection(
  context: Context<Env>,
  { register }: Pick<WebParts, 'register'>,
): Promise<SeenInspection> {
  const { authority = '', reference = '' } = context.req.param() as Record<string, string>;
  const { person } = context.get('session');
  const asGuest = membershipIn({ memberships: person.guests }, authority);
  const membership = membershipIn(person, authority) ?? asGuest;
  if (membership === undefined || !slug.safeParse(reference).success) throw notFound();
  if (membership === asGuest) await mustBeTheirDuty(context, register, membership, reference);
  const page = { offset: 0, limit: 1 };
  const { rows } = await register.board.inspections(context.get('now'), { authorities: [authority], reference }, page);
  const [summary] = rows;
  if (summary === undefined) throw notFound();
  return { membership, id: inspectionRef(authority, reference), summary };
}

/** @throws PageProblem 404 where the address names no duty of the partner's officer */
async function mustBeTheirDuty(
  context: Context<Env>,
  register: WebParts['register'],
  { authority, roles }: Membership,
  reference: string,
): Promise<void> {
  const { strand, name } = context.req.param() as Partial<Record<string, string>>;
  if (strand === undefined || name === undefined) throw notFound();
  const [row] = await register.milestones(authority.id, reference, `${strand}/${name}`);
  if (row === undefined || !roles.some(({ id }) => mayLookAt(authority, id, row))) throw notFound();
}

/** The same as it runs; null where it has ended so long ago that only the record of it is left. */
export async function runningInspection(
  { engine }: Pick<WebParts, 'engine'>,
  id: InspectionRef,
): Promise<RunningInspection | null> {
  try {
    const { state, view } = await engine.inspect(id);
    return runningFrom(state, view);
  } catch (error) {
    if (error instanceof EngineProblem && error.code === 'unknown-reference') return null;
    throw error;
  }
}

/** From what it keeps. */
export const runningFrom = (state: LifecycleState, view: LifecycleView): RunningInspection => ({
  ...{ state, view, facts: state.facts, calendar: calendarDataOf(state) },
});
