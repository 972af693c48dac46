import type { Actor } from '../../../domain/commands/actor.ts';
import { apply } from '../../../domain/commands/apply.ts';
import type { LifecycleState } from '../../../domain/lifecycle/state.ts';
import { Refusal } from '../../../domain/refusal.ts';
import { partsOf, type InspectionRef } from '../../../domain/inspection-ref.ts';
import { eachInspection, type ToldInspection } from '../../each-inspection.ts';
import { type ReassignRequest, reassignIn, type Work, workOfState } from '../../reassign-many.ts';
import { recordedSoFar } from '../../start-inspection.ts';
import { openOf } from '../../tell-council.ts';
import { type ToldOfWork, toldOfWork } from '../forms/told-of-work.ts';
import type { WebParts } from '../parts.ts';

/** Whose work goes to whom: in all inspections to one role, in some to another. */
export interface Passing {
  from: string;
  to: string;
  /** By the inspection's reference, where it is another than `to`. */
  others: ReadonlyMap<string, string>;
  reason: string | undefined;
}

/** So long it is waited for that the record has it: it is passed on all the same. */
const RECORDED_WITHIN_MS = 5000;

type Services = Pick<WebParts, 'engine' | 'register'>;

const requestIn = ({ from, to, others, reason }: Passing, inspection: InspectionRef) => ({
  from,
  to: others.get(partsOf(inspection).reference) ?? to,
  ...(reason === undefined ? {} : { reason }),
});

/** Is there anything of it that would change hands, or that would not and says why? */
const isSome = ({ moved, beside, named, left }: Work): boolean =>
  moved.length + beside.length + named.length + left.length > 0;

/** What a role has to do in each open inspection of a council, and what would become of it; nothing is changed. */
export async function workOf({ engine, register }: Services, authority: string, passing: Passing, actor: Actor) {
  const open = await openOf(register, authority);
  const all = await each(open, async (inspection): Promise<WorkTold> => {
    const { state, view } = await engine.inspect(inspection);
    const request = requestIn(passing, inspection);
    const { title } = state.facts.inspection;
    return { ...workOfState(state, request), title, told: toldBy(state, request, actor, view.now) };
  });
  return all.filter(({ result }) => result === undefined || isSome(result));
}

/** What a role has to do in an inspection, and who is told once it is passed on. */
export interface WorkTold extends Work {
  /** The inspection's. */
  title: string;
  told: ToldOfWork[];
}

/** Who is told because of it. */
function toldBy(state: LifecycleState, request: ReassignRequest, actor: Actor, now: string): ToldOfWork[] {
  try {
    return toldOfWork(state, apply(state, { name: 'reassignMany', payload: request }, actor, now), now);
  } catch (error) {
    // What is left where it is says why by itself.
    if (error instanceof Refusal) return [];
    throw error;
  }
}

/** Passes it on, by what `duecourse reassign-many --all` does; those in which it is done already are left alone. */
export async function passOnAll({ engine, register }: Services, authority: string, passing: Passing, actor: Actor) {
  const open = await openOf(register, authority);
  const all = await each(open, async (inspection) => {
    const work = await reassignIn(engine, inspection, requestIn(passing, inspection), actor);
    // The page that is shown next counts what each role has to do.
    if (work.moved.length > 0) await recordedSoFar({ engine, register }, inspection, RECORDED_WITHIN_MS);
    return work;
  });
  return {
    told: all.filter(({ result }) => result !== undefined && result.moved.length + result.named.length > 0).length,
    left: all.filter(({ outcome }) => outcome !== 'told').length,
    duties: all.reduce((sum, { result }) => sum + (result?.moved.length ?? 0), 0),
  };
}

const each = <W extends Work>(
  inspections: readonly InspectionRef[],
  work: (inspection: InspectionRef) => Promise<W>,
): Promise<ToldInspection<W>[]> =>
  eachInspection(inspections, work, { onDone: () => undefined, signal: new AbortController().signal });
